/**
 * The laws of an auction by bids as a whole: what everybody pays and gets, and how it ends.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { English, type Event, Fixed, Lot } from '../../src/index.js'
import { biddingWith, collateralByBids } from '../examples/english.js'
import { law } from '../law.js'
import { aim, eventsOf, everyStep, history, type Step, those } from './english/history.js'
import { follow, opening, start, stands } from './english/model.js'

const { WAD } = Fixed

law(
  'ENG-9',
  'a settled lot of collateral gives the winner what is sold; shortfall and bid are the target',
  everyStep((step, { opened }) => {
    const { before, after, command } = step
    return (
      command._tag !== 'Settle' ||
      E.isLeft(step.result) ||
      (those(step, 'Settled').every(
        ({ bid, bidder, sold }) =>
          bid === before.bid && bidder === before.bidder && sold === before.sold,
      ) &&
        after.ended &&
        eventsOf(step).length === (opened._tag === 'Opened' ? 2 : 1) &&
        those(step, 'Closed').every(
          ({ badDebt, released, returned, shortfall }) =>
            returned === 0n &&
            shortfall >= 0n &&
            shortfall + before.bid === before.target &&
            released === before.target &&
            opened._tag === 'Opened' &&
            badDebt === Fixed.max(opened.debt - before.bid, 0n),
        ))
    )
  }),
)

law(
  'ENG-9',
  'a lot that nobody bid for is never settled, and no level keeps one that is won from it',
  everyStep(({ after, auction, level }) => {
    if (after.ended) return true
    const edge = Math.min(after.bidExpiresAt ?? after.endsAt, after.endsAt)
    const at = Math.max(after.lastAt, edge) + (auction.sale.edges === 'strict' ? 1 : 0)
    return (
      !Number.isSafeInteger(at) ||
      E.isRight(English.decide(auction, level, after, { _tag: 'Settle', at })) ===
        (after.bidder !== undefined)
    )
  }),
)

law(
  'ENG-10',
  'a restart grows tokens, and nothing else; the ends are set anew, the bid is as it was',
  everyStep((step) =>
    those(step, 'Restarted').every(({ endsAt, hardEndsAt, sold }) => {
      const { after, auction, before, command } = step
      const { ending, growth, lasts } = auction.sale
      const grown = before.sold * (WAD + growth)
      return (
        (before.goods._tag === 'Debt'
          ? sold * WAD <= grown && grown < (sold + 1n) * WAD
          : sold === before.sold) &&
        BigInt(endsAt) === BigInt(command.at) + lasts &&
        BigInt(hardEndsAt) ===
          BigInt(command.at) +
            (ending._tag === 'Extended' ? Fixed.max(ending.hardEnd, lasts) : lasts) &&
        before.bidder === undefined &&
        after.bid === before.bid
      )
    }),
  ),
)

law(
  'ENG-11',
  'a cancel hands back what is left and repays the bid, at every level, unless the target is bid',
  everyStep((step) => {
    const { after, before } = step
    const { bid, bidder, sold } = before
    const refund = bidder === undefined || bid === 0n ? undefined : { bidder, amount: bid }
    return (
      those(step, 'Cancelled').every(
        (event) =>
          event.collateral === sold &&
          event.debt === before.debt &&
          event.released === before.target &&
          isDeepStrictEqual(event.refund, refund) &&
          bid < before.target &&
          after.ended,
      ) &&
      those(step, 'Stopped').every(
        (event) =>
          event.bid === bid &&
          event.sold === sold &&
          isDeepStrictEqual(event.refund, refund) &&
          after.ended,
      )
    )
  }),
)

law(
  'ENG-11',
  'from every state that is not over, settling or cancelling ends the lot, whatever the level',
  everyStep(({ after: lot, auction }) => {
    if (lot.ended) return true
    const won = Math.max(lot.lastAt, Math.min(lot.endsAt, lot.bidExpiresAt ?? lot.endsAt)) + 1
    return [
      { _tag: 'Settle' as const, at: won },
      { _tag: 'Cancel' as const, at: lot.lastAt },
    ].some(
      (command) =>
        E.getOrElse((): readonly Event.OfEnglish[] => [])(
          English.decide(auction, 3, lot, command),
        ).reduce(Lot.evolveEnglish, lot).ended,
    )
  }),
)

law(
  'ENG-12',
  'a lot stands as the list of its bids says, after every command',
  fc.property(history, ({ opened, steps }) => {
    const before = opening(opened)
    let model = start({ opened, steps })
    return steps.every((step) => {
      const { after, command, result } = step
      if (E.isRight(result)) model = follow(model, step)
      const { bid, bidder, bidExpiresAt, ended, endsAt, hardEndsAt, sold } = after
      return (
        isDeepStrictEqual(
          { bid, bidder, bidExpiresAt, ended, endsAt, hardEndsAt, sold },
          stands(model),
        ) &&
        (E.isRight(result) ? after.lastAt === command.at : after === step.before) &&
        isDeepStrictEqual(
          [after.id, after.line, after.terms, after.goods, after.held, after.lossAt],
          [before.id, before.line, 1, before.goods, before.held, before.lossAt],
        )
      )
    })
  }),
)

law(
  'ENG-15',
  'the bid never falls, what is sold rises only by a restart; raise first, then shrink, never back',
  everyStep((step, { opened }) => {
    const { before, after } = step
    const { sold } = opening(opened)
    return (
      after.bid >= before.bid &&
      (after.sold <= before.sold || those(step, 'Restarted').length > 0) &&
      those(step, 'Raised').every(
        ({ bid }) =>
          after.sold === before.sold &&
          bid > before.bid &&
          (before.goods._tag !== 'Collateral' || before.sold === sold) &&
          (before.bid < before.target || before.goods._tag === 'Surplus'),
      ) &&
      those(step, 'Shrunk').every(
        ({ bid, freed, sold }) =>
          bid === before.bid &&
          freed > 0n &&
          sold + freed === before.sold &&
          (before.goods._tag === 'Debt' || bid === before.target),
      )
    )
  }),
)

law(
  'ENG-15',
  'there are at most target + lot bids, however small a step is',
  fc.property(
    fc.bigInt(1n, 20n),
    fc.bigInt(1n, 20n),
    fc.constantFrom(0n, 1n, WAD / 20n),
    fc.infiniteStream(fc.boolean()),
    (target, collateral, raise, far) => {
      const auction = biddingWith({ minRaise: Fixed.wad(raise) })
      const first = { ...collateralByBids, target: Fixed.rad(target), sold: collateral }
      const next = (lot: Lot.English, bids: bigint): bigint => {
        const move = {
          _tag: 'Fit' as const,
          bidder: 'x',
          to: 'step' as const,
          off: far.next().value ? 0n : 1n,
          given: 0n,
          belief: 0n,
        }
        const tries = [move, { ...move, off: 0n }, { ...move, to: 'limit' as const, off: 0n }]
        const [taken] = tries.flatMap((one) => {
          const result = English.decide(auction, 0, lot, aim(auction, lot, 5, one))
          return E.isRight(result) ? [result.right] : []
        })
        return taken === undefined ? bids : next(taken.reduce(Lot.evolveEnglish, lot), bids + 1n)
      }
      const bids = next(first, 0n)
      return 0n < bids && bids <= target + collateral
    },
  ),
)

law(
  'ENG-16',
  'an event names the lot, its line, what is sold, the time and the terms that decided it',
  everyStep((step) =>
    eventsOf(step).every((event) =>
      isDeepStrictEqual(
        [event.lot, event.line, event.goods, event.at, event.terms],
        [
          step.before.id,
          step.before.line,
          step.before.goods,
          step.command.at,
          step.auction.terms.version,
        ],
      ),
    ),
  ),
)

law(
  'ENG-16',
  'an event of a bid says how it is held and when its loss is booked',
  everyStep((step) =>
    [...those(step, 'Raised'), ...those(step, 'Shrunk'), ...those(step, 'Settled')].every(
      ({ held, lossAt }) => held === step.before.held && lossAt === step.before.lossAt,
    ),
  ),
)

test('ENG-15 both phases, bids of both kinds and both outcomes are often met', () => {
  const steps = fc
    .sample(history, { seed: 1, numRuns: 2000 })
    .flatMap(({ steps }) => steps.filter(({ result }) => E.isRight(result)))
  const count = (is: (step: Step) => boolean): number => steps.filter(is).length
  for (const held of ['escrow', 'income'] as const)
    for (const lossAt of ['close', 'seizure'] as const) {
      const of = (is: (step: Step) => boolean) =>
        count(
          (step) =>
            step.before.goods._tag === 'Collateral' &&
            step.before.held === held &&
            step.before.lossAt === lossAt &&
            is(step),
        )
      expect(of((step) => those(step, 'Shrunk').length > 0)).toBeGreaterThan(20)
      expect(of((step) => those(step, 'Cancelled')[0]?.refund !== undefined)).toBeGreaterThan(5)
      expect(of((step) => (those(step, 'Closed')[0]?.badDebt ?? 0n) > 0n)).toBeGreaterThan(5)
      expect(of((step) => those(step, 'Settled')[0]?.sold !== undefined)).toBeGreaterThan(20)
      expect(of((step) => those(step, 'Raised')[0]?.outbid !== undefined)).toBeGreaterThan(20)
    }
  expect(count((step) => those(step, 'Stopped')[0]?.refund !== undefined)).toBeGreaterThan(20)
  expect(
    count((step) => step.before.endsAt < step.after.endsAt && those(step, 'Raised').length > 0),
  ).toBeGreaterThan(20)
})
