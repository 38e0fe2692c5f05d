/** Numbers that a seed decides (mulberry32). */

export interface Random {
  /** A whole number from zero to `below`, which it is not. */
  readonly below: (below: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <A>(from: readonly A[]) => A | undefined
}

export const seeded = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    below,
    chance: (share) => next() < share,
    pick: (from) => from[below(from.length)],
  }
}
