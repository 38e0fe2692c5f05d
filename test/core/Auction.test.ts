import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  Auction,
  Check,
  type Event,
  Fixed,
  type House,
  Lot,
  type Position,
  type Refusal,
  type Terms,
} from '../../src/index.js'
import { exampleEnglish } from '../example.js'
import { loanHouse, loanOf, loanQuotes, loanTerms, openedBy } from '../examples/opening.js'

const { MAX_UINT256, WAD, rad, ray, wad } = Fixed

/** ETH by price and BTC by bids. */
const both = (more: Partial<Terms.Terms> = {}): Terms.Terms => {
  const terms = loanTerms({}, more)
  return {
    ...terms,
    collaterals: terms.collaterals.map((one) =>
      one.asset === 'BTC' ? { ...one, sale: exampleEnglish } : one,
    ),
  }
}

const opened = openedBy(both(), loanHouse(), loanOf(100n, 40n, 10n))
const lots = E.isRight(opened) ? opened.right.map(Auction.lot) : []

const commands = (at: number): readonly Auction.Command[] => [
  { _tag: 'Take', at, bidder: 'ann', want: { _tag: 'All' }, limit: ray(9n), atLeast: wad(0n) },
  { _tag: 'Reset', at, keeper: 'kim', market: ray(1n) },
  { _tag: 'Cancel', at },
  { _tag: 'Raise', at, bidder: 'ann', bid: 36n, sold: 10n },
  { _tag: 'Shrink', at, bidder: 'ann', bid: 0n, sold: 9n },
  { _tag: 'Restart', at, market: ray(2n) },
  { _tag: 'Settle', at },
]

const fitting: Readonly<Record<Lot.Lot['_tag'], readonly string[]>> = {
  Dutch: ['Take', 'Reset', 'Cancel'],
  English: ['Raise', 'Shrink', 'Restart', 'Settle', 'Cancel'],
}

/** From which level the spec halts a command. */
const halts = (tag: string): number =>
  ['Take', 'Raise', 'Shrink'].includes(tag) ? 3 : ['Reset', 'Restart'].includes(tag) ? 2 : 4

const levels = [0, 1, 2, 3] as const

