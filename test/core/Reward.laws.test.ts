import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Curve, Dutch, Fixed, Ledger, Lot, Reward, Terms } from '../../src/index.js'
import { dutchLot } from '../examples/dutch.js'
import { loanOf, loanOpened, loanTerms } from '../examples/opening.js'
import { soundDutch, soundTerms, withDutch } from '../examples/parameters.js'
import { law } from '../law.js'
import { around, terms, times } from './opening/cases.js'
import { floorOf } from './opening/model.js'

const { MAX_UINT256, RAD, RAY, WAD, rad, ray, wad } = Fixed

const tooLarge = E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'reward', stage: 395 })

/** Terms with a reward of any size: tiny, of full size, or below zero. */
const rewarding = fc
  .tuple(
    terms,
    around(0n, 9n, 3),
    around(0n, 10n ** 18n, 3),
    fc.constantFrom('unbounded', 'uint256'),
  )
  .map(([terms, flat, rate, width]) => ({
    ...terms,
    width: width,
    reward: { ...terms.reward, flat: rad(flat), rate: wad(rate) },
  }))

const target = around(1n, 3000n, 4).map(rad)

/** What a lot is to raise, for a debt that may be more: nothing, or little, is left to earn. */
const owed = fc
  .tuple(target, fc.oneof(target, around(0n, 9n, 3)))
  .map(([target, less]) => ({ target, debt: rad(target - less) }))

const above = (n: bigint): bigint => (n > 0n ? n : 0n)

/** REW-1 and REW-5, as they read. */
const slow = (
  { reward, width }: typeof rewarding extends fc.Arbitrary<infer A> ? A : never,
  { debt, target }: Reward.Owed,
  isFirst: boolean,
  rewarded = 0n,
): unknown => {
  const fits = (n: bigint): boolean => width === 'unbounded' || (n >= 0n && n <= MAX_UINT256)
  if (reward.flat <= 0n && reward.rate <= 0n) return E.right(0n)
  const product = target * above(reward.rate)
  const sum = (isFirst ? above(reward.flat) : 0n) + floorOf(product, WAD)
  if (!fits(product) || !fits(sum)) return tooLarge
  const left = above(target - debt - rewarded)
  return E.right(reward.limit === 'penalty' && sum > left ? left : sum)
}

law(
  'REW-1',
  'the reward of an opening is the flat sum, of the first lot, and the share of the target rounded down',
  fc.property(rewarding, owed, fc.boolean(), (terms, lot, isFirst) =>
    isDeepStrictEqual(Reward.forOpening(terms, lot, isFirst), slow(terms, lot, isFirst)),
  ),
  times(5),
)

law(
  'REW-1',
  'nobody is ever charged for opening, and splitting a target earns no more',
  fc.property(rewarding, owed, owed, (terms, a, b) => {
    const of = (target: bigint, debt: bigint, isFirst: boolean): bigint =>
      E.getOrElse(() => rad(0n))(
        Reward.forOpening(
          { ...terms, width: 'unbounded' },
          { target: rad(target), debt: rad(debt) },
          isFirst,
        ),
      )
    const [first, second] = [above(a.target), above(b.target)]
    const [one, two] = [a.debt < first ? a.debt : first, b.debt < second ? b.debt : second]
    return (
      of(first, one, true) >= 0n &&
      of(first, one, true) + of(second, two, false) <= of(first + second, one + two, true)
    )
  }),
)

law(
  'REW-2',
  'the reward of a reset is that of an opening, if target and value are at least the least that is left',
  fc.property(
    rewarding,
    owed,
    around(0n, 60n, 6).map(wad),
    around(0n, 60n, 6).map(ray),
    around(0n, 2000n, 6).map(rad),
    around(0n, 9n, 3).map(rad),
    (terms, lot, collateral, market, minLeft, rewarded) => {
      const answer = Reward.forReset(terms, { ...lot, collateral, rewarded }, market, minLeft)
      const { target } = lot
      const { flat, rate } = terms.reward
      const value = collateral * market
      const isAsked = (flat > 0n || rate > 0n) && target >= minLeft
      if (isAsked && terms.width === 'uint256' && (value < 0n || value > MAX_UINT256))
        return isDeepStrictEqual(answer, tooLarge)
      return isDeepStrictEqual(
        answer,
        isAsked && value >= minLeft ? slow(terms, lot, true, rewarded) : E.right(0n),
      )
    },
  ),
  times(10),
)

test('REW-2 at exactly the least the reset is paid, one unit below it is not', () => {
  const terms = loanTerms()
  const of = (target: bigint, collateral: bigint, minLeft: bigint) =>
    Reward.forReset(
      terms,
      { target: rad(target), debt: rad(0n), collateral: wad(collateral), rewarded: rad(0n) },
      ray(2n),
      rad(minLeft),
    )
  expect(of(80n, 40n, 80n)).toEqual(E.right(3n))
  expect(of(79n, 40n, 80n)).toEqual(E.right(0n))
  expect(of(80n, 39n, 79n)).toEqual(E.right(0n))
  expect(of(80n, 39n, 78n)).toEqual(E.right(3n))
})

test('REW-2 where nothing is earned the value is not asked for, however large it is', () => {
  const of = (flat: bigint, rate: bigint) => {
    const terms = loanTerms()
    const lot = { target: rad(80n), debt: rad(0n), collateral: wad(MAX_UINT256), rewarded: rad(0n) }
    const reward = { ...terms.reward, flat: rad(flat), rate: wad(rate) }
    return Reward.forReset({ ...terms, width: 'uint256', reward }, lot, ray(2n), rad(80n))
  }
  for (const nothing of [0n, -1n]) expect(of(nothing, 0n)).toEqual(E.right(0n))
  expect(of(0n, -1n)).toEqual(E.right(0n))
  expect(of(1n, 0n)).toEqual(tooLarge)
  expect(of(0n, 1n)).toEqual(tooLarge)
})

