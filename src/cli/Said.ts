/**
 * Said: what a simulation was asked for, and what it takes for granted, in words and as JSON.
 */

import { Decimal, HazardsJson, TermsJson } from '../codec/index.js'
import { Fixed, Terms } from '../core/index.js'
import { Bidder, Gas, PricePath } from '../market/index.js'
import { Figures } from '../report/index.js'
import { type Scenario, ScenarioJson } from '../tuning/index.js'
import type { Setup } from './Setup.js'

type OfFlags = Extract<Setup['said'], { readonly _tag: 'Flags' }>

// Of flags

const { formatRad: rad, formatRay: ray } = Decimal

/** The longest time between two rows. */
const gapText = ({ gap }: OfFlags): string =>
  gap === undefined
    ? 'one row, no gap'
    : `longest gap ${Figures.seconds(gap.seconds)}, after ${Figures.utc(gap.after)}`

const rangeText = (prices: readonly Fixed.Ray[]): string =>
  `${Figures.price(prices.reduce(Fixed.min))} to ${Figures.price(prices.reduce(Fixed.max))}`

const gasText = ({ gwei, rows }: OfFlags, { gas }: PricePath.PricePath): string => {
  if (gwei !== undefined) return `${Figures.price(gwei)} gwei throughout, as given`
  if (rows[0]?.gasPriceGwei === undefined)
    return `${Figures.price(PricePath.DEFAULT_GWEI)} gwei throughout, as the file has no gas_price_gwei`
  return `the file's gas_price_gwei, ${rangeText(gas.map(({ gwei }) => gwei))}`
}

const GAS_UNITS = `${Gas.units.open} for an opening, ${Gas.units.take} a purchase, ${Gas.units.bid} a bid, ${Gas.units.settle} a settlement, ${Gas.units.reset} a reset, ${Gas.units.restart} a restart, ${Gas.units.refused} what is refused`

const OTHERS =
  'keepers open, reset, restart and settle in the first block that allows it, whatever the gas; owners neither add collateral nor repay'

const percent = (share: Fixed.Ray): string =>
  Figures.percent(Fixed.wad(Fixed.mulDiv(share, Fixed.WAD, Fixed.RAY, 'halfUp')))

/** The margins and the delays of bidders. */
const ofBidders = (bidders: readonly Bidder.Bidder[]): readonly [string, string] => {
  const margins = bidders.map(({ margin }) => margin)
  const delays = bidders.map(({ delay }) => delay)
  return bidders.length === 0
    ? ['no bidders', 'no time']
    : [
        `margins of ${percent(margins.reduce(Fixed.min))} to ${percent(margins.reduce(Fixed.max))} and ${percent(Bidder.WAIT_PER_HOUR)} more for every hour they wait for the collateral`,
        `${Math.min(...delays)} to ${Math.max(...delays)} s`,
      ]
}

const assumedOfFlags = (said: OfFlags, { bidders, path }: Setup['common']): readonly string[] => {
  const [margins, delays] = ofBidders(bidders)
  return [
    "price between rows: a straight line from each row's open to its close, and across a gap to the next open; highs and lows are not seen; after the last row its close stays",
    `delay: the auction knows the market price of ${Figures.seconds(said.oracleDelay)} ago; a bidder knows that of the block it looks in, and its order arrives ${delays} later, at the earliest in the next block`,
    `bidders: ${margins}; what they pay comes back ${Figures.seconds(Bidder.plain.returns)} after a purchase; they do not move the market`,
    `gas: ${gasText(said, path)}; ${GAS_UNITS}; every transaction finds room in its block`,
    OTHERS,
  ]
}

// Of a scenario

const pricesText = ({ prices }: Scenario.Scenario): string => {
  switch (prices._tag) {
    case 'Rows':
      return prices.bridge === undefined
        ? 'straight between the rows of the scenario'
        : 'through the rows of the scenario, drawn between them'
    case 'Motion':
      return prices.jumps === undefined ? 'drawn by a motion' : 'drawn by a motion with jumps'
    case 'Bootstrap':
      return 'drawn of the steps of the rows of the scenario'
  }
}

