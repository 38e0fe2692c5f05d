/**
 * EthA: the parameters that ETH-A vaults were liquidated by in Maker's live years, one set of each generation.
 *
 * Each value names where it can be read, or is general knowledge: well known, and read in none of these.
 *
 * Source: [1] makerdao/spells-mainnet at d1228658, archive/2021-10-08-DssSpell/DssSpell.t.sol, and
 * [2] the same at 81f7beff, archive/2020-08-28-DssSpell.t.sol: what the test of an executive vote wants to
 * find on the chain, all of it, after 8 October 2021 and 28 August 2020.
 * [3] https://blog.makerdao.com/executive-vote-august-14-2020/
 * [4] https://forum.makerdao.com/t/liquidations-1-2-technical-details/3792
 * [5] https://forum.makerdao.com/t/auction-parameter-derivations/781
 */

import { Fixed } from '../../core/index.js'
import type * as Clipper from '../Clipper.js'
import type * as Flipper from '../Flipper.js'

// Constructors

const percent = (n: bigint): Fixed.Ray => Fixed.ray((n * Fixed.RAY) / 100n)
const onePlus = (n: bigint): Fixed.Wad => Fixed.wad(Fixed.WAD + (n * Fixed.WAD) / 100n)
const dai = (n: bigint): Fixed.Rad => Fixed.rad(n * Fixed.RAD)

const vault = { ilk: 'ETH-A', gem: 'ETH' } as const

/** Dog and Clipper in October 2021, all of it as in [1]; Hole, over all ilks, was 100 million. */
export const clipper: Clipper.Parameters = {
  ...vault,
  mat: percent(145n),
  buf: percent(120n),
  tail: 8_400n,
  cusp: percent(40n),
  chip: Fixed.wad(Fixed.WAD / 1000n),
  tip: dai(300n),
  calc: { _tag: 'StairstepExponentialDecrease', step: 90n, cut: percent(99n) },
  hole: dai(40_000_000n),
  chop: onePlus(13n),
  dust: dai(10_000n),
}

/**
 * Cat and Flipper on 12 March 2020, but for `box` and `dunk`, which came with Liquidations 1.2 in August
 * [4]: until then the size of a lot was set in ETH (`lump`, 50 at the launch [5]), and money in flight had no
 * limit.
 */
export const flipper: Flipper.Parameters = {
  ...vault,
  /** [2], and general knowledge of March. */
  mat: percent(150n),
  /** [2], and general knowledge of March. */
  beg: onePlus(3n),
  /** General knowledge; six hours in [2], because of that day. */
  ttl: 600n,
  /** [2], and general knowledge of March. */
  tau: 21_600n,
  /** [2]. */
  box: dai(10_000_000n),
  /** [2]. */
  dunk: dai(50_000n),
  /** [2], and general knowledge of March. */
  chop: onePlus(13n),
  /** [3], which raised it from this to 100. */
  dust: dai(20n),
}
