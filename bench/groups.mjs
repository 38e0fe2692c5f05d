/**
 * What is timed, in groups that are compared with each other.
 */

import { Auction, Curve, Dutch, Fixed, Ledger } from 'knockdown'
import { agree, samePrices } from './check.mjs'
import { below, between, generator } from './random.mjs'
import { raise, rawCurves, rawLot, rawRaise, rawTake, rawTerms, take } from './raw.mjs'
import { compiled, exponential, linear, stairs, terms } from './terms.mjs'
import { raises, takes } from './workload.mjs'

const { RAY, ray } = Fixed
const decide = Auction.decide(compiled)

/** Every result is counted here, so that no work can be left out. */
let sink = 0
export const used = () => sink

const cases = 1000
const bare = rawTerms(terms)

/** `dutch.take`, the whole public path; `dutch.decide`, without looking terms up; `raw.take`. */
export const dutch = (report) => {
  const work = takes(cases)
  const lots = work.map(({ lot }) => lot)
  const commands = work.map(({ command }) => command)
  const rawLots = lots.map(rawLot)
  const rawCommands = commands.map(rawTake)
  const sale = compiled.sales.get('ETH')
  report(
    'takes',
    agree(
      'dutch.take',
      cases,
      (i) => decide(0, lots[i], commands[i]),
      (i) => take(bare, 0, rawLots[i], rawCommands[i]),
    ),
  )
  return [
    {
      name: 'raw.take',
      ops: cases,
      run: () => {
        for (let i = 0; i < cases; i++)
          if (typeof take(bare, 0, rawLots[i], rawCommands[i]) !== 'number') sink++
      },
    },
    {
      name: 'dutch.take',
      ops: cases,
      run: () => {
        for (let i = 0; i < cases; i++) if (decide(0, lots[i], commands[i])._tag === 'Right') sink++
      },
    },
    {
      name: 'dutch.decide',
      ops: cases,
      run: () => {
        for (let i = 0; i < cases; i++)
          if (Dutch.decide(sale, 0, lots[i], commands[i])._tag === 'Right') sink++
      },
    },
  ]
}

export const english = (report) => {
  const work = raises(cases)
  const lots = work.map(({ lot }) => lot)
  const commands = work.map(({ command }) => command)
  const rawLots = lots.map(rawLot)
  const rawCommands = commands.map(rawRaise)
  report(
    'raises',
    agree(
      'english.raise',
      cases,
      (i) => decide(0, lots[i], commands[i]),
      (i) => raise(bare, 0, rawLots[i], rawCommands[i]),
    ),
  )
  return [
    {
      name: 'raw.raise',
      ops: cases,
      run: () => {
        for (let i = 0; i < cases; i++)
          if (typeof raise(bare, 0, rawLots[i], rawCommands[i]) !== 'number') sink++
      },
    },
    {
      name: 'english.raise',
      ops: cases,
      run: () => {
        for (let i = 0; i < cases; i++) if (decide(0, lots[i], commands[i])._tag === 'Right') sink++
      },
    },
  ]
}

/** A curve and its formula, at seconds all over the time that a lot is live. */
export const curves = () => {
  const draw = generator(3)
  const horizon = 7200
  const seconds = Array.from({ length: cases }, () => below(draw, horizon))
  const starts = Array.from({ length: cases }, () => ray(between(draw, 100n * RAY, 3000n * RAY)))
  const raw = rawCurves({ exponential, linear, stairs }, horizon)
  return Object.entries({ linear, stairs, exponential }).map(([name, curve]) => {
    const priceAt = Curve.compile(curve, horizon)
    const formula = raw[name]
    samePrices(
      name,
      [0, 1, 59, 60, 7199, 7200, 10_799, 10_800, 20_000, ...seconds],
      (elapsed) => priceAt(starts[0], elapsed),
      (elapsed) => formula(starts[0], elapsed),
    )
    return [
      {
        name: `raw.curve.${name}`,
        ops: cases,
        run: () => {
          for (let i = 0; i < cases; i++) if (formula(starts[i], seconds[i]) > 0n) sink++
        },
      },
      {
        name: `curve.${name}`,
        ops: cases,
        run: () => {
          for (let i = 0; i < cases; i++) if (priceAt(starts[i], seconds[i]) > 0n) sink++
        },
      },
    ]
  })
}

/** What has no twin: working the tables out, and the transfers of what the takes and raises did. */
export const alone = () => {
  const events = [...takes(cases), ...raises(cases)].flatMap(({ lot, command }) => {
    const decision = decide(0, lot, command)
    return decision._tag === 'Right' ? decision.right : []
  })
  return [
    {
      name: 'terms.compile',
      ops: 1,
      run: () => {
        sink += Auction.compile(terms).sales.size
      },
    },
    {
      name: 'ledger.postings',
      ops: events.length,
      run: () => {
        for (const event of events) sink += Ledger.postings(event).length
      },
    },
  ]
}