describe('a command to a lot', () => {
  const seen = new Set<string>()

  test('HOU-6 is refused by time, breaker, end and fit, in this order, whatever else is wrong', () => {
    expect(lots.map(({ _tag }) => _tag)).toEqual(['Dutch', 'English'])
    for (const lot of lots)
      for (const ended of [false, true])
        for (const level of levels)
          for (const at of [30, 7, 6, 7.5, NaN])
            for (const command of commands(at)) {
              const first: Refusal.Refusal | undefined =
                at === 30 || at === 7
                  ? level >= halts(command._tag)
                    ? { _tag: 'Halted', rule: 'HOU-4', level }
                    : ended
                      ? { _tag: 'Ended', rule: 'HOU-5' }
                      : fitting[lot._tag].includes(command._tag)
                        ? undefined
                        : { _tag: 'WrongAuction', rule: 'HOU-6' }
                  : { _tag: 'BadTime', rule: 'HOU-1', at, lastAt: 7 }
              const answer = Auction.decide(Auction.compile(both()))(
                level,
                { ...lot, ended },
                command,
              )
              seen.add(first?._tag ?? 'none')
              if (first !== undefined) expect(answer).toEqual(E.left(first))
              else if (E.isLeft(answer)) expect(Check.stage(answer.left)).toBeGreaterThan(220)
            }
    expect([...seen].sort()).toEqual(['BadTime', 'Ended', 'Halted', 'WrongAuction', 'none'])
  })

  test('HOU-11 comes out the same at a lower level, and a way out at every one', () => {
    for (const lot of lots)
      for (const at of [30, 60, 20_000, 200_000])
        for (const command of commands(at)) {
          const answers = levels.map((level) =>
            Auction.decide(Auction.compile(both()))(level, lot, command),
          )
          const isWayOut = command._tag === 'Settle' || command._tag === 'Cancel'
          for (const [level, answer] of answers.entries())
            if (E.isRight(answer) || isWayOut)
              for (const lower of answers.slice(0, level)) expect(lower).toEqual(answer)
          if (isWayOut) expect(new Set(answers.map(({ _tag }) => _tag)).size).toBe(1)
        }
  })

  const other = (wanted: string, given: string): E.Either<Refusal.Refusal, never> =>
    E.left({ _tag: 'OtherTerms', rule: 'HOU-2', wanted, given })

  test('HOU-2 is refused under terms of another line, version, or way to sell, before all else', () => {
    const [dutch, english] = lots
    if (dutch === undefined || english === undefined) throw new Error('no lots')
    const under = (terms: Terms.Terms, lot: Lot.Lot): unknown =>
      Auction.decide(Auction.compile(terms))(
        3,
        { ...lot, ended: true },
        {
          _tag: 'Take',
          at: 0.5,
          bidder: 'ann',
          want: { _tag: 'All' },
          limit: ray(9n),
          atLeast: wad(0n),
        },
      )
    expect(under(both({ line: 'OTHER' }), dutch)).toEqual(other('LOANS', 'OTHER'))
    const bound = { ...dutch, binding: 'atOpening' } as const
    expect(under(both({ version: 2 }), bound)).toEqual(other('1', '2'))
    expect(under(both({ version: 1 }), bound)).not.toEqual(other('1', '1'))
    expect(under(both({ version: 2, binding: 'atOpening' }), dutch)).not.toEqual(other('1', '2'))
    expect(E.isLeft(E.right(under(both({ version: 2 }), dutch)))).toBe(false)
    expect(under(both({ version: 2 }), dutch)).not.toEqual(other('1', '2'))
    expect(under(loanTerms(), english)).toEqual(other('BTC', 'LOANS'))
    expect(under({ ...both(), collaterals: both().collaterals.slice(1) }, dutch)).toEqual(
      other('ETH', 'LOANS'),
    )
    const surplus = Lot.open({
      _tag: 'SurplusOpened',
      lot: 'LOANS/9',
      line: 'LOANS',
      at: 7,
      terms: 1,
      goods: { _tag: 'Surplus', token: 'ETH' },
      sold: rad(5n),
      reserve: wad(0n),
      endsAt: 9,
      hardEndsAt: 9,
      held: 'escrow',
    })
    expect(under(both(), surplus)).toEqual(other('ETH', 'LOANS'))
  })
})

