/**
 * What no line may do: go without its one answer, be answered by what is no JSON, or leave a store that is not as it
 * should be; and what is no request changes nothing that is stored.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { hostile, huge } from '../../scripts/hostile.mjs'
import { founding, granted, grantedToFound } from '../../scripts/market.mjs'
import { Memory } from '../../src/adapter/memory/index.js'
import { Line, type Port } from '../../src/engine/index.js'
import { holding, parsed, session } from './live.js'

const SEED = 1
const LINES = 2000

/** The lines, with a few of ten megabytes among them, cut into chunks that have nothing to do with lines. */
const chunks = (lines: readonly Uint8Array[]): readonly Uint8Array[] => {
  const all = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))
  const cut: Uint8Array[] = []
  for (let from = 0, size = 1; from < all.length; from += size, size = (size * 7 + 11) % 65_537)
    cut.push(all.subarray(from, from + Math.max(size, 1)))
  return cut
}

/** A store with lots for sale. */
const founded = async (): Promise<Port.EventStore> => {
  const store = Memory.make()
  const { out } = await session(`engine --database d --grant ${grantedToFound}`.split(' '), {
    input: founding.join('\n'),
    stores: holding(store),
  })
  const answers = parsed(out)
  expect(answers).toHaveLength(founding.length)
  expect(answers.every((answer) => 'events' in answer)).toBe(true)
  return store
}

const counts = async (store: Port.EventStore): Promise<unknown> => {
  const found = await store.still((view) => view.counts)()
  return E.isRight(found) ? found.right : found.left
}

test(`DEC-17 each of ${LINES} lines drawn to do harm has one answer, that names it`, async () => {
  const lines = Array.from({ length: LINES }, (_, n) =>
    n % 500 === 250 ? huge(Math.floor(n / 500)) : hostile(SEED, n),
  )
  const store = await founded()
  const { err, out, status } = await session(
    `engine --database d --grant ${granted} --batch 100`.split(' '),
    { input: chunks(lines), stores: holding(store) },
  )
  expect([status, err]).toEqual([0, ''])
  const answers = parsed(out)
  expect(answers).toHaveLength(LINES)
  const happened = new Set<string>()
  const kinds = { events: 0, refusal: 0, problem: 0, failure: 0 }
  for (const [i, answer] of answers.entries()) {
    expect(E.isRight(Line.codec.decode(answer)), JSON.stringify(answer)).toBe(true)
    if ('problem' in answer) {
      expect(answer['line']).toBe(i + 1)
      expect(JSON.stringify(answer).length).toBeLessThan(20_000)
    }
    for (const kind of Object.keys(kinds) as (keyof typeof kinds)[])
      if (kind in answer) kinds[kind] += 1
    for (const { event } of (answer['events'] ?? []) as readonly { event: { _tag: string } }[])
      happened.add(event._tag)
  }
  expect(kinds.failure).toBe(0)
  for (const kind of ['events', 'refusal', 'problem'] as const)
    expect(kinds[kind]).toBeGreaterThan(LINES / 20)
  for (const tag of ['Quoted', 'Held', 'Opened', 'Taken', 'Closed', 'Raised'])
    expect([...happened]).toContain(tag)
  const verified = await session('verify --database d'.split(' '), { stores: holding(store) })
  expect(verified.out).toMatch(/\nNothing is wrong\.\n$/)
})

test('DEC-17 lines that are no requests leave a store as it is', async () => {
  const store = await founded()
  const stores = holding(store)
  const before = await counts(store)
  const bad = Array.from({ length: LINES }, (_, n) => hostile(SEED + 1, n)).filter((line) => {
    const text = Buffer.from(line).toString()
    return text.includes('\ufffd') || E.isLeft(Line.read(1, text))
  })
  expect(bad.length).toBeGreaterThan(LINES / 5)
  const { out } = await session(`engine --database d --grant ${granted}`.split(' '), {
    input: chunks(bad),
    stores,
  })
  expect(parsed(out)).toHaveLength(bad.length)
  expect(parsed(out).every((answer) => 'problem' in answer)).toBe(true)
  expect(await counts(store)).toEqual(before)
})
