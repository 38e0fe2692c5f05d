import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Auction, Curve, Fixed, House, type Position, type Terms } from '../../src/index.js'
import { loanOf, loanQuotes, loanTerms, seizedOf } from '../examples/opening.js'
import { type Recorded, recorded } from './opening/recorded.js'
import { outOfRange } from './refusal.js'

const { MAX_UINT256, RAY, WAD, rad, ray, wad } = Fixed

/** Dog's or Cat's parameters as terms, and their totals as a house. */
const termsOf = ({ by, chop, dust }: Recorded): Terms.Terms => ({
  line: 'ILK-A',
  version: 1,
  width: 'uint256',
  binding: 'inForce',
  unsafe: 'below',
  collaterals: [
    {
      asset: 'GEM',
      support: { _tag: 'Ratio', ratio: RAY },
      haircut: ray(0n),
      sale:
        'dog' in by
          ? {
              _tag: 'Dutch',
              curve: Curve.unchecked.linear(3600n),
              markup: ray(by.dog.buf),
              reset: { _tag: 'Never' },
              reserve: ray(0n),
              minLeft: rad(0n),
              minCollateralLeft: wad(0n),
              emptySale: 'allow',
              edges: 'strict',
            }
          : {
              _tag: 'English',
              minRaise: wad(0n),
              bidLasts: 600n,
              lasts: 3600n,
              ending: { _tag: 'Fixed' },
              reserve: ray(0n),
              held: 'income',
              growth: wad(0n),
              edges: 'strict',
            },
    },
  ],
  ceiling: rad('dog' in by ? by.dog.hole : by.cat.box),
  sizing: {
    closeFactor: WAD,
    cap:
      'dog' in by
        ? { _tag: 'Room' }
        : { _tag: 'Slice', most: rad(by.cat.dunk), minRoom: rad(dust) },
    dust: 'dog' in by ? { _tag: 'Absorb', minDebt: rad(dust) } : { _tag: 'Ignore' },
    penaltyRate: wad(chop - WAD),
    split: 'byValue',
  },
  reward: {
    flat: rad('dog' in by ? by.dog.tip : 0n),
    rate: wad('dog' in by ? by.dog.chip : 0n),
    limit: 'none',
    payer: { _tag: 'Protocol' },
  },
  lossAt: 'seizure',
})

const houseOf = ({ by }: Recorded): House.House => ({
  ...House.make(rad('dog' in by ? by.dog.Hole : by.cat.box)),
  inFlight: rad('dog' in by ? by.dog.Dirt : by.cat.litter),
  lines: new Map([
    [
      'ILK-A',
      {
        level: 'dog' in by && by.dog.stopped > 0n ? 1 : 0,
        version: 1,
        inFlight: rad('dog' in by ? by.dog.dirt : by.cat.litter),
        opened: 0,
        lastAt: 0,
      },
    ],
  ]),
})

describe('as MakerDAO dss at fa4f663 did, executed in an EVM', () => {
  for (const one of recorded)
    test(`SEI-3 ${one.from}: ${one.why}`, () => {
      const position: Position.Position = {
        id: 'urn',
        owner: 'urn',
        line: 'ILK-A',
        holdings: [{ asset: 'GEM', amount: wad(one.ink) }],
        shares: wad(one.art),
        index: ray(one.rate),
      }
      const quotes = [{ asset: 'GEM', risk: ray(one.spot), market: ray(one.feed) }]
      const answer = Auction.open(Auction.compile(termsOf(one)))(houseOf(one), position, quotes, {
        _tag: 'Open',
        at: one.at,
        keeper: 'kpr',
      })
      const refusal = E.isLeft(answer) ? answer.left : undefined
      if ('refused' in one) {
        const [tag, what] = one.refused.split(': ')
        expect(refusal).toMatchObject(what === undefined ? { _tag: tag } : { _tag: tag, what })
        return
      }
      const { art, due, ink, tab } = one.seized
      expect(refusal).toBeUndefined()
      expect(answer).toMatchObject({
        right: [{ collateral: ink, shares: art, debt: due, target: tab }],
      })
      if (one.start)
        expect(answer).toMatchObject({
          right: [{ start: { startPrice: one.start.top }, reward: one.start.coin }],
        })
    })
})

