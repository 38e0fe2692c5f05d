/**
 * ScenarioJson: scenarios as JSON.
 *
 * Laws: SCN-6 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Json, Shape, TermsJson } from '../codec/index.js'
import type { Bidder, PricePath } from '../market/index.js'
import * as Scenario from './Scenario.js'
import type * as Sources from './Sources.js'

const {
  closed,
  formatted,
  list,
  mapped,
  oneOf,
  partly,
  rad,
  ray,
  seed,
  tag,
  tagged,
  text,
  wad,
  whole,
} = Shape

/** A list, or the name of the file that has it. */
const listed = <A>(of: Shape.Codec<A>): Shape.Codec<readonly A[] | Scenario.InFile> => {
  const inFile = closed('file', { file: text })
  const all = list(of)
  return new Shape.Codec<readonly A[] | Scenario.InFile>(
    `${all.name} or file`,
    { anyOf: [all.schema, inFile.schema] },
    (u): u is readonly A[] | Scenario.InFile => all.is(u) || inFile.is(u),
    (input, context) =>
      Array.isArray(input) ? all.validate(input, context) : inFile.validate(input, context),
    (value) => (Scenario.isInFile(value) ? inFile.encode(value) : all.encode(value)),
  )
}

const row: Shape.Codec<PricePath.Row> = mapped(
  partly('row', { time: whole, open: ray, close: ray }, { gasPriceGwei: ray }),
  ({ gasPriceGwei, ...rest }) => ({ ...rest, gasPriceGwei }),
  ({ gasPriceGwei, ...rest }) => (gasPriceGwei === undefined ? rest : { ...rest, gasPriceGwei }),
)

const times = { from: whole, lasts: whole, every: whole }

const prices = tagged<Scenario.Prices>('prices', {
  Rows: partly(
    'Rows',
    { _tag: tag('Rows'), rows: listed(row) },
    { bridge: closed('bridge', { volatility: ray, every: whole }) },
  ),
  Motion: mapped(
    partly(
      'Motion',
      { _tag: tag('Motion'), start: ray, drift: ray, volatility: ray, ...times },
      { jumps: closed('jumps', { rate: ray, mean: ray, deviation: ray }) },
    ),
    ({ jumps, ...rest }) => ({ ...rest, jumps }),
    ({ jumps, ...rest }) => (jumps === undefined ? rest : { ...rest, jumps }),
  ),
  Bootstrap: closed('Bootstrap', {
    _tag: tag('Bootstrap'),
    rows: listed(row),
    start: ray,
    block: whole,
    ...times,
  }),
})

const gas = tagged<Scenario.GasPrices>('gas', {
  Recorded: closed('Recorded', { _tag: tag('Recorded'), times: ray }),
  Constant: closed('Constant', { _tag: tag('Constant'), gwei: ray }),
  Spikes: closed('Spikes', {
    _tag: tag('Spikes'),
    base: ray,
    gain: ray,
    most: ray,
    window: whole,
    every: whole,
  }),
})

const blocks = tagged<Scenario.BlockTimes>('blocks', {
  Fixed: closed('Fixed', { _tag: tag('Fixed'), every: whole }),
  Poisson: closed('Poisson', { _tag: tag('Poisson'), mean: ray }),
})

const span = { from: whole, until: whole }

const steps = list(
  tagged<Sources.Step>('step', {
    Delayed: closed('Delayed', { _tag: tag('Delayed'), by: whole }),
    Heartbeat: closed('Heartbeat', {
      _tag: tag('Heartbeat'),
      every: whole,
      heartbeat: whole,
      deviation: ray,
    }),
    Breaker: closed('Breaker', { _tag: tag('Breaker'), every: whole, most: ray, holds: whole }),
    Wrong: closed('Wrong', { _tag: tag('Wrong'), ...span, factor: ray }),
    Silent: closed('Silent', { _tag: tag('Silent'), ...span }),
  }),
)

const oracle = partly(
  'oracle',
  { sources: list(steps) },
  { quorum: closed('quorum', { maxAge: whole, least: whole }), after: steps },
)

const positions = tagged<Scenario.Positions>('positions', {
  Drawn: closed('Drawn', { _tag: tag('Drawn'), count: whole }),
  Spread: closed('Spread', {
    _tag: tag('Spread'),
    count: whole,
    ratios: list(ray),
    debts: list(rad),
  }),
  Listed: closed('Listed', {
    _tag: tag('Listed'),
    entries: listed(closed('entry', { id: text, collateral: wad, debt: rad })),
  }),
})

const traits = {
  gas: tagged<Bidder.Offer>('offer', {
    Market: closed('Market', { _tag: tag('Market') }),
    Fixed: closed('Fixed', { _tag: tag('Fixed'), gwei: ray }),
    Times: closed('Times', { _tag: tag('Times'), factor: ray }),
  }),
  returns: whole,
  inventory: wad,
  patience: ray,
  style: oneOf('honest', 'lastMinute', 'lowball'),
  sells: oneOf('elsewhere', 'inPool', 'atOnce'),
}

const { inventory, ...required } = traits

const bidder = partly(
  'bidder',
  { name: text, margin: ray, capital: rad, delay: whole, ...required },
  { inventory },
)

const bidders = tagged<Scenario.Bidders>('bidders', {
  Drawn: closed('Drawn', {
    _tag: tag('Drawn'),
    kinds: list(partly('kind', { kind: text, count: whole, capital: rad }, traits)),
  }),
  Listed: closed('Listed', { _tag: tag('Listed'), bidders: list(bidder) }),
})

/** What may be left out is that of `Scenario.plain`. */
const written = formatted(
  'scenario',
  { prices, terms: TermsJson.codec },
  {
    seed,
    gas,
    blocks,
    oracle,
    pool: closed('pool', { collateral: wad, fee: ray, keep: ray }),
    positions,
    bidders,
    until: whole,
    drawnFor: TermsJson.collateral,
  },
)

/** The codec of scenarios, whatever is wrong with their settings. */
export const codec: Shape.Codec<Scenario.Scenario> = mapped(
  written,
  (given) => ({ ...Scenario.plain, ...given }),
  (scenario) => scenario,
)

/** The scenario that a text of JSON holds. Refuses what is none (DEC-17 to DEC-20, DEC-27). */
export const parse = (text: string): E.Either<Csv.Problem, Scenario.Scenario> =>
  pipe(
    Json.parse(text),
    E.chain((document) => Shape.read(codec, document)),
  )

/** The scenario as JSON that reads back as the same scenario. */
export const format = (scenario: Scenario.Scenario): string =>
  JSON.stringify(codec.encode(scenario), null, 2)
