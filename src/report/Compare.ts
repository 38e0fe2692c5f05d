/**
 * Compare: what runs have to say to each other, in sentences.
 */

import { Fixed } from '../core/index.js'
import type { Outcome } from '../tuning/index.js'
import * as Figures from './Figures.js'

type Run = Outcome.Outcome

/** Bad debt and what owners lost: what an auction is to keep small. */
const lossOf = ({ debt, ownersLoss }: Run): Fixed.Rad => Fixed.rad(debt.bad + ownersLoss)

/** The part of the market value that buyers did not pay, to 18 places, rounded down; nothing without a sale. */
export const discountOf = ({ marketValue, paid }: Run): Fixed.Wad | undefined =>
  marketValue === 0n
    ? undefined
    : Fixed.wad(Fixed.mulDiv(marketValue - paid, Fixed.WAD, marketValue, 'floor'))

export const soldOf = ({ lots }: Run): number => lots.filter(({ sold }) => sold > 0n).length

export const openOf = ({ lots }: Run): number =>
  lots.filter(({ closedAt }) => closedAt === undefined).length

export const nameOf = ({ auction }: Run): string => (auction === 'dutch' ? 'Dutch' : 'English')

const losses = (run: Run): string => {
  const loss = lossOf(run)
  const gain = loss < 0n ? ', a gain' : ''
  return `${Figures.money(loss)}${gain} (bad debt ${Figures.money(run.debt.bad)}, owners ${Figures.money(run.ownersLoss)})`
}

const stillOpen = (run: Run): string =>
  openOf(run) === 0
    ? ''
    : `, and has ${Figures.counted(openOf(run), 'lot')} with a debt of ${Figures.money(run.debt.open)} still open, which ${openOf(run) === 1 ? 'counts' : 'count'} as no loss`

/** Whether two runs opened the same lots at the same moments. */
const areSame = (a: Run, b: Run): boolean =>
  a.lots.length === b.lots.length &&
  a.lots.every((lot, i) => {
    const other = b.lots[i]
    return (
      other !== undefined &&
      lot.position === other.position &&
      lot.openedAt === other.openedAt &&
      lot.collateral === other.collateral &&
      lot.debt === other.debt
    )
  })

/** What the runs mean, in one sentence. */
export const meaning = (runs: readonly Run[]): string => {
  const [a, b] = runs
  if (a === undefined) return ''
  if (a.lots.length === 0 && (b === undefined || b.lots.length === 0))
    return 'No position became unsafe, so no lot was opened and nothing was lost.'
  if (b === undefined)
    return `The ${nameOf(a)} auction sold from ${Figures.count(soldOf(a))} of ${Figures.counted(a.lots.length, 'lot')} and lost ${losses(a)}${stillOpen(a)}.`
  if (openOf(a) + openOf(b) > 0)
    return `The ${nameOf(a)} auction lost ${losses(a)}${stillOpen(a)}; the ${nameOf(b)} auction lost ${losses(b)}${stillOpen(b)}.`
  const bad = lesser(a, b, ({ debt }) => debt.bad)
  const owners = lesser(a, b, ({ ownersLoss }) => ownersLoss)
  const left =
    bad === undefined
      ? `Both auctions left a bad debt of ${Figures.money(a.debt.bad)}`
      : `The ${nameOf(bad.run)} auction left less bad debt, ${bad.figures}`
  const cost =
    owners === undefined
      ? `both cost owners ${Figures.money(a.ownersLoss)}`
      : `the ${nameOf(owners.run)} one cost owners less, ${owners.figures}`
  return `${left}, and ${cost}; penalties not collected, rewards and gas are not in these figures.`
}

/** Of two runs the one with the lesser figure, and both figures; nothing where they are equal. */
const lesser = (
  a: Run,
  b: Run,
  figure: (run: Run) => Fixed.Rad,
): { readonly run: Run; readonly figures: string } | undefined => {
  if (figure(a) === figure(b)) return undefined
  const [less, more] = figure(a) < figure(b) ? [a, b] : [b, a]
  return {
    run: less,
    figures: `${Figures.money(figure(less))} against ${Figures.money(figure(more))}`,
  }
}

