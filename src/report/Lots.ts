/**
 * Lots: the largest lots of an auction one by one: what they were offered at, or bid, against the market.
 *
 * Laws: REP-5 (spec/24-report.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Curve, Fixed, type Terms } from '../core/index.js'
import { PricePath } from '../market/index.js'
import type { Outcome } from '../tuning/index.js'
import * as Compare from './Compare.js'
import * as Day from './Day.js'
import * as Figures from './Figures.js'
import * as Palette from './Palette.js'
import * as Ticks from './Ticks.js'
import { apart, number, type Picture, ray, sentences, type Spec, wad } from './Picture.js'

// Model

/** A price at an instant after a lot opened. */
interface At {
  readonly after: Fixed.Seconds
  readonly price: Fixed.Ray
}

/** A lot with what it was offered at, or bid, from one instant to the next. */
interface Shown {
  readonly of: Outcome.OfLot
  readonly until: Fixed.Seconds
  readonly asked: readonly At[]
  readonly sales: readonly Day.Sale[]
}

/** So many lots are shown. */
const MOST = 4

/** A price that falls is shown at about so many instants. */
const INSTANTS = 240

// Constructors

/** The curve that another one scales or bounds. */
const innermost = (curve: Curve.Curve): Curve.Curve => ('of' in curve ? innermost(curve.of) : curve)

/** Whether a price stays between the instants at which it falls, and how far these are apart. */
const stairOf = (curve: Curve.Curve): number | undefined => {
  const inner = innermost(curve)
  return inner._tag === 'Stairs' ? Math.max(1, Number(inner.stepEvery)) : undefined
}

/** The prices from one start of a Dutch lot up to the next, or to its end, at so many instants at most. */
const falling = (
  terms: Terms.Terms,
  sale: Terms.Dutch,
  startPrice: Fixed.Ray,
  lasts: Fixed.Seconds,
  most: number,
): readonly At[] => {
  const stair = stairOf(sale.curve) ?? 1
  const step = stair * Math.max(1, Math.ceil(lasts / stair / most))
  const instants = Array.from({ length: Math.floor(lasts / step) + 1 }, (_, i) => i * step)
  return [...new Set([...instants, lasts])].flatMap((after) => {
    const price = Curve.priceAt(sale.curve, terms.width)(startPrice, BigInt(after))
    return E.isLeft(price) ? [] : [{ after, price: price.right }]
  })
}

/** When a lot of a Dutch auction began, and began again, at which price. */
const startsOf = ({ log }: Day.Run, lot: string): readonly At[] =>
  log.flatMap(({ event }) => {
    if (event._tag === 'Opened' && event.lot === lot && event.start._tag === 'Dutch')
      return [{ after: event.at, price: event.start.startPrice }]
    return event._tag === 'Reset' && event.lot === lot
      ? [{ after: event.at, price: event.startPrice }]
      : []
  })

/** What was bid for a unit of an English lot. */
const bidsOf = ({ log }: Day.Run, { collateral, lot, openedAt }: Outcome.OfLot): readonly At[] =>
  log.flatMap(({ event }) => {
    if ((event._tag !== 'Raised' && event._tag !== 'Shrunk') || event.lot !== lot) return []
    const sold = event._tag === 'Raised' ? collateral : event.sold
    return sold === 0n ? [] : [{ after: event.at - openedAt, price: Fixed.ray(event.bid / sold) }]
  })

const shown = (run: Day.Run, sales: readonly Day.Sale[], of: Outcome.OfLot): Shown => {
  const until = of.closedAt ?? run.outcome.endedAt
  const sale = run.terms.collaterals[0]?.sale
  const starts = sale?._tag === 'Dutch' ? startsOf(run, of.lot) : []
  const asked =
    sale?._tag === 'Dutch'
      ? starts.flatMap(({ after, price }, i) =>
          falling(
            run.terms,
            sale,
            price,
            (starts[i + 1]?.after ?? until) - after,
            Math.max(8, INSTANTS / starts.length),
          ).map((one) => ({ ...one, after: after - of.openedAt + one.after })),
        )
      : bidsOf(run, of)
  const [last] = asked.slice(-1)
  return {
    of,
    until,
    asked: last === undefined ? asked : [...asked, { ...last, after: until - of.openedAt }],
    sales: sales.filter(({ lot }) => lot === of.lot),
  }
}

/** The largest lots that anything was sold of, by what that was worth on the market, the first of equal ones first (REP-5). */
export const largest = (run: Day.Run): readonly Outcome.OfLot[] =>
  [...run.outcome.lots]
    .filter(({ sold }) => sold > 0n)
    .sort((a, b) => (a.marketValue === b.marketValue ? 0 : a.marketValue > b.marketValue ? -1 : 1))
    .slice(0, MOST)

// The picture

/** The unit that so many seconds are told in. */
const unitOf = (seconds: number): readonly [string, number] =>
  seconds > 3600 ? ['hours', 3600] : ['minutes', 60]

