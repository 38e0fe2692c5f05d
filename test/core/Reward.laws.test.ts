import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Fixed, Ledger, Reward } from '../../src/index.js'
import { loanOf, loanOpened, loanTerms } from '../examples/opening.js'
import { law } from '../law.js'
import { around, terms, times } from './opening/cases.js'
import { floorOf } from './opening/model.js'

const { MAX_UINT256, WAD, rad, ray, wad } = Fixed

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

const above = (n: bigint): bigint => (n > 0n ? n : 0n)

/** REW-1, as it reads. */
const slow = (
  { reward, width }: typeof rewarding extends fc.Arbitrary<infer A> ? A : never,
  target: bigint,
  isFirst: boolean,
): unknown => {
  const fits = (n: bigint): boolean => width === 'unbounded' || (n >= 0n && n <= MAX_UINT256)
  if (reward.flat <= 0n && reward.rate <= 0n) return E.right(0n)
  const product = target * above(reward.rate)
  const sum = (isFirst ? above(reward.flat) : 0n) + floorOf(product, WAD)
  return fits(product) && fits(sum) ? E.right(sum) : tooLarge
}

law(
  'REW-1',
  'the reward of an opening is the flat sum, of the first lot, and the share of the target rounded down',
  fc.property(rewarding, target, fc.boolean(), (terms, target, isFirst) =>
    isDeepStrictEqual(Reward.forOpening(terms, target, isFirst), slow(terms, target, isFirst)),
  ),
  times(5),
)

law(
  'REW-1',
  'nobody is ever charged for opening, and splitting a target earns no more',
  fc.property(rewarding, target, target, (terms, a, b) => {
    const of = (target: bigint, isFirst: boolean): bigint =>
      E.getOrElse(() => rad(0n))(
        Reward.forOpening({ ...terms, width: 'unbounded' }, rad(target), isFirst),
      )
    const [first, second] = [above(a), above(b)]
    return of(first, true) >= 0n && of(first, true) + of(second, false) <= of(first + second, true)
  }),
)

law(
  'REW-2',
  'the reward of a reset is that of an opening, if target and value are at least the least that is left',
  fc.property(
    rewarding,
    target,
    around(0n, 60n, 6).map(wad),
    around(0n, 60n, 6).map(ray),
    around(0n, 2000n, 6).map(rad),
    (terms, target, collateral, market, minLeft) => {
      const answer = Reward.forReset(terms, { target, collateral }, market, minLeft)
      const { flat, rate } = terms.reward
      const value = collateral * market
      const isAsked = (flat > 0n || rate > 0n) && target >= minLeft
      if (isAsked && terms.width === 'uint256' && (value < 0n || value > MAX_UINT256))
        return isDeepStrictEqual(answer, tooLarge)
      return isDeepStrictEqual(
        answer,
        isAsked && value >= minLeft ? Reward.forOpening(terms, target) : E.right(0n),
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
      { target: rad(target), collateral: wad(collateral) },
      ray(2n),
      rad(minLeft),
    )
  expect(of(80n, 40n, 80n)).toEqual(E.right(3n))
  expect(of(79n, 40n, 80n)).toEqual(E.right(0n))
  expect(of(80n, 39n, 79n)).toEqual(E.right(0n))
  expect(of(80n, 39n, 78n)).toEqual(E.right(3n))
})

law(
  'REW-4',
  'a reward is one transfer to the keeper: issued with a loss of its size, or from the fund without one',
  fc.property(
    fc.bigInt(1n, 100n),
    fc.bigInt(0n, WAD),
    fc.boolean(),
    fc.constantFrom('close', 'seizure'),
    (flat, rate, isFund, lossAt) => {
      const payer = isFund
        ? ({ _tag: 'Fund', of: 'rewards' } as const)
        : ({ _tag: 'Protocol' } as const)
      const opened = loanOpened(
        loanTerms({}, { lossAt, reward: { flat: rad(flat), rate: wad(rate), payer } }),
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
