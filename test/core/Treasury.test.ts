/**
 * A treasury at the edges, its auctions to their ends, and what was recorded on chain.
 *
 * Recorded: MakerDAO dss at fa4f663, executed in an EVM.
 */

import * as E from 'fp-ts/lib/Either.js'
import { handedBack } from '../examples/opening.js'
import { expect, test } from 'vitest'
import { English, type Event, Fixed, Lot, type Refusal, Treasury } from '../../src/index.js'
import { sampleTreasuryTerms, treasuryAnswer, treasuryOf } from '../examples/english.js'

const { rad } = Fixed

const tag = (answer: unknown): unknown =>
  Array.isArray(answer) ? 'accepted' : (answer as Refusal.Refusal)._tag

const heal = (amount: bigint, of: Treasury.Heal['of'] = 'ready'): Treasury.Heal => ({
  _tag: 'Heal',
  at: 7,
  amount: rad(amount),
  of,
})

/** The treasury after events, and the lot that the first of them opened. */
const fold = (treasury: Treasury.Treasury, events: readonly Event.Event[]) =>
  events.reduce(Treasury.evolve, treasury)

const opened = (treasury: Treasury.Treasury, _tag: 'OpenDebt' | 'OpenSurplus') => {
  const decided = Treasury.decide(sampleTreasuryTerms)(treasury, undefined, { _tag, at: 7 })
  if (E.isLeft(decided)) throw new Error(decided.left._tag)
  const [event] = decided.right
  if (event?._tag !== 'DebtOpened' && event?._tag !== 'SurplusOpened') throw new Error('no auction')
  return { event, lot: Lot.open(event) as Lot.English }
}

/** All events of an auction: its opening, as it is or held otherwise, and what commands lead to. */
const events = (
  event: Event.DebtOpened | Event.SurplusOpened,
  commands: readonly English.Command[],
): readonly Event.Event[] => {
  const auction = English.compile(sampleTreasuryTerms, sampleTreasuryTerms.debt.sale)
  return commands.reduce<readonly Event.Event[]>(
    (events, command) => {
      const lot = events
        .slice(1)
        .reduce((lot, one) => Lot.evolve(lot, one as Event.OfEnglish), Lot.open(event))
      const decided = English.decide(auction, 0, lot as Lot.English, command)
      if (E.isLeft(decided)) throw new Error(decided.left._tag)
      return [...events, ...decided.right]
    },
    [event],
  )
}

test('TRE-1 the lower of two settings below zero is named', () => {
  const asked = (surplus: object, debt: object, _tag: 'OpenDebt' | 'OpenSurplus') =>
    Treasury.decide({
      ...sampleTreasuryTerms,
      surplus: { ...sampleTreasuryTerms.surplus, ...surplus },
      debt: { ...sampleTreasuryTerms.debt, ...debt },
    })(treasuryOf({ surplus: 500n }), undefined, { _tag, at: 7 })
  const noAmount = (amount: bigint) => E.left({ _tag: 'NoAmount', rule: 'TRE-1', amount })
  expect(asked({ lot: -1n }, {}, 'OpenSurplus')).toEqual(noAmount(-1n))
  expect(asked({ lot: -1n, buffer: -9n }, {}, 'OpenSurplus')).toEqual(noAmount(-9n))
  expect(asked({}, { tokens: -1n }, 'OpenDebt')).toEqual(noAmount(-1n))
  expect(asked({}, { lot: -2n, tokens: -1n }, 'OpenDebt')).toEqual(noAmount(-2n))
  expect(E.isRight(asked({ lot: 0n, buffer: 0n }, {}, 'OpenSurplus'))).toBe(true)
})

test('TRE-2 barely waited, and an entry that is none', () => {
  const treasury = treasuryOf({ losses: 5n, queued: 5n })
  const mature = (at: number, queuedAt: number, amount: bigint) =>
    tag(treasuryAnswer(treasury, { _tag: 'Mature', at }, { queuedAt, amount: rad(amount) }))
  expect(mature(99, 40, 5n)).toBe('StillWaiting')
  expect(mature(100, 40, 5n)).toBe('accepted')
  expect(mature(100, 40, 6n)).toBe('OutOfRange')
  expect(mature(99, 40, 6n)).toBe('StillWaiting')
  expect(mature(100, 40, 0n)).toBe('NoSuchEntry')
  expect(mature(100, 40.5, 5n)).toBe('NoSuchEntry')
  expect(mature(100, NaN, 5n)).toBe('NoSuchEntry')
  expect(mature(100, -1, 5n)).toBe('NoSuchEntry')
})

