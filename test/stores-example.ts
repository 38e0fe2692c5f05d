import { Audit, Engine, type Port } from '../src/engine/index.js'
import { Memory } from '../src/adapter/memory/index.js'
import { Sql } from '../src/adapter/sql/index.js'
import { folder, founding, open, send, take } from './stores-market.js'

const run = async (store: Port.EventStore): Promise<void> => {
  const engine = Engine.make({ store, clock: Engine.systemClock })
  const asHost = engine.execute(new Set(Engine.authorities))
  const asAnybody = engine.execute(new Set())
  await asHost(founding)()
  for (const answer of [...(await asHost([open])()), ...(await asAnybody([take, take, open])())])
    console.log(answer.id, answer._tag)
  console.log(await store.deliver(100, send)())
  console.log(await Audit.run(store)())
  await store.close()
}

await run(Memory.make())
const opened = await Sql.open({ folder, migrate: true })()
if (opened._tag === 'Right') await run(opened.right)
