/**
 * settings: the auctions whose expected outcome is known, and how far a simulation of them may be off.
 */

import { ClosedForm, Moments, type MonteCarlo, Single } from '../../src/market/index.js'

const rates = [2e-5, 1e-4, 4e-4, 1e-3]
const volatilities = [0, 5e-4, 1e-3, 3e-3]
const blockTimes = [2, 12, 60, 300]
const premiums = [0, 0.05, 0.3]

export const known = (
  rate: number,
  volatility: number,
  every: number,
  premium: number,
): Single.Setting => ({
  ...Single.plain,
  volatility,
  blocks: { _tag: 'Poisson', every },
  curve: { _tag: 'Exponential', rate },
  markup: Math.exp(premium),
})

const expected = (setting: Single.Setting): ClosedForm.Expected => {
  const found = ClosedForm.of(setting)
  if (found === undefined) throw new Error('outside the domain of the closed form')
  return found
}

/** How many blocks an auction takes on average. */
const length = (setting: Single.Setting): number => expected(setting).time / setting.blocks.every

/** All combinations that take at most 120 blocks on average, and five more at the edges of the domain. */
export const settings: readonly Single.Setting[] = [
  ...rates
    .flatMap((rate) =>
      volatilities.flatMap((volatility) =>
        blockTimes.flatMap((every) =>
          premiums.map((premium) => known(rate, volatility, every, premium)),
        ),
      ),
    )
    .filter((setting) => length(setting) <= 120),
  // Where the formula of the handbook divides nothing by nothing.
  known(6e-6, 3e-3, 1 / (9e-6 - 6e-6), 0.05),
  { ...known(1e-4, 1e-3, 60, 0.02), buyer: { margin: 0.03, gas: 0 } },
  { ...known(1e-4, 1e-3, 60, 0), drift: 2e-5 },
  { ...known(1e-4, 1e-3, 60, 0.1), drift: -2e-5 },
  known(4e-4, 3e-3, 12, 0.02),
]

/** The distance of a mean from what is expected, in standard errors; of none where nothing varies, that of rounding. */
const distance = (moments: Moments.Moments, mean: number): number => {
  const error = Moments.standardError(moments)
  const from = moments.mean - mean
  return error > 1e-12 * Math.abs(mean) ? from / error : Math.abs(from) <= 1e-9 ? 0 : Infinity
}

export interface Line {
  readonly text: string
  readonly distances: readonly [loss: number, time: number]
}

const short = (x: number): string => x.toPrecision(6)

/** What a simulation of a setting found beside what is expected. */
export const compare = (
  setting: Single.Setting,
  { loss, time }: Pick<MonteCarlo.Sums, 'loss' | 'time'>,
): Line => {
  const { blocks, buyer, curve, drift, markup, volatility } = setting
  const found = expected(setting)
  const distances = [distance(loss, found.loss), distance(time, found.time)] as const
  const rate = curve._tag === 'Exponential' ? curve.rate : NaN
  const named = `rate ${rate} volatility ${volatility} block ${short(blocks.every)} premium ${short(Math.log(markup))} drift ${drift} margin ${buyer.margin}`
  const [a, b] = distances.map((z) => z.toFixed(2))
  return {
    text: `${named}: loss ${short(loss.mean)}, expected ${short(found.loss)}, z ${a}; time ${short(time.mean)}, expected ${short(found.time)}, z ${b}`,
    distances,
  }
}

/** Whether distances are those of chance: none above 4, and 1.1 on average at most. */
export const isChance = (distances: readonly number[]): boolean =>
  distances.length > 0 && distances.every((z) => Math.abs(z) <= 4) && meanSize(distances) < 1.1

export const meanSize = (distances: readonly number[]): number =>
  distances.reduce((sum, z) => sum + Math.abs(z), 0) / distances.length

/**
 * The same auction with time counted in so many parts of a second: a closed form knows no unit, and for
 * the core, whose seconds are whole, a block then comes almost when it should.
 */
export const finer = (setting: Single.Setting, parts: number): Single.Setting => ({
  ...setting,
  volatility: setting.volatility / Math.sqrt(parts),
  drift: setting.drift / parts,
  blocks: { ...setting.blocks, every: setting.blocks.every * parts },
  curve:
    setting.curve._tag === 'Exponential'
      ? { ...setting.curve, rate: setting.curve.rate / parts }
      : setting.curve,
  lasts: setting.lasts * parts,
})
