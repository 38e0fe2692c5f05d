/**
 * The laws of the treasury: in whatever order it and the lots around it act.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Check, type Event, Ledger, type Refusal, Treasury } from '../../src/index.js'
import { law } from '../law.js'
import { type Asked, type History, history, type Step } from './english/treasury.js'
import { outOfRange } from './refusal.js'

type Broken = Refusal.Refusal | false

const lower = (a: bigint, b: bigint): bigint => (a < b ? a : b)

/** The rules that a command breaks, each looked at by itself, in the order of the spec. */
const broken = (
  terms: Treasury.Terms,
  treasury: Treasury.Treasury,
  { command, entry }: Asked,
): readonly Refusal.Refusal[] => {
  const { at } = command
  const { lastAt, losses, onAuction, opens, queued, selling, surplus } = treasury
  if (!Number.isSafeInteger(at) || at < lastAt)
    return [{ _tag: 'BadTime', rule: 'HOU-1', at, lastAt }]
  const fits = (n: bigint): boolean => terms.width === 'unbounded' || (0n <= n && n < 1n << 256n)
  const loss = (losses - queued - onAuction) as Refusal.TooLittleLoss['loss']
  const forEver = (lasts: bigint): boolean =>
    BigInt(at) + lasts > (terms.width === 'uint256' ? 2n ** 48n : 2n ** 53n) - 1n
  const noAmount = (amount: bigint): Refusal.NoAmount => ({
    _tag: 'NoAmount',
    rule: 'TRE-1',
    amount,
  })
  const rules = (): readonly Broken[] => {
    switch (command._tag) {
      case 'Receive':
        return [command.amount <= 0n && noAmount(command.amount)]
      case 'Mature': {
        if (entry === undefined || !Number.isSafeInteger(entry.queuedAt) || entry.amount <= 0n)
          return [{ _tag: 'NoSuchEntry', rule: 'TRE-2' }]
        const until = BigInt(entry.queuedAt) + terms.wait
        return [
          !fits(until) && outOfRange('end of the wait', 708),
          BigInt(at) < until && { _tag: 'StillWaiting', rule: 'TRE-2', until },
          queued < entry.amount && outOfRange('losses that wait', 712),
        ]
      }
      case 'Heal': {
        const { amount: needed, of } = command
        const isReady = of === 'ready'
        return [
          needed <= 0n && noAmount(needed),
          !isReady &&
            onAuction < needed && { _tag: 'TooLittleOnAuction', rule: 'TRE-3', onAuction, needed },
          surplus < needed && { _tag: 'TooLittleSurplus', rule: 'TRE-3', surplus, needed },
          isReady && !fits(loss) && outOfRange('losses that are ready', 725),
          isReady && loss < needed && { _tag: 'TooLittleLoss', rule: 'TRE-4', loss, needed },
        ]
      }
      case 'OpenSurplus': {
        const { buffer, limit, lot, sale } = terms.surplus
        const needed = (losses + lot + buffer) as Refusal.TooLittleSurplus['needed']
        const then = (selling + lot) as Refusal.TooMuchOnAuction['onAuction']
        return [
          (lot < 0n || buffer < 0n) && noAmount(lower(lot, buffer)),
          !fits(needed) && outOfRange('surplus needed', 718),
          surplus < needed && { _tag: 'TooLittleSurplus', rule: 'TRE-3', surplus, needed },
          !fits(loss) && outOfRange('losses that are ready', 725),
          loss !== 0n && { _tag: 'LossesLeft', rule: 'TRE-5', loss },
          !opens && { _tag: 'TreasuryClosed', rule: 'TRE-7' },
          !fits(then) && outOfRange('surplus on auction', 755),
          limit < then && { _tag: 'TooMuchOnAuction', rule: 'TRE-8', onAuction: then, limit },
          forEver(sale.lasts) && outOfRange('end of the auction', 770),
        ]
      }
      case 'OpenDebt': {
        const { lot, sale, tokens } = terms.debt
        return [
          (lot < 0n || tokens < 0n) && noAmount(lower(lot, tokens)),
          !fits(loss) && outOfRange('losses that are ready', 725),
          loss < lot && { _tag: 'TooLittleLoss', rule: 'TRE-4', loss, needed: lot },
          surplus !== 0n && { _tag: 'SurplusLeft', rule: 'TRE-6', surplus },
          !opens && { _tag: 'TreasuryClosed', rule: 'TRE-7' },
          forEver(sale.lasts) && outOfRange('end of the auction', 770),
        ]
      }
    }
  }
  return rules().filter((one) => one !== false)
}