/** An axis of the time since a lot opened, marked where a clock is read. */
const since = ({ of, until }: Shown, [unit, length]: readonly [string, number]): Spec => {
  const reach = until - of.openedAt
  return number('after', `${unit} since the lot opened`, {
    scale: { domain: [0, Math.max(1, reach) / length], nice: false },
    axis:
      unit === 'hours'
        ? { values: Ticks.clock(reach).map((at) => at / length), labelExpr: Ticks.HOURS }
        : { tickCount: 5 },
  })
}

const marketDuring = ({ market }: Day.Run, { of, until }: Shown): readonly PricePath.Point[] => {
  const ends = [of.openedAt, until].map((at) => ({ at, price: PricePath.priceAt(market, at) }))
  const between = market.points.filter(({ at }) => at > of.openedAt && at < until)
  return Day.thinned(
    [ends[0], ...between, ends[1]].flatMap((one) => one ?? []),
    200,
  )
}

const nameOf = (asset: string, { of }: Shown): string =>
  `${of.lot}: ${Figures.amount(of.collateral)} ${asset}`

const caption = (run: Day.Run, lots: readonly Shown[]): string => {
  const { outcome } = run
  const isDutch = outcome.auction === 'dutch'
  const value = lots.reduce((sum, { of }) => sum + of.marketValue, 0n)
  const paid = lots.reduce((sum, { of }) => sum + of.paid, 0n)
  const share = Fixed.wad(Fixed.mulDiv(value - paid, Fixed.WAD, value, 'floor'))
  const resets = lots.reduce((sum, { of }) => sum + of.resets, 0)
  const times = lots.flatMap(({ of }) =>
    of.closedAt === undefined ? [] : [of.closedAt - of.openedAt],
  )
  return sentences(
    `The ${Figures.counted(lots.length, 'lot')} of ${Figures.count(outcome.lots.length)} that sold for most: worth ${Figures.money(Fixed.rad(value))} on the market when ${lots.length === 1 ? 'it was' : 'they were'} sold, for ${Figures.money(Fixed.rad(paid))}, ${apart(share)} it.`,
    times.length === 0
      ? ''
      : `From opening to close ${lots.length === 1 ? 'it' : 'they'} took ${Figures.seconds(Math.min(...times))} to ${Figures.seconds(Math.max(...times))}.`,
    isDutch
      ? `The steps are the price asked, the grey line is the market, and the marks are sales: where the price comes down to what buyers want below the market, they buy. ${resets === 0 ? 'None of them was started again.' : `New starts: ${Figures.count(resets)}.`}`
      : 'The steps are what is bid for a unit, the grey line is the market, and the marks are sales. The market may move between the winning bid and the sale.',
  )
}

/** The largest lots of a run; nothing where nothing was sold. */
export const picture = (day: Day.Day, run: Day.Run): Picture | undefined => {
  const sales = Day.sales(run)
  const lots = largest(run).map((lot) => shown(run, sales, lot))
  if (lots.length === 0) return undefined
  const unit = unitOf(Math.max(...lots.map(({ of, until }) => until - of.openedAt)))
  const name = Compare.nameOf(run.outcome)
  const colour = Palette.colorOf(name)
  const sale = run.terms.collaterals[0]?.sale
  const isSmooth = sale?._tag === 'Dutch' && stairOf(sale.curve) === undefined
  const y = number('price', `price of one ${day.asset} (money)`, {
    scale: { zero: false },
    axis: { tickCount: 5 },
  })
  const at = (after: number, price: bigint) => ({ after: after / unit[1], price: ray(price) })
  return {
    name: `${run.outcome.auction}-lots`,
    title: `The largest lots of the ${name} auction against the market`,
    caption: caption(run, lots),
    spec: {
      columns: 2,
      spacing: 36,
      concat: lots.map((lot) => {
        const x = since(lot, unit)
        return {
          width: 270,
          height: 190,
          title: { text: nameOf(day.asset, lot), fontSize: 12, fontWeight: 'normal' },
          layer: [
            {
              data: {
                values: marketDuring(run, lot).map((one) =>
                  at(one.at - lot.of.openedAt, one.price),
                ),
              },
              mark: { type: 'line', color: Palette.light.market, strokeWidth: 1.5 },
              encoding: { x, y },
            },
            {
              data: { values: lot.asked.map((one) => at(one.after, one.price)) },
              mark: {
                type: 'line',
                color: colour,
                interpolate: isSmooth ? 'linear' : 'step-after',
                strokeWidth: 1.5,
              },
              encoding: { x, y },
            },
            {
              data: {
                values: lot.sales.map((one) => ({
                  ...at(one.at - lot.of.openedAt, Day.priceOf(one)),
                  sold: wad(one.sold),
                })),
              },
              mark: {
                type: 'point',
                filled: true,
                opacity: 0.75,
                color: colour,
                shape: Palette.shapeOf(name),
                size: 70,
              },
              encoding: { x, y },
            },
          ],
        }
      }),
    },
  }
}
