/**
 * What `knockdown verify` takes for an anchor, and what it says of a store that does not have it.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { founded } from '../engine/world.js'
import type { Run } from './io.js'
import { holding, session } from './live.js'

/** Verifies a store that has a checkpoint, against an anchor as a file says it; and the anchor that it saved. */
const verified = async (anchor: (saved: string) => string): Promise<Run> => {
  const { store } = await founded()
  const stores = holding(store)
  let saved = ''
  const write = (_: string, text: string): E.Either<string, undefined> => {
    saved = text
    return E.right(undefined)
  }
  const first = await session('verify --database d --save-anchor a.json'.split(' '), {
    stores,
    io: { write },
  })
  expect([first.status, first.err]).toEqual([0, ''])
  return session('verify --database d --anchor a.json'.split(' '), {
    stores,
    io: { read: () => E.right(anchor(saved)) },
  })
}

test('PRT-15 a store has the anchor that was saved of it, and no other', async () => {
  const same = await verified((saved) => saved)
  expect([same.status, same.err]).toEqual([0, ''])
  expect(same.out).toMatch(/\nNothing is wrong\.\n$/)
  const otherHash = (saved: string): string =>
    saved.replace(/[\da-f](?="\})/, (digit) => (digit === '0' ? '1' : '0'))
  for (const change of [otherHash, (saved: string) => saved.replace(':1,', ':2,')]) {
    const other = await verified(change)
    expect(other.status).toBe(1)
    expect(other.out).toMatch(/\nWrong: [^\n]+\n$/)
  }
})

test('an anchor that no checkpoint can be is refused, in one line that names the field', async () => {
  const hash = 'ab'.repeat(32)
  const ofHash = 'wanted 64 lower-case hexadecimal digits'
  const cases: readonly (readonly [string, string])[] = [
    ['{"sequence":0,"hash":"aa"}', 'sequence: found "0", wanted 1 or more'],
    [`{"sequence":0,"hash":"${hash}"}`, 'sequence: found "0", wanted 1 or more'],
    [`{"sequence":-1,"hash":"${hash}"}`, 'sequence: found "-1", wanted 1 or more'],
    ['{"sequence":1,"hash":"aa"}', `hash: found "aa", ${ofHash}`],
    [`{"sequence":1,"hash":"${hash.toUpperCase()}"}`, ofHash],
    [`{"sequence":1,"hash":"${hash}0"}`, ofHash],
    [`{"sequence":1,"hash":"${hash}\\n"}`, ofHash],
  ]
  for (const [text, message] of cases) {
    const { err, out, status } = await verified(() => text)
    expect([status, out], text).toEqual([2, ''])
    expect(err).toMatch(/^knockdown: a\.json:1: [^\n]+\n$/)
    expect(err).toContain(message)
  }
})