describe('in 256 bits', () => {
  const wide = (sizing: Partial<Terms.Sizing> = {}): Terms.Terms =>
    loanTerms(sizing, { width: 'uint256' })
  const quotes = loanQuotes(1n, 2n)

  test('SEI-2 the shares times the close factor fit, or are refused', () => {
    const sizing = { closeFactor: wad(WAD / 2n) }
    const most = MAX_UINT256 / (WAD / 2n)
    expect(seizedOf(wide(sizing), loanOf(most, 40n), quotes, 50n)).not.toMatchObject({
      _tag: 'OutOfRange',
    })
    expect(seizedOf(wide(sizing), loanOf(most + 1n, 40n), quotes, 50n)).toEqual(
      outOfRange('shares under the close factor', 135),
    )
    expect(seizedOf(wide(), loanOf(most + 1n, 40n), quotes, 50n)).not.toMatchObject({
      _tag: 'OutOfRange',
    })
  })

  test('SEI-3 the money of the cap as a Wad fits, and what it is divided by is above zero', () => {
    const most = MAX_UINT256 / WAD
    expect(seizedOf(wide(), loanOf(9n, 9n), quotes, most)).toEqual([['ETH', 9n, 9n, 9n, 9n]])
    expect(seizedOf(wide(), loanOf(9n, 9n), quotes, most + 1n)).toEqual(outOfRange('room', 140))
    const none = { penaltyRate: wad(0n - WAD) }
    expect(seizedOf(loanTerms(none), loanOf(9n, 9n), quotes, 9n)).toEqual(
      outOfRange('shares that fit the room', 142),
    )
    const hardlyAny = { penaltyRate: wad(1n - WAD) }
    expect(seizedOf(loanTerms(hardlyAny), loanOf(9n, 9n), quotes, 9n)).toEqual([
      ['ETH', 9n, 9n, 9n, 0n],
    ])
  })

  test('SEI-4 the debt left fits', () => {
    const sizing = { dust: { _tag: 'Refuse', minDebt: rad(1n) } } as const
    const half = 2n ** 255n
    // A room in an unbounded width would not fit a word either: here a share is worth half of one.
    expect(seizedOf(wide(sizing), loanOf(3n, 9n, 0n, half), quotes, 9n)).toEqual(
      outOfRange('debt left', 145),
    )
    const negative = {
      ...sizing,
      cap: { _tag: 'Slice', most: rad(-1n), minRoom: rad(0n) },
    } as const
    expect(seizedOf(wide(negative), loanOf(3n, 9n), quotes, 9n)).toEqual(outOfRange('room', 140))
  })

  test('SEI-5 each amount times the shares fits', () => {
    const most = MAX_UINT256 / 9n
    expect(seizedOf(wide(), loanOf(9n, most), quotes, 99n)).toEqual([['ETH', most, 9n, 9n, 9n]])
    expect(seizedOf(wide(), loanOf(9n, most + 1n), quotes, 99n)).toEqual(
      outOfRange('collateral seized', 155),
    )
  })

  test('SEI-8 the sum of the values fits', () => {
    // Of each asset 9 are seized, which are worth 9 times the price.
    const most = MAX_UINT256 / 9n
    const at = (btc: bigint) => seizedOf(wide(), loanOf(9n, 9n, 9n), loanQuotes(1n, btc), 99n)
    expect(at(most - 1n)).toEqual(outOfRange('split of the debt', 168))
    expect(at(most)).toEqual(outOfRange('value of the collateral', 166))
    const alone = seizedOf(wide(), loanOf(9n, 0n, 9n), loanQuotes(1n, most * 2n), 99n)
    expect(alone).toEqual([['BTC', 9n, 9n, 9n, 9n]])
  })

  test('SEI-9 each value times the shares fits', () => {
    const most = MAX_UINT256 / 81n
    const at = (btc: bigint) => seizedOf(wide(), loanOf(9n, 9n, 9n), loanQuotes(1n, btc), 99n)
    expect(at(most)).toEqual([['BTC', 9n, 9n, 9n, 9n]])
    expect(at(most + 1n)).toEqual(outOfRange('split of the debt', 168))
  })

  test('SEI-10 each value as a Wad fits', () => {
    const most = MAX_UINT256 / (9n * WAD)
    const at = (btc: bigint) =>
      seizedOf(wide({ split: 'inOrder' }), loanOf(99n, 9n, 9n), loanQuotes(1n, btc), 999n)
    expect(at(most)).toEqual([
      ['ETH', 9n, 8n, 8n, 8n],
      ['BTC', 9n, 91n, 91n, 100n],
    ])
    expect(at(most + 1n)).toEqual(outOfRange('split of the debt', 168))
  })

  test('SEI-6 the debt times one and the penalty fits', () => {
    const sizing = { dust: { _tag: 'Absorb', minDebt: rad(MAX_UINT256) } } as const
    const gross = (WAD * 11n) / 10n
    const most = MAX_UINT256 / gross
    const of = (index: bigint) => seizedOf(wide(sizing), loanOf(1n, 1n, 0n, index), quotes, 9n)
    expect(of(most)).toEqual([['ETH', 1n, 1n, most, (most * gross) / WAD]])
    expect(of(most + 1n)).toEqual(outOfRange('target', 170))
    expect(of(MAX_UINT256 + 1n)).toEqual(outOfRange('debt left', 145))
    const whole = { ...sizing, penaltyRate: wad(1n - WAD) }
    expect(seizedOf(wide(whole), loanOf(2n, 1n, 0n, 2n ** 255n), quotes, 2n ** 190n)).toEqual(
      outOfRange('debt left', 145),
    )
  })
})

test('SEI-4 a large position whose close factor asks for dust is seized all the same', () => {
  // Kept as it was found: a tenth of 300 is below 40, and 270 is not, so it was refused for ever.
  const sizing = {
    closeFactor: wad(WAD / 10n),
    dust: { _tag: 'Absorb', minDebt: rad(40n) },
  } as const
  expect(seizedOf(loanTerms(sizing), loanOf(300n, 90n), [], 1000n)).toEqual([
    ['ETH', 12n, 40n, 40n, 44n],
  ])
  // And half of three shares, rounded down, is below two, which are no dust.
  const half = { closeFactor: wad(WAD / 2n), dust: { _tag: 'Absorb', minDebt: rad(2n) } } as const
  expect(seizedOf(loanTerms(half), loanOf(3n, 90n), [], 1000n)).toEqual([['ETH', 90n, 3n, 3n, 3n]])
})

test('SEI-2 a close factor above one seizes no more than there is', () => {
  // Kept as it was found: a half more than all was seized of both debt and collateral.
  expect(seizedOf(loanTerms({ closeFactor: wad(2n * WAD) }), loanOf(9n, 9n), [], 99n)).toEqual([
    ['ETH', 9n, 9n, 9n, 9n],
  ])
})

test('SEI-5 an asset that the terms list twice is seized once', () => {
  const terms = loanTerms()
  const twice = { ...terms, collaterals: [...terms.collaterals, ...terms.collaterals] }
  expect(seizedOf(twice, loanOf(9n, 9n), [], 99n)).toEqual([['ETH', 9n, 9n, 9n, 9n]])
})