/** Whether the two auctions had the same lots, and if not, why. */
export const sameLots = (a: Run, b: Run): string => {
  if (areSame(a, b)) return 'Both auctions opened the same lots at the same moments.'
  const delayed = [a, b]
    .filter(({ positionsDelayed }) => positionsDelayed > 0)
    .map(
      (run) =>
        `${nameOf(run)}: a ceiling delayed ${Figures.counted(run.positionsDelayed, 'position')}`,
    )
  const why =
    delayed.length > 0 ? delayed.join('; ') : 'their terms judge or seize positions differently'
  return `The auctions did not open the same lots (${why}), so their figures do not compare one to one.`
}

/** What capital had to do with it. */
export const capital = (run: Run): string => {
  const { lotsShort, mostInUse, total } = run.capital
  const use = `the most in use was ${Figures.money(mostInUse)} of ${Figures.money(total)}`
  return lotsShort === 0
    ? `${nameOf(run)}: capital was never short: ${use}.`
    : `${nameOf(run)}: capital was short for ${Figures.counted(lotsShort, 'lot')}: ${use}.`
}

/** The average market price of some collateral. */
const average = (value: Fixed.Rad, amount: Fixed.Wad): string =>
  amount === 0n ? '-' : Figures.price(Fixed.ray(value / amount))

const percentOf = (run: Run): string => {
  const discount = discountOf(run)
  return discount === undefined ? '-' : Figures.percent(discount)
}

/** What changed from one run to another that a loss depends on, as "this instead of that". */
const changes = (run: Run, base: Run): readonly string[] => {
  const facts: readonly (readonly [string, (one: Run) => string])[] = [
    ['lots opened', ({ lots }) => Figures.count(lots.length)],
    ['lots that capital was short for', (one) => Figures.count(one.capital.lotsShort)],
    ['debt still open, which counts as no loss', ({ debt }) => Figures.money(debt.open)],
    [
      'the average market price when lots opened',
      ({ collateral, valueSeized }) => average(valueSeized, collateral.seized),
    ],
    ['and when they sold', ({ collateral, marketValue }) => average(marketValue, collateral.sold)],
    ['the discount then', percentOf],
  ]
  return facts
    .map(([name, fact]) => [name, fact(run), fact(base)] as const)
    .filter(([, now, then]) => now !== then)
    .map(([name, now, then]) => `${name} ${now} instead of ${then}`)
}

/** What a setting should do to losses: `either`, where capital and delay pull to different sides. */
export type Expected = 'more' | 'less' | 'either'

/** Why a run did not lose more, or less, as its setting should make it. */
const reasonOf = (run: Run, base: Run, expected: Expected): string => {
  // Where the scarcer capital was enough, capital made no difference.
  const scarcer = run.capital.total <= base.capital.total ? run : base
  const { lotsShort, mostInUse, total } = scarcer.capital
  const spare =
    lotsShort === 0
      ? ` Capital was never short${scarcer === run ? '' : ' by default either'}: the most in use was ${Figures.money(mostInUse)} of ${Figures.money(total)}.`
      : ''
  const found = changes(run, base)
  const changed = found.length === 0 ? 'nothing that it depends on' : found.join(', ')
  const why =
    expected === 'either'
      ? 'Its capital and its delay pull to different sides.'
      : `Why not ${expected}: a loss is measured against the market at the sale, so what the market did while lots waited is not in it.`
  return ` ${why} What changed: ${changed}.${spare}`
}

/** A run against the same one with the default capital and delay: what it lost, and if that is not as expected, why. */
export const withDefault = (run: Run, base: Run, expected: Expected): string => {
  const [now, then] = [lossOf(run), lossOf(base)]
  const change = now > then ? 'more than' : now < then ? 'less than' : 'as much as'
  const figures = now === then ? losses(run) : `${losses(run)} instead of ${losses(base)}`
  const isMet = (expected === 'more' && now > then) || (expected === 'less' && now < then)
  const reason = isMet ? '' : reasonOf(run, base, expected)
  return `${nameOf(run)}: it lost ${change} with the default capital and oracle delay, ${figures}.${reason}`
}