const assumedOfScenario = (
  scenario: Scenario.Scenario,
  { bidders, path }: Setup['common'],
): readonly string[] => {
  const [margins, delays] = ofBidders(bidders)
  const { oracle, pool } = scenario
  const steps = [...oracle.sources.flat(), ...(oracle.after ?? [])].map(({ _tag }) => _tag)
  return [
    `price: ${pricesText(scenario)}; after the last its price stays`,
    `delay: the auction knows what its oracle says (${Figures.counted(oracle.sources.length, 'source')}; ${steps.join(', ') || 'direct'}); an order arrives ${delays} after it was decided, at the earliest in the next block`,
    `bidders: ${margins}; their kinds are those of the scenario`,
    pool === undefined
      ? 'the market moves by its prices alone'
      : 'the market price is that of a pool, which is lowered by what is sold to it and comes back',
    `gas: ${rangeText(path.gas.map(({ gwei }) => gwei))} gwei; ${GAS_UNITS}`,
    OTHERS,
  ]
}

// Of both

/** What was read, in two lines. */
export const heading = ({ common, file, said }: Setup): string => {
  const { path } = common
  const capital = Fixed.rad(common.bidders.reduce((sum, one) => sum + one.capital, 0n))
  const count = Figures.counted(common.positions.length, 'position')
  const bidders = `${Figures.counted(common.bidders.length, 'bidder')} with ${Figures.money(capital)} together`
  const time = `${Figures.utc(path.from)} to ${Figures.utc(path.to)}`
  const lines =
    said._tag === 'Flags'
      ? [
          `${file}: ${Figures.counted(said.rows.length, 'row')}, ${time}, closes ${rangeText(said.rows.map(({ close }) => close))}, ${gapText(said)}`,
          `${count} (${said.positionsFrom}), ${bidders}, blocks of ${said.block} s`,
        ]
      : [
          `${file}: ${time}, prices ${rangeText(path.points.map(({ price }) => price))}, seed ${said.scenario.seed}`,
          `${count}, ${bidders}`,
        ]
  return [...lines, '', ''].join('\n')
}

/** What the model takes for granted (spec/16-market.md). */
export const assumptions = ({ common, said }: Setup): readonly string[] =>
  said._tag === 'Flags' ? assumedOfFlags(said, common) : assumedOfScenario(said.scenario, common)

/** What is known to lose money in terms, in one line. */
export const hazards = (terms: Terms.Terms): readonly string[] =>
  Terms.hazards(terms).map((hazard) => {
    const { found, wanted } = HazardsJson.describe(hazard)
    return `${hazard.parameter} ${found}, wanted ${wanted} (${hazard.rule})`
  })

const ofFlags = (file: string, said: OfFlags, { path, positions }: Setup['common']) => {
  const { block, capital, gap, gwei, oracleDelay, positionsFrom, rows } = said
  return {
    prices: {
      file,
      rows: rows.length,
      from: path.from,
      to: path.to,
      longestGap: gap === undefined ? null : { after: gap.after, seconds: gap.seconds },
    },
    positions: { count: positions.length, from: positionsFrom },
    block,
    oracleDelay,
    gasPriceGwei: gwei === undefined ? null : ray(gwei),
    capital: rad(capital),
  }
}

/** All that a simulation was made of, as JSON. */
export const input = (setup: Setup): unknown => {
  const { auctions, common, file, said, seed } = setup
  return {
    ...(said._tag === 'Flags'
      ? ofFlags(file, said, common)
      : { scenario: { file, ...(ScenarioJson.codec.encode(said.scenario) as object) } }),
    terms: auctions.map(({ name, terms }) => ({
      name,
      hazards: hazards(terms),
      terms: TermsJson.codec.encode(terms),
    })),
    seed: String(seed),
    until: common.until,
    bidders: common.bidders.map(({ capital, delay, margin, name }) => ({
      name,
      margin: ray(margin),
      capital: rad(capital),
      delay,
    })),
    assumptions: assumptions(setup),
  }
}