test('TRE-3 barely enough', () => {
  const treasury = treasuryOf({ surplus: 5n, losses: 12n, queued: 3n, onAuction: 4n })
  expect(tag(treasuryAnswer(treasury, heal(4n, 'onAuction')))).toBe('accepted')
  expect(tag(treasuryAnswer(treasury, heal(5n, 'onAuction')))).toBe('TooLittleOnAuction')
  expect(tag(treasuryAnswer(treasury, heal(5n)))).toBe('accepted')
  expect(tag(treasuryAnswer(treasury, heal(6n)))).toBe('TooLittleSurplus')
  const poor = { ...treasury, surplus: rad(3n) }
  expect(tag(treasuryAnswer(poor, heal(4n, 'onAuction')))).toBe('TooLittleSurplus')
  const open = (surplus: bigint) =>
    tag(treasuryAnswer(treasuryOf({ surplus }), { _tag: 'OpenSurplus', at: 7 }))
  expect([open(109n), open(110n)]).toEqual(['TooLittleSurplus', 'accepted'])
})

test('TRE-8 up to the limit, and what is over makes room', () => {
  const first = opened(treasuryOf({ surplus: 500n, selling: 20n }), 'OpenSurplus').event
  const full = fold(treasuryOf({ surplus: 500n, selling: 20n }), [first])
  expect(full).toMatchObject({ selling: 30n, surplus: 490n, opened: 1, lastAt: 7 })
  expect(tag(treasuryAnswer(full, { _tag: 'OpenSurplus', at: 8 }))).toBe('TooMuchOnAuction')
  const bid = { _tag: 'Raise', at: 8, bidder: 'ann', bid: 2n, sold: 10n } as const
  const settled = fold(full, events(first, [bid, { _tag: 'Settle', at: 608 }]).slice(1))
  expect(settled).toMatchObject({ selling: 20n, surplus: 490n })
  const stopped = fold(full, events(first, [bid, { _tag: 'Cancel', at: 9 }]).slice(1))
  expect(stopped).toMatchObject({ selling: 20n, surplus: 500n, losses: 0n })
})

test('TRE-9 a loss covered by a debt auction: bid, settled, healed', () => {
  const short = treasuryOf({ losses: 25n, queued: 5n })
  const { event } = opened(short, 'OpenDebt')
  const bid = { _tag: 'Shrink', at: 8, bidder: 'ann', bid: 20n, sold: 40n } as const
  const settle = { _tag: 'Settle', at: 608 } as const
  const after = (held: 'escrow' | 'income', ...commands: readonly English.Command[]) =>
    fold(short, events({ ...event, held } as Event.DebtOpened, commands))
  expect(after('escrow')).toMatchObject({ onAuction: 20n, losses: 25n, opened: 1 })
  expect(Treasury.ready(after('escrow'))).toBe(0n)
  expect(after('escrow', bid)).toMatchObject({ surplus: 0n, onAuction: 20n })
  expect(after('escrow', bid, settle)).toMatchObject({ surplus: 20n, onAuction: 20n })
  expect(after('income', bid)).toMatchObject({ surplus: 20n, onAuction: 20n })
  const other = { ...bid, at: 9, bidder: 'bob', sold: 30n }
  expect(after('income', bid, other, { ...settle, at: 609 })).toMatchObject({ surplus: 20n })
  expect(
    fold(after('income', bid), [{ _tag: 'Healed', at: 9, amount: rad(20n), of: 'onAuction' }]),
  ).toMatchObject({ surplus: 0n, losses: 5n, onAuction: 0n, queued: 5n })
})

test('TRE-9 a stopped debt auction: the loss is ready again, or a bid is repaid with new money', () => {
  const short = treasuryOf({ losses: 20n })
  const { event } = opened(short, 'OpenDebt')
  const bid = { _tag: 'Shrink', at: 8, bidder: 'ann', bid: 20n, sold: 40n } as const
  const stopped = (held: 'escrow' | 'income', ...bids: readonly English.Command[]) =>
    fold(
      short,
      events({ ...event, held } as Event.DebtOpened, [...bids, { _tag: 'Cancel', at: 9 }]),
    )
  for (const held of ['escrow', 'income'] as const)
    expect(stopped(held)).toMatchObject({ losses: 20n, onAuction: 0n, surplus: 0n })
  expect(stopped('escrow', bid)).toMatchObject({ losses: 20n, onAuction: 0n, surplus: 0n })
  expect(stopped('income', bid)).toMatchObject({ losses: 40n, onAuction: 20n, surplus: 20n })
  // Healed meanwhile by other money, nothing is left on auction to take back.
  const healed: Event.Event = { _tag: 'Healed', at: 9, amount: rad(20n), of: 'onAuction' }
  const rich = fold({ ...short, surplus: rad(20n) }, [event, healed])
  const [, cancelled] = events({ ...event, held: 'escrow' }, [{ _tag: 'Cancel', at: 9 }])
  expect(cancelled && fold(rich, [cancelled])).toMatchObject({ losses: 0n, onAuction: 0n })
})

