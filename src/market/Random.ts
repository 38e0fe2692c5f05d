/**
 * Random: numbers that look drawn by chance and are a function of a seed and a place.
 *
 * Nothing is threaded through: the n-th word of a seed can be asked for in any order, and a seed
 * makes seeds of its own for what must not share its words.
 *
 * Laws: MKT-1 (spec/16-market.md).
 * Source: SplitMix64 (Steele, Lea and Flood, 2014), with the constants of Vigna's splitmix64.c.
 */

const word64 = (n: bigint): bigint => BigInt.asUintN(64, n)

/**
 * The `n`-th word, from 0 on, of a seed: a whole number from 0 to 2^64 - 1 (MKT-1). A seed counts
 * modulo 2^64.
 *
 * @example word(1234567n, 0) // 6457827717110365317n
 */
export const word = (seed: bigint, n: number): bigint => {
  const z0 = word64(seed + (BigInt(n) + 1n) * 0x9e3779b97f4a7c15n)
  const z1 = word64((z0 ^ (z0 >> 30n)) * 0xbf58476d1ce4e5b9n)
  const z2 = word64((z1 ^ (z1 >> 27n)) * 0x94d049bb133111ebn)
  return z2 ^ (z2 >> 31n)
}

/** The `n`-th number of a seed, from 0 to just below `limit` (MKT-1): no bias that 2^64 draws would show. */
export const below = (seed: bigint, n: number, limit: bigint): bigint =>
  (word(seed, n) * limit) >> 64n