describe('an opening', () => {
  const wide = (more: Partial<Terms.Terms> = {}): Terms.Terms =>
    loanTerms({}, { width: 'uint256', ...more })

  const roomy = (line: Partial<House.Line> = {}): House.House => ({
    ...loanHouse(line),
    ceiling: rad(MAX_UINT256),
  })

  const answer = (
    terms: Terms.Terms,
    house: House.House,
    position: Position.Position,
    quotes?: readonly Position.Quote[],
  ): readonly Event.Opened[] | string => {
    const result = openedBy(terms, house, position, quotes)
    if (E.isRight(result)) return result.right
    return result.left._tag === 'OutOfRange'
      ? `${result.left.what}, ${result.left.stage}`
      : result.left._tag
  }

  test('HOU-7 is refused where the house holds more money in flight than 256 bits do', () => {
    // Only a house whose own total is wrong gets here: there is room only below its ceiling.
    const broken = (inFlight: bigint): House.House => ({
      ...roomy(),
      inFlight: rad(inFlight),
      ceiling: rad(inFlight + 1000n),
    })
    expect(answer(wide(), broken(MAX_UINT256 - 110n), loanOf(100n, 40n))).toHaveLength(1)
    expect(answer(wide(), broken(MAX_UINT256 - 109n), loanOf(100n, 40n))).toBe(
      'money in flight, 180',
    )
    expect(
      answer(wide({ width: 'unbounded' }), broken(MAX_UINT256), loanOf(100n, 40n)),
    ).toHaveLength(1)
  })

  test('REW-1 is refused where the reward passes 256 bits', () => {
    const paying = (flat: bigint, rate = 0n): Terms.Terms =>
      wide({
        reward: { flat: rad(flat), rate: wad(rate), limit: 'none', payer: { _tag: 'Protocol' } },
      })
    expect(answer(paying(MAX_UINT256), roomy(), loanOf(100n, 40n))).toHaveLength(1)
    expect(answer(paying(MAX_UINT256 + 1n), roomy(), loanOf(100n, 40n))).toBe('reward, 395')
    expect(answer(paying(0n, MAX_UINT256 / 110n), roomy(), loanOf(100n, 40n))).toHaveLength(1)
    expect(answer(paying(0n, MAX_UINT256 / 110n + 1n), roomy(), loanOf(100n, 40n))).toBe(
      'reward, 395',
    )
  })

  test('SEI-7 is refused without an owner, after the target and before the price', () => {
    const nobody = { ...loanOf(1n, 1n), owner: '' }
    const eager = (penaltyRate: bigint): Terms.Terms =>
      loanTerms({ penaltyRate: wad(penaltyRate) }, { unsafe: 'atOrBelow' })
    const unpriced = [{ asset: 'ETH', risk: ray(1n), market: ray(0n) }]
    expect(answer(eager(-1n), loanHouse(), nobody, unpriced)).toBe('NoTarget')
    expect(answer(eager(0n), loanHouse(), nobody, unpriced)).toBe('NoOwner')
    expect(answer(eager(0n), loanHouse({ level: 1 }), nobody, unpriced)).toBe('Halted')
    expect(answer(eager(0n), loanHouse(), loanOf(1n, 1n), unpriced)).toBe('NoMarketPrice')
  })

  test('SEI-11 names the lower stage of the later lot', () => {
    const endless = both().collaterals.map((one) => ({
      ...one,
      sale: one.sale._tag === 'English' ? { ...one.sale, lasts: 2n ** 60n } : one.sale,
    }))
    const reward = {
      flat: rad(MAX_UINT256 + 1n),
      rate: wad(0n),
      limit: 'none',
      payer: { _tag: 'Protocol' },
    } as const
    const terms = { ...both({ width: 'uint256', reward }), collaterals: endless }
    expect(answer(terms, loanHouse(), loanOf(100n, 40n))).toBe('reward, 395')
    expect(answer(terms, loanHouse(), loanOf(100n, 40n, 10n))).toBe('end of the auction, 390')
    const quotes = loanQuotes(1n, 2n)
    // An asset that is sold alone needs a price to be sold from, not one to share a debt by.
    const unpriced = quotes.map((quote) => ({ ...quote, market: ray(0n) }))
    expect(answer(both(), loanHouse(), loanOf(100n, 0n, 10n), unpriced)).toBe('NoMarketPrice')
    expect(answer(both(), loanHouse(), loanOf(100n, 40n, 10n), unpriced)).toBe('NoValue')
  })

  test('SEI-11 a lot by bids without a reserve needs no market price', () => {
    const waived = both().collaterals.map((one) => ({
      ...one,
      sale: one.sale._tag === 'English' ? { ...one.sale, reserve: ray(0n) } : one.sale,
    }))
    const quotes = [{ asset: 'BTC', risk: ray(1n), market: ray(0n) }]
    expect(
      answer({ ...both(), collaterals: waived }, loanHouse(), loanOf(100n, 0n, 10n), quotes),
    ).toMatchObject([{ start: { _tag: 'English', reserve: 0n } }])
  })

  test('HOU-2 of an asset that the terms list twice, the first is how it is sold', () => {
    const [eth] = both().collaterals
    const [, btc] = both().collaterals
    if (eth === undefined || btc === undefined) throw new Error('no collaterals')
    const collaterals = [eth, { ...btc, asset: 'ETH' }]
    expect(answer(both({ collaterals }), loanHouse(), loanOf(100n, 40n))).toMatchObject([
      { collateral: 40n, start: { _tag: 'Dutch', startPrice: 1n } },
    ])
  })

  test('REW-3 and its resets name the fund that pays', () => {
    const payer = { _tag: 'Fund', of: 'rewards' } as const
    const terms = loanTerms(
      {},
      { reward: { flat: rad(3n), rate: wad(WAD / 100n), limit: 'penalty', payer } },
    )
    const events = answer(terms, loanHouse(), loanOf(100n, 40n))
    expect(events).toMatchObject([{ payer, reward: 4n, keeper: 'kim' }])
    const [lot] = typeof events === 'string' ? [] : events.map(Auction.lot)
    if (lot === undefined) throw new Error('no lot')
    expect(
      Auction.decide(Auction.compile(terms))(0, lot, {
        _tag: 'Reset',
        at: 60,
        keeper: 'kat',
        market: ray(1n),
      }),
    ).toMatchObject({ right: [{ _tag: 'Reset', payer, reward: 4n, keeper: 'kat' }] })
  })
})

