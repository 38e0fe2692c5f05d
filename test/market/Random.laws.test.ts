/**
 * Laws of Random: spec/16-market.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Random } from '../../src/market/index.js'
import { law } from '../law.js'

const seed = fc.oneof(fc.bigInt(-(2n ** 70n), 2n ** 70n), fc.bigInt(0n, 9n))
const place = fc.nat(10 ** 6)

test('MKT-1 the words are those of SplitMix64', () => {
  const words = [0, 1, 2, 3, 4].map((n) => Random.word(1234567n, n))
  expect(words).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ])
})

law(
  'MKT-1',
  'a word is the first one of a seed moved on, and a seed counts modulo 2^64',
  fc.property(seed, place, (seed, n) => {
    const moved = seed + BigInt(n) * 0x9e3779b97f4a7c15n
    const word = Random.word(seed, n)
    return word === Random.word(moved, 0) && word === Random.word(seed + 2n ** 64n, n)
  }),
)

law(
  'MKT-1',
  'a number is below its limit, and the share of the limit that its word is of 2^64',
  fc.property(seed, place, fc.bigInt(1n, 2n ** 80n), (seed, n, limit) => {
    const number = Random.below(seed, n, limit)
    const scaled = Random.word(seed, n) * limit
    return (
      number >= 0n && number < limit && number << 64n <= scaled && scaled < (number + 1n) << 64n
    )
  }),
)
