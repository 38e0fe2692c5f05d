/**
 * Blocks: when there are blocks, the same for everybody, and which of them takes a transaction.
 *
 * Laws: BLK-1 to BLK-4 (spec/20-blocks.md).
 */

import { Fixed } from '../core/index.js'
import * as Random from './Random.js'
import * as Real from './Real.js'
import { type Made, made, seconds, type Unfit, unless } from './Setting.js'

// Model

/** Blocks are counted from 0; there is no last one. */
export interface Blocks {
  /** The instant of a block: never before that of the block before it. */
  readonly timeOf: (block: number) => Fixed.Seconds
  /** The first block at or after an instant. */
  readonly firstAt: (time: Fixed.Seconds) => number
}

export interface Poisson {
  readonly from: Fixed.Seconds
  /** Until then blocks are drawn; from then on they come at the mean distance, rounded up to whole seconds. */
  readonly until: Fixed.Seconds
  /** The mean distance between two, in seconds. */
  readonly mean: Fixed.Ray
}

// Constructors

const { RAY } = Fixed

const fromUnfit = (rule: Unfit['rule'], from: Fixed.Seconds): readonly Unfit[] =>
  unless(Number.isSafeInteger(from), rule, 'from', from, 'a whole second')

/** Blocks a fixed time apart, the first at `from` (BLK-1). Refuses what is no whole second, and no distance. */
export const fixed = (from: Fixed.Seconds, every: Fixed.Seconds): Made<Blocks> =>
  made([...fromUnfit('BLK-1', from), ...seconds('BLK-1', 'every', every)], () => ({
    timeOf: (block) => from + block * every,
    firstAt: (time) => Math.max(0, Math.ceil((time - from) / every)),
  }))

/** The instants of drawn blocks: the whole second at or after each of a Poisson process. */
const drawn = (seed: bigint, { from, mean, until }: Poisson): readonly Fixed.Seconds[] => {
  const times = [from]
  let sum = 0n
  for (let n = 0; (times[n] ?? until) < until; n += 1) {
    // The distance that is passed with the chance of the word: its mean times −ln of that.
    const distance = Real.lnRatio(1n << 65n, 2n * Random.word(seed, n) + 1n)
    sum += Fixed.mulDiv(mean, distance, RAY, 'halfUp')
    times.push(from + Number(Fixed.mulDiv(sum, 1n, RAY, 'ceil')))
  }
  return times
}

/**
 * Blocks as a Poisson process draws them (BLK-2), the first at `from`. Refuses what is no whole second, an end
 * before the beginning, and a mean of less than a hundredth of a second, or of more than ten million blocks.
 */
export const poisson = (seed: bigint, settings: Poisson): Made<Blocks> => {
  const { from, mean, until } = settings
  return made(
    [
      ...fromUnfit('BLK-2', from),
      ...unless(
        Number.isSafeInteger(until) && until >= from,
        'BLK-2',
        'until',
        until,
        'a whole second, not before from',
      ),
      ...unless(
        mean * 100n >= RAY && (until - from) * 1e27 <= Number(mean) * 1e7,
        'BLK-2',
        'mean',
        mean,
        'at least a hundredth of a second, and no more than ten million blocks',
      ),
    ],
    () => {
      const times = drawn(seed, settings)
      const last = times.length - 1
      const end = times[last] ?? from
      const every = Number(Fixed.mulDiv(mean, 1n, RAY, 'ceil'))
      return {
        timeOf: (block) => times[block] ?? end + (block - last) * every,
        firstAt: (time) => {
          if (time > end) return last + Math.ceil((time - end) / every)
          let [low, high] = [0, last]
          while (low < high) {
            const middle = (low + high) >> 1
            if ((times[middle] ?? end) >= time) high = middle
            else low = middle + 1
          }
          return low
        },
      }
    },
  )
}

// Queries

/**
 * The block that takes a transaction which offers a gas price and could be in a block at the earliest: the first from there on
 * whose gas price is no higher (BLK-4). Nothing where none up to the last one is.
 */
export const takenIn = (
  { timeOf }: Blocks,
  gweiAt: (time: Fixed.Seconds) => Fixed.Ray,
  offered: Fixed.Ray,
  earliest: number,
  last: number,
): number | undefined => {
  for (let block = earliest; block <= last; block += 1)
    if (gweiAt(timeOf(block)) <= offered) return block
  return undefined
}
