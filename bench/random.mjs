/**
 * Random numbers that are the same in every run.
 */

/** A generator of whole numbers below 2^32 (mulberry32), from a seed. */
export const generator = (seed) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
}

/** A whole number below `limit`, held as a small integer, as one out of JSON is. */
export const below = (draw, limit) => (draw() % limit) | 0

/** A bigint from `low` up to and without `high`, all of its digits drawn. */
export const between = (draw, low, high) => {
  const span = high - low
  let n = 0n
  for (let limit = 1n; limit < span << 32n; limit <<= 32n) n = (n << 32n) | BigInt(draw())
  return low + (n % span)
}

/** The numbers below `count`, each once, in random order. */
export const shuffled = (draw, count) => {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = draw() % (i + 1)
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
  return order
}