test('HOU-2 a lot whose asset is no longer sold as it was can be cancelled, settled once won, and nothing else', () => {
  const dutchNow = loanTerms({}, { version: 2 })
  const bidsNow: Terms.Terms = {
    ...dutchNow,
    collaterals: dutchNow.collaterals.map((one) => ({ ...one, sale: exampleEnglish })),
  }
  const [byPrice, byBids] = lots
  if (byPrice === undefined || byBids === undefined) throw new Error('two lots open')
  for (const [lot, terms] of [
    [byPrice, bidsNow],
    [byBids, dutchNow],
    [byBids, { ...dutchNow, collaterals: [] }],
  ] as const) {
    const decide = Auction.decide(Auction.compile(terms))
    for (const command of commands(lot.lastAt))
      if (command._tag === 'Cancel')
        expect(decide(3, lot, command)).toMatchObject({
          right: [{ _tag: 'Cancelled', debt: lot.debt, released: lot.target, terms: 2 }],
        })
      else if (command._tag === 'Settle' && lot._tag === 'English')
        expect(decide(3, lot, command)).toMatchObject({ left: { _tag: 'NotWon' } })
      else expect(decide(0, lot, command)).toMatchObject({ left: { _tag: 'OtherTerms' } })
    expect(decide(0, lot, { _tag: 'Cancel', at: lot.lastAt - 1 })).toMatchObject({
      left: { _tag: 'BadTime', at: lot.lastAt - 1, lastAt: lot.lastAt },
    })
    expect(decide(0, { ...lot, ended: true }, { _tag: 'Cancel', at: lot.lastAt })).toMatchObject({
      left: { _tag: 'Ended' },
    })
  }
})

test('HOU-2 whatever the terms become, a bid for the whole target is settled once its time is over', () => {
  const lot = lots.find((one) => one._tag === 'English')
  if (lot?._tag !== 'English') throw new Error('a lot by bids is open')
  const until = lot.lastAt + 9
  const won = { ...lot, bid: lot.target, bidder: 'ann', bidExpiresAt: until }
  const decide = Auction.decide(
    Auction.compile({ ...loanTerms({}, { version: 2 }), collaterals: [] }),
  )
  expect(decide(3, won, { _tag: 'Cancel', at: until })).toMatchObject({
    left: { _tag: 'AlreadySold' },
  })
  expect(decide(3, won, { _tag: 'Settle', at: until - 1 })).toMatchObject({
    left: { _tag: 'NotWon' },
  })
  expect(decide(3, won, { _tag: 'Settle', at: until })).toMatchObject({
    right: [
      { _tag: 'Settled', bidder: 'ann' },
      { _tag: 'Closed', badDebt: 0n },
    ],
  })
})
