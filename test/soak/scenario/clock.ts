/** A clock that goes back. */

import { rad } from '../../example.js'
import { start } from '../child.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import type { Answered, Asked } from '../protocol.js'
import { type Ground, found, type Scenario, words } from '../scenario.js'

const house: Load.House = { positions: 6, ceiling: rad('300000') }
const SKEW = 20

const lotOf = ({ ask }: Asked): string | undefined => {
  const { _tag, lot } = ask as { readonly _tag: string; readonly lot?: string }
  return _tag === 'ToLot' ? lot : undefined
}

const timeOf = (data: string): number => (JSON.parse(data) as { readonly at: number }).at

/** What is looked at before the time is. */
const earlier = ['NotFound', 'OtherTerms']

/** What PRT-7 says of a command to a lot that names no time. */
const judge = (now: number, lastAt: number, answer: Answered): 'clamped' | 'refused' | 'fine' => {
  const behind = lastAt - now
  if (behind > SKEW) {
    if (answer._tag === 'Refused' && [...earlier, 'BadTime'].includes(answer.tag)) return 'refused'
    throw new Ledger.Wrong(`${behind} seconds behind: ${JSON.stringify(answer)}`)
  }
  if (answer._tag === 'Refused' && answer.tag === 'BadTime')
    throw new Ledger.Wrong(`${behind} seconds behind: ${JSON.stringify(answer)}`)
  const [first] = answer._tag === 'Done' ? answer.happened : []
  if (first !== undefined && timeOf(first.data) !== Math.max(now, lastAt))
    throw new Ledger.Wrong(`at ${now}, after ${lastAt}: ${first.data}`)
  return behind > 0 && first !== undefined ? 'clamped' : 'fine'
}

const run = async ({
  database,
  random,
  server,
  some,
}: Ground): Promise<readonly [number, string]> => {
  const where = { url: await database(await server()) }
  const ledger = Ledger.make()
  const load = Load.make(random, house, 'c', 4)
  const child = start(
    { where, migrate: true, options: { skew: SKEW, checkpointEvery: 100 } },
    ledger.handed,
  )
  await child.here
  await found(child, ledger, Load.founding(house), load.learn)
  const seen = { clamped: 0, refused: 0, fine: 0 }
  const count = some(3000)
  let back = 0
  for (let i = 0; i < count; i += 1) {
    const { now: is, requests } = load.next()
    const jump = random.chance(0.3) ? random.below(random.chance(0.7) ? SKEW : 6 * SKEW) : 0
    const now = is - jump
    back += jump > 0 ? 1 : 0
    const [request] = requests
    if (request === undefined) continue
    const name = lotOf(request)
    const lot = name === undefined ? undefined : load.book.lots.get(name)
    ledger.sent(request)
    for (const answer of await child.ask('execute', { now, requests: [request] })) {
      if (lot !== undefined) seen[judge(now, lot.lastAt, answer)] += 1
      load.learn(answer)
      ledger.heard(answer)
    }
  }
  await ledger.close(child, load.now())
  await child.end()
  const last = new Map<string, number>()
  for (const [name, { data }] of ledger.entries) {
    const stream = name.replace(/ #\d+$/, '')
    if (!stream.startsWith('lot/')) continue
    const at = timeOf(data)
    if (at < (last.get(stream) ?? 0))
      throw new Ledger.Wrong(`${name} is before the entry before it`)
    last.set(stream, at)
  }
  return [
    back,
    `${seen.clamped} bids taken at their lot's time, ${seen.refused} refused, no lot's time went back; ${words(ledger)}`,
  ]
}

export const clock: Scenario = { name: 'the clock going back', needs: 'postgres', run }
