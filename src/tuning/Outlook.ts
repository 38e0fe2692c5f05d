/**
 * Outlook: the first block in which anybody could act on a lot, from the prices of the whole day.
 *
 * Bidders and keepers know nothing of it: they are asked when they can act, and not when they cannot,
 * which the outcome does not show. A span of blocks that holds nothing at its best price and its
 * cheapest gas is passed over in one.
 *
 * Laws: MKT-18 (spec/16-market.md).
 */

import { Fixed } from '../core/index.js'
import { PricePath } from '../market/index.js'
import { blockOf, gasRestsFrom, type Span, timeOf, type World } from './World.js'

/** Spans of fewer blocks than 2^4 are looked up in the path each time, longer ones are kept. */
const keptFrom = 4

/** The best of 2^level blocks from one on. Once the price and that of gas have come to rest all are alike. */
const spanOf = (world: World, block: number, level: number): Span => {
  const atRest = blockOf(world, Math.max(world.stage.path.to, gasRestsFrom(world)))
  if (block > atRest) return spanOf(world, atRest, keptFrom)
  const key = block * 64 + level
  const kept = level < keptFrom ? undefined : world.spans.get(key)
  if (kept !== undefined) return kept
  const span = level > keptFrom ? joined(world, block, level) : measured(world, block, level)
  if (level >= keptFrom) world.spans.set(key, span)
  return span
}

const measured = (world: World, block: number, level: number): Span => {
  const { path } = world.stage
  const [from, to] = [timeOf(world, block), timeOf(world, block + 2 ** level - 1)]
  return {
    highest: PricePath.highestIn(path, from, to),
    gwei: PricePath.lowestGweiIn(path, from, to),
  }
}

const joined = (world: World, block: number, level: number): Span => {
  const a = spanOf(world, block, level - 1)
  const b = spanOf(world, block + 2 ** (level - 1), level - 1)
  return { highest: Fixed.max(a.highest, b.highest), gwei: Fixed.min(a.gwei, b.gwei) }
}

/**
 * The first block from one up to another that may hold something, or one after them. `may` answers for
 * a span and its last block, and where it answers no, nothing is in any block of the span.
 */
export const first = (
  world: World,
  from: number,
  to: number,
  may: (span: Span, last: number) => boolean,
): number => {
  let [block, level] = [from, 0]
  while (block <= to) {
    const length = 2 ** level
    if (may(spanOf(world, block, level), block + length - 1)) {
      if (level === 0) return block
      level -= 1
    } else {
      block += length
      if (block % (2 * length) === 0) level += 1
    }
  }
  return to + 1
}
