/**
 * What an audit does not find, as docs/stores.md says: whoever says more of it than is so, is wrong here.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Checkpoint, type Port } from '../../src/engine/index.js'
import { faultOf, rowsOf } from './tamper.js'
import { founded, opening, taking, type World } from './world.js'

const anchorOf = async ({ store }: World): Promise<Checkpoint.Anchor> => {
  const anchor = await Checkpoint.anchor(store)()
  if (E.isLeft(anchor) || anchor.right === undefined) throw new Error('no anchor')
  return anchor.right
}

/** A lot that was opened, and the checkpoint after that. */
const opened = async (): Promise<World> => {
  const world = await founded()
  await world.ask('open', opening)
  await world.engine.checkpoint()
  return world
}

test('PRT-15 what was stored after the last checkpoint can be taken away, with all that follows from it', async () => {
  const world = await opened()
  const before = await rowsOf(world.store)
  await world.ask('take', taking())
  expect(await faultOf(world.store, before, await anchorOf(world))).toBe(undefined)
  const rows = await rowsOf(world.store)
  expect(await faultOf(world.store, { ...rows, entries: before.entries })).toBeDefined()
})

test('PRT-14 what an anchor covers cannot', async () => {
  const world = await opened()
  const before = await rowsOf(world.store)
  await world.ask('take', taking())
  await world.engine.checkpoint()
  const anchor = await anchorOf(world)
  expect(await faultOf(world.store, before)).toBe(undefined)
  expect(await faultOf(world.store, before, anchor)).toMatchObject({ rule: 'PRT-14' })
})

test('PRT-14 a store that another history was written into is found by the anchor alone', async () => {
  const [world, other] = [await opened(), await founded()]
  other.clock.at = 1001
  await other.ask('open', opening)
  await other.engine.checkpoint()
  const rows = await rowsOf(other.store)
  expect(await faultOf(world.store, rows)).toBe(undefined)
  expect(await faultOf(world.store, rows, await anchorOf(world))).toMatchObject({ rule: 'PRT-14' })
})

type Outcomes = readonly Port.Outcome[]

const ofRefusal: readonly (readonly [string, (outcomes: Outcomes) => Outcomes])[] = [
  ['can be taken away', (all) => all.filter(({ id }) => id !== 'again')],
  [
    'can say that nothing was wrong',
    (all) =>
      all.map((one) =>
        one.id === 'again' ? { ...one, answer: '{"_tag":"Done","entries":[]}' } : one,
      ),
  ],
  [
    'can be of a command that is yet to come',
    (all) => all.flatMap((one) => (one.id === 'again' ? [one, { ...one, id: 'later' }] : [one])),
  ],
  [
    'can be of another command, as that of what happened can',
    (all) => all.map((one) => ({ ...one, fingerprint: 'another' })),
  ],
]

test.each(ofRefusal)('PRT-15 the outcome of a refusal %s', async (_, change) => {
  const world = await opened()
  await world.ask('again', opening)
  await world.engine.checkpoint()
  const rows = await rowsOf(world.store)
  const outcomes = change(rows.outcomes)
  expect(outcomes).not.toEqual(rows.outcomes)
  expect(await faultOf(world.store, { ...rows, outcomes }, await anchorOf(world))).toBe(undefined)
})