/** Holds for every command to the treasury in a history. */
const everyCommand = (holds: (step: Step, asked: Asked, history: History) => boolean) =>
  fc.property(history, (history) =>
    history.steps.every((step) => step.asked === undefined || holds(step, step.asked, history)),
  )

const everyStep = (holds: (step: Step, history: History) => boolean) =>
  fc.property(history, (history) => history.steps.every((step) => holds(step, history)))

const refusedInPlace = (rule: Refusal.Refusal['rule']) =>
  everyCommand(({ before }, asked, { terms }) => {
    const [refusal] = broken(terms, before.treasury, asked)
    if (refusal === undefined) return E.isRight(asked.result)
    return refusal.rule !== rule || isDeepStrictEqual(asked.result, E.left(refusal))
  })

law('TRE-1', 'an amount that is not above zero is refused', refusedInPlace('TRE-1'))
law('TRE-2', 'an entry that is not one, or still waits, is refused', refusedInPlace('TRE-2'))
law('TRE-3', 'no more is healed or sold than there is surplus', refusedInPlace('TRE-3'))
law('TRE-4', 'no more is healed or auctioned than is ready', refusedInPlace('TRE-4'))
law('TRE-5', 'surplus is not sold while a loss is ready', refusedInPlace('TRE-5'))
law('TRE-6', 'tokens are not sold while there is surplus', refusedInPlace('TRE-6'))
law('TRE-7', 'a closed treasury opens nothing', refusedInPlace('TRE-7'))
law('TRE-8', 'no more surplus is on auction than the limit', refusedInPlace('TRE-8'))
law('TRE-9', 'a number that does not fit is refused in its place', refusedInPlace('FIX-5'))
law('TRE-9', 'a command before the last event is refused', refusedInPlace('HOU-1'))

law(
  'TRE-1',
  'of all rules that a command breaks, the one of the lowest stage is named',
  everyCommand(({ before }, asked, { terms }) => {
    const stages = broken(terms, before.treasury, asked).map(Check.stage)
    return (
      isDeepStrictEqual(
        stages,
        [...stages].sort((a, b) => a - b),
      ) &&
      (E.isRight(asked.result) || Check.stage(asked.result.left) === stages[0])
    )
  }),
)

const net = (events: readonly Event.Event[], asset: string, account: RegExp): bigint =>
  events
    .flatMap(Ledger.postings)
    .filter((posting) => posting.asset._tag === asset)
    .reduce((sum, { amount, from, to }) => {
      const is = ({ _tag, ...of }: Ledger.Account): boolean =>
        account.test(`${_tag} ${'of' in of ? of.of : ''}`)
      return sum + (is(to) ? amount : 0n) - (is(from) ? amount : 0n)
    }, 0n)