test('TRE-9 losses and rewards of lots, by when they are booked and who pays', () => {
  const common = {
    lot: 'line/1',
    line: 'line',
    at: 7,
    terms: 1,
    goods: { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'o' },
  } as const
  const open = (lossAt: 'close' | 'seizure', payer: Event.Opened['payer']): Event.Opened => ({
    _tag: 'Opened',
    ...common,
    collateral: Fixed.wad(1n),
    shares: Fixed.wad(8n),
    debt: rad(8n),
    target: rad(9n),
    lossAt,
    binding: 'inForce',
    start: { _tag: 'Dutch', startPrice: Fixed.ray(1n) },
    keeper: 'k',
    reward: rad(3n),
    payer,
  })
  const protocol = { _tag: 'Protocol' } as const
  expect(fold(Treasury.empty, [open('close', protocol)])).toEqual(treasuryOf({ losses: 3n }))
  expect(fold(Treasury.empty, [open('seizure', { _tag: 'Fund', of: 'f' })])).toEqual(
    treasuryOf({ losses: 8n, queued: 8n }),
  )
  const closed: Event.Closed = {
    _tag: 'Closed',
    ...common,
    returned: Fixed.wad(0n),
    badDebt: rad(5n),
    shortfall: rad(6n),
    lossAt: 'close',
    released: rad(6n),
  }
  expect(fold(Treasury.empty, [closed])).toEqual(treasuryOf({ losses: 5n, queued: 5n }))
  expect(fold(Treasury.empty, [{ ...closed, lossAt: 'seizure' }])).toEqual(Treasury.empty)
})

const WORD = { ...sampleTreasuryTerms, width: 'uint256' } as const

test('TRE-9 recorded: sums that do not exist in a word', () => {
  const asked = (totals: Parameters<typeof treasuryOf>[0], command: Treasury.Command) =>
    Treasury.decide(WORD)(treasuryOf(totals), undefined, command)
  const gone = E.left({
    _tag: 'OutOfRange',
    rule: 'FIX-5',
    what: 'losses that are ready',
    stage: 725,
  })
  // flap-v-0062, steps 3 and 4: more is queued than is lost.
  const queued = { surplus: 34n * 10n ** 48n + 2n, queued: 10n ** 45n }
  expect(asked(queued, { ...heal(1n), at: 1591364872 })).toEqual(gone)
  expect(asked(queued, { _tag: 'OpenSurplus', at: 1591364872 })).toEqual(gone)
  // flop-v-0077, step 3: by one unit.
  const one = { surplus: 59n * 10n ** 49n, losses: 4n * 10n ** 49n, queued: 4n * 10n ** 49n + 1n }
  expect(asked(one, { ...heal(1n), at: 1613914567 })).toEqual(gone)
  expect(asked(one, { _tag: 'OpenDebt', at: 1613914567 })).toEqual(gone)
})

test('TRE-2 recorded: an entry that is no longer queued', () => {
  // flap-v-0083, step 14, and flop-v-0066, step 12: the treasury was shut down, its queue forgotten.
  const asked = (wait: bigint, at: number, queuedAt: number, amount: bigint) =>
    Treasury.decide({ ...WORD, wait })(
      treasuryOf({ surplus: 10n ** 49n }),
      { queuedAt, amount: rad(amount) },
      { _tag: 'Mature', at },
    )
  const gone = E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'losses that wait', stage: 712 })
  const queued = 431197037197171943085204210262156053697307n
  expect(asked(172800n, 1623602010, 1623254436, queued)).toEqual(gone)
  expect(asked(0n, 1594532255, 1594526389, 1n)).toEqual(gone)
})