law(
  'REW-4',
  'a reward is one transfer to the keeper: issued with a loss of its size, or from the fund without one',
  fc.property(
    fc.bigInt(1n, 100n),
    fc.bigInt(0n, WAD),
    fc.boolean(),
    fc.constantFrom('close', 'seizure'),
    fc.constantFrom('penalty', 'none'),
    (flat, rate, isFund, lossAt, limit) => {
      const payer = isFund
        ? ({ _tag: 'Fund', of: 'rewards' } as const)
        : ({ _tag: 'Protocol' } as const)
      const opened = loanOpened(
        loanTerms({}, { lossAt, reward: { flat: rad(flat), rate: wad(rate), limit, payer } }),
        loanOf(100n, 40n, 9n),
      )
      const total = opened.reduce((sum, { reward }) => sum + reward, 0n)
      const postings = opened.flatMap(Ledger.postings)
      const sum = (some: readonly Ledger.Posting[]): bigint =>
        some.reduce((sum, { amount }) => sum + amount, 0n)
      const paid = postings.filter(({ to }) => to._tag === 'Keeper')
      const losses = sum(postings.filter(({ asset }) => asset._tag === 'Loss'))
      const seized = lossAt === 'seizure' ? opened.reduce((sum, { debt }) => sum + debt, 0n) : 0n
      return (
        opened.length === 2 &&
        opened.every((event) => isDeepStrictEqual(event.payer, payer)) &&
        // At most the flat sum once and the share of each target (I9).
        total * WAD <= flat * WAD + rate * opened.reduce((sum, { target }) => sum + target, 0n) &&
        sum(paid) === total &&
        paid.every(({ from }) => from._tag === (isFund ? 'RewardPayer' : 'Issued')) &&
        losses === seized + (isFund ? 0n : total)
      )
    },
  ),
)

/** A lot of the terms' first asset, of 10,000 of debt, opened and reset as often as it can be for six minutes. */
const livesOf = (limit: Terms.Reward['limit']): readonly bigint[] => {
  const sale: Terms.Dutch = {
    ...soundDutch,
    curve: Curve.unchecked.linear(100n),
    reset: { _tag: 'WhenStale', after: 18n, below: ray(RAY / 2n) },
  }
  const reward = { ...soundTerms.reward, flat: rad(0n), rate: wad((WAD * 115n) / 1000n), limit }
  const terms = { ...withDutch(sale), reward }
  const hazards = Terms.hazards(terms).filter(({ rule }) => rule === 'PAR-8')
  expect(hazards.map(({ parameter }) => parameter)).toEqual(
    limit === 'none' ? ['reward.limit'] : [],
  )
  const auction = Dutch.compile(terms, sale)
  const lot = { debt: rad(10_000n * RAD), target: rad(11_300n * RAD) }
  const first = E.getOrElse(() => rad(-1n))(Reward.forOpening(terms, lot))
  const rewards: bigint[] = [first]
  let now: Lot.Dutch = { ...dutchLot, ...lot, collateral: wad(10n * WAD), rewarded: first }
  for (let i = 1n; i <= 20n; i += 1n) {
    const at = now.startedAt + 18
    const market = ray(1200n * RAY)
    const decision = Dutch.decide(auction, 0, now, { _tag: 'Reset', at, keeper: 'kim', market })
    const [event] = E.isRight(decision) ? decision.right : []
    if (event?._tag !== 'Reset') throw new Error('no reset')
    rewards.push(event.reward)
    now = Lot.evolveDutch(now, event)
  }
  expect(now.rewarded).toBe(rewards.reduce((sum, one) => sum + one, 0n))
  expect(now.lastAt - dutchLot.startedAt).toBe(360)
  return rewards
}

test('REW-5 a lot of 10,000 that nobody buys earned its keepers 27,289.5 in six minutes; now its penalty', () => {
  const tenths = (n: bigint): Fixed.Rad => rad((n * RAD) / 10n)
  const sum = (all: readonly bigint[]): bigint => all.reduce((total, one) => total + one, 0n)
  const unlimited = livesOf('none')
  expect(new Set(unlimited)).toEqual(new Set([tenths(12_995n)]))
  expect(sum(unlimited)).toBe(tenths(272_895n))
  const limited = livesOf('penalty')
  expect(limited.slice(0, 3)).toEqual([tenths(12_995n), tenths(5n), 0n])
  expect(sum(limited)).toBe(tenths(13_000n))
})

test('REW-5 what is left of the penalty, to the unit; a lot that has earned more is not charged', () => {
  const of = (debt: bigint, rewarded: bigint, limit: Terms.Reward['limit'] = 'penalty') => {
    const terms = loanTerms()
    return Reward.forReset(
      { ...terms, reward: { ...terms.reward, limit } },
      { target: rad(110n), debt: rad(debt), collateral: wad(40n), rewarded: rad(rewarded) },
      ray(2n),
      rad(80n),
    )
  }
  expect(of(100n, 6n)).toEqual(E.right(4n))
  expect(of(100n, 7n)).toEqual(E.right(3n))
  expect(of(100n, 10n)).toEqual(E.right(0n))
  expect(of(100n, 11n)).toEqual(E.right(0n))
  expect(of(111n, 0n)).toEqual(E.right(0n))
  expect(of(111n, 11n, 'none')).toEqual(E.right(4n))
})