law(
  'TRE-9',
  'the totals are what the postings of all events leave: surplus, losses, what is selling',
  fc.property(history, ({ steps }) => {
    const last = steps[steps.length - 1]?.after
    if (last === undefined) return true
    const { events, treasury } = last
    return (
      treasury.surplus === net(events, 'Money', /^(Protocol|Penalty) $/) &&
      treasury.losses === net(events, 'Loss', /^Protocol $/) &&
      treasury.selling === net(events, 'Money', /^Lot treasury\//)
    )
  }),
)

law(
  'TRE-9',
  'no total falls below zero, and what waits and what is on auction are at most the losses',
  everyStep(({ after: { treasury } }) => {
    const { losses, onAuction, queued, selling, surplus } = treasury
    return (
      [losses, onAuction, queued, selling, surplus, Treasury.ready(treasury)].every(
        (total) => total >= 0n,
      ) && queued + onAuction <= losses
    )
  }),
)

law(
  'TRE-2',
  'the entries of the queue add up to what is queued, and only losses that close or open wait',
  everyStep(({ after, before }) => {
    const sum = [...after.queue].reduce((sum, [, amount]) => sum + amount, 0n)
    const fresh = after.events.slice(before.events.length)
    const grown = after.treasury.queued - before.treasury.queued
    return (
      sum === after.treasury.queued &&
      fresh.every((event) => {
        if (event._tag === 'Opened') return grown === (event.lossAt === 'seizure' ? event.debt : 0n)
        if (event._tag === 'Closed')
          return grown === (event.lossAt === 'close' ? event.badDebt : 0n)
        return event._tag === 'Matured' ? grown === 0n - event.amount : true
      }) &&
      (grown <= 0n || fresh.some(({ _tag }) => _tag === 'Opened' || _tag === 'Closed'))
    )
  }),
)

law(
  'TRE-2',
  'an entry matures whole, and not before its wait is over',
  everyCommand(({ after, before }, { command, entry, result }, { terms }) => {
    if (command._tag !== 'Mature' || E.isLeft(result) || entry === undefined) return true
    return (
      isDeepStrictEqual(result.right, [{ _tag: 'Matured', at: command.at, ...entry }]) &&
      BigInt(entry.queuedAt) + terms.wait <= BigInt(command.at) &&
      Treasury.ready(after.treasury) === Treasury.ready(before.treasury) + entry.amount
    )
  }),
)

law(
  'TRE-3',
  'healing takes as much from the surplus as from the losses, and leaves the rest as it is',
  everyCommand(({ after, before }, { command, result }) => {
    if (command._tag !== 'Heal' || E.isLeft(result)) return true
    const { amount, at, of } = command
    const { treasury } = before
    return isDeepStrictEqual(after.treasury, {
      ...treasury,
      surplus: treasury.surplus - amount,
      losses: treasury.losses - amount,
      onAuction: treasury.onAuction - (of === 'onAuction' ? amount : 0n),
      lastAt: at,
    })
  }),
)

law(
  'TRE-7',
  'no command opens or closes a treasury, and one that is refused changes nothing',
  everyCommand(
    ({ after, before }, { command, result }) =>
      after.treasury.opens === before.treasury.opens &&
      (E.isLeft(result)
        ? after.treasury === before.treasury
        : after.treasury.lastAt === command.at),
  ),
)

law(
  'TRE-9',
  'events of lots leave the treasury’s time, and its count of auctions, as they are',
  everyStep(
    ({ after, asked, before }) =>
      asked !== undefined ||
      (after.treasury.lastAt === before.treasury.lastAt &&
        after.treasury.opened === before.treasury.opened),
  ),
)

law(
  'TRE-10',
  'an auction is named by its count, of the terms’ size and times; surplus waits in escrow',
  everyCommand(({ after, before }, { command, result }, { terms }) => {
    if (E.isLeft(result) || (command._tag !== 'OpenSurplus' && command._tag !== 'OpenDebt'))
      return true
    const { at } = command
    const about = {
      lot: `treasury/${before.treasury.opened + 1}`,
      line: 'treasury',
      at,
      terms: 3,
      endsAt: at + 3600,
      hardEndsAt: at + 3600,
    }
    const { debt, surplus } = terms
    return (
      after.treasury.opened === before.treasury.opened + 1 &&
      isDeepStrictEqual(result.right, [
        command._tag === 'OpenSurplus'
          ? {
              _tag: 'SurplusOpened',
              ...about,
              goods: { _tag: 'Surplus', token: 'MKR' },
              sold: surplus.lot,
              reserve: surplus.minFirstBid,
              held: 'escrow',
            }
          : {
              _tag: 'DebtOpened',
              ...about,
              goods: { _tag: 'Debt', token: 'MKR' },
              bid: debt.lot,
              sold: debt.tokens,
              held: debt.sale.held,
            },
      ])
    )
  }),
)

test('TRE-1 to TRE-10: every event and every refusal happens, and often', () => {
  const steps = fc.sample(history, { seed: 1, numRuns: 1000 }).flatMap(({ steps }) => steps)
  const reached = new Map<string, number>()
  const count = (tag: string) => reached.set(tag, (reached.get(tag) ?? 0) + 1)
  for (const { after, asked, before } of steps) {
    if (asked !== undefined && E.isLeft(asked.result)) {
      const { left } = asked.result
      count(left._tag === 'OutOfRange' ? left.what : left._tag)
    }
    for (const event of after.events.slice(before.events.length))
      count('goods' in event ? `${event._tag} ${event.goods._tag}` : event._tag)
  }
  const often = [...reached].filter(([, times]) => times >= 8).map(([tag]) => tag)
  expect(often.sort()).toEqual([
    'BadTime',
    'Cancelled Collateral',
    'Closed Collateral',
    'DebtOpened Debt',
    'Healed',
    'LossesLeft',
    'Matured',
    'NoAmount',
    'NoSuchEntry',
    'Opened Collateral',
    'Raised Collateral',
    'Raised Surplus',
    'Received',
    'Reset Collateral',
    'Restarted Collateral',
    'Restarted Debt',
    'Restarted Surplus',
    'Settled Collateral',
    'Settled Debt',
    'Settled Surplus',
    'Shrunk Collateral',
    'Shrunk Debt',
    'StillWaiting',
    'Stopped Debt',
    'Stopped Surplus',
    'SurplusLeft',
    'SurplusOpened Surplus',
    'Taken Collateral',
    'TooLittleLoss',
    'TooLittleOnAuction',
    'TooLittleSurplus',
    'TooMuchOnAuction',
    'TreasuryClosed',
    'end of the auction',
    'end of the wait',
    'losses that wait',
    'surplus needed',
  ])
})