test('TRE-10 recorded: an auction that would end past the last second of 48 bits', () => {
  // flap-v-0087, step 1, and flop-v-0010, step 0.
  const sale = { ...sampleTreasuryTerms.debt.sale, lasts: 281474976710655n }
  const terms = {
    ...WORD,
    surplus: {
      ...WORD.surplus,
      lot: rad(3n * 10n ** 49n),
      buffer: rad(2n * 10n ** 48n),
      limit: rad(9n * 10n ** 49n),
      sale,
    },
    debt: { ...WORD.debt, lot: rad(5n * 10n ** 49n), tokens: Fixed.wad(7n * 10n ** 19n), sale },
  }
  const tooLate = E.left({
    _tag: 'OutOfRange',
    rule: 'FIX-5',
    what: 'end of the auction',
    stage: 770,
  })
  const rich = treasuryOf({ surplus: 92n * 10n ** 48n + 1n })
  const asked = Treasury.decide(terms)
  expect(asked(rich, undefined, { _tag: 'OpenSurplus', at: 1636341980 })).toEqual(tooLate)
  const losses = 215425188492082007491700289400122279448918915367348n
  const short = treasuryOf({ losses, queued: losses / 2n })
  expect(asked(short, undefined, { _tag: 'OpenDebt', at: 1600774895 })).toEqual(tooLate)
})

test('TRE-8 a sum past the word comes before the limit', () => {
  const full = treasuryOf({ surplus: 500n, selling: Fixed.MAX_UINT256 })
  const command = { _tag: 'OpenSurplus', at: 7 } as const
  expect(Treasury.decide(WORD)(full, undefined, command)).toEqual(
    E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'surplus on auction', stage: 755 }),
  )
  expect(tag(treasuryAnswer(full, command))).toBe('TooMuchOnAuction')
})

test('TRE-3 a sum past the word comes before the surplus', () => {
  const surplus = { ...WORD.surplus, buffer: rad(Fixed.MAX_UINT256) }
  const asked = (width: Fixed.Width) =>
    Treasury.decide({ ...WORD, width, surplus })(treasuryOf({ surplus: 500n }), undefined, {
      _tag: 'OpenSurplus',
      at: 7,
    })
  expect(asked('uint256')).toMatchObject(E.left({ what: 'surplus needed', stage: 718 }))
  expect(asked('unbounded')).toMatchObject(E.left({ _tag: 'TooLittleSurplus' }))
})

test('TRE-2 the end of a wait past the word comes before the wait', () => {
  const asked = (width: Fixed.Width) =>
    Treasury.decide({ ...WORD, width, wait: Fixed.MAX_UINT256 })(
      treasuryOf({ losses: 5n, queued: 5n }),
      { queuedAt: 1, amount: rad(5n) },
      { _tag: 'Mature', at: 7 },
    )
  expect(asked('uint256')).toMatchObject(E.left({ what: 'end of the wait', stage: 708 }))
  expect(asked('unbounded')).toMatchObject(E.left({ _tag: 'StillWaiting' }))
})

test('TRE-9 commands may not come before the treasury’s own last event', () => {
  const received = fold(Treasury.empty, [
    { _tag: 'Received', at: 9, from: 'fees', amount: rad(5n) },
  ])
  expect(received).toEqual({ ...treasuryOf({ surplus: 5n }), lastAt: 9 })
  expect(treasuryAnswer({ ...received, losses: rad(5n) }, heal(5n))).toEqual({
    _tag: 'BadTime',
    rule: 'HOU-1',
    at: 7,
    lastAt: 9,
  })
})

test('TRE-7 a treasury closes and opens with its house', () => {
  const changed = (opens: boolean): Event.Event => ({
    _tag: 'HouseChanged',
    at: 9,
    ceiling: rad(7n),
    opens,
  })
  const start = treasuryOf({ losses: 20n })
  expect(Treasury.evolve(start, changed(false))).toEqual({ ...start, opens: false })
  expect(fold(start, [changed(false), changed(true)])).toEqual(start)
})

test('TRE-9 a cancel makes good the loss that a seizure booked, and no other', () => {
  const cancelled = (lossAt: Event.Cancelled['lossAt']) =>
    Treasury.evolve(treasuryOf({ losses: 20n, queued: 20n }), { ...handedBack(12n), lossAt })
  expect(cancelled('seizure')).toEqual(treasuryOf({ surplus: 12n, losses: 20n, queued: 20n }))
  expect(cancelled('close')).toEqual(treasuryOf({ losses: 20n, queued: 20n }))
})
