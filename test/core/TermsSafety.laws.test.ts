/**
 * What accepted terms of seizing are good for: support, penalty, reward, dust and ceilings, drawn until
 * enough of them are accepted.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { Fixed, Position, Reward, Seizure, Terms } from '../../src/index.js'
import { positive } from '../../src/testing/Arbitrary.js'
import { soundTerms } from '../examples/parameters.js'
import { law } from '../law.js'
import { market, nearlySound, samples } from './hazards.js'

const { RAD, RAY, rad, wad, WAD } = Fixed

law(
  'PAR-2',
  'a position that is just safe is worth its debt and the penalty',
  fc.property(nearlySound, market, positive(10n ** 21n), (terms, price, amount) => {
    const isOff = Terms.hazards(terms).some(({ rule }) =>
      ['PAR-2', 'PAR-3', 'PAR-4'].includes(rule),
    )
    return (
      isOff ||
      terms.collaterals.every((collateral) => {
        const debt = rad(amount * Position.supportPrice(collateral, price))
        return amount * price >= Seizure.targetOf(terms, debt)
      })
    )
  }),
  { numRuns: 1000 },
)

law(
  'PAR-8',
  'a reward for opening is at most the penalty, to the unit, of any debt that may be seized',
  fc.property(nearlySound, positive(10n ** 51n), (terms, more) => {
    const isOff = Terms.hazards(terms).some(({ rule }) =>
      ['PAR-4', 'PAR-6', 'PAR-8'].includes(rule),
    )
    if (isOff) return true
    const { dust } = terms.sizing
    const debt = rad((dust._tag === 'Absorb' ? dust.minDebt : 0n) + more - 1n)
    const target = Seizure.targetOf(terms, debt)
    const reward = Reward.forOpening(
      { ...terms, width: 'unbounded', reward: { ...terms.reward, limit: 'none' } },
      { target, debt },
    )
    return E.isRight(reward) && reward.right >= 0n && reward.right <= target - debt
  }),
  { numRuns: 1000 },
)

/** A position that may be seized under drawn terms: at least `minDebt`, one unit of money, one of collateral. */
const seizable = fc.tuple(nearlySound, positive(10n ** 26n), fc.bigInt(WAD, 10n ** 40n))

/**
 * What an empty house seizes of it; nothing where the terms are refused, or, as PAR-6 and PAR-7 say,
 * where dust is refused and it is larger than the ceiling, or no share more than `minDebt` has room.
 */
const seized = ([terms, more, amount]: readonly [Terms.Terms, bigint, bigint]): O.Option<
  ReturnType<typeof Seizure.plan>
> => {
  const isOff = Terms.hazards(terms).some(({ rule }) =>
    ['PAR-4', 'PAR-5', 'PAR-6', 'PAR-7'].includes(rule),
  )
  const [collateral] = soundTerms.collaterals
  if (isOff || collateral === undefined) return O.none
  const { cap, dust } = terms.sizing
  const minDebt = dust._tag === 'Ignore' ? 0n : dust.minDebt
  const debt = rad((minDebt > RAD ? minDebt : RAD) + more * RAY)
  const shares = debt / RAY
  const most = cap._tag === 'Slice' && cap.most < terms.ceiling ? cap.most : terms.ceiling
  if (dust._tag === 'Refuse' && Seizure.targetOf(terms, debt) > terms.ceiling) return O.none
  if (Seizure.targetOf(terms, rad(minDebt + RAY)) > most) return O.none
  const position = {
    id: 'p',
    owner: 'owner',
    line: terms.line,
    holdings: [{ asset: 'ETH', amount: wad(amount) }],
    shares: wad(shares),
    index: RAY,
  }
  const quotes = [{ asset: 'ETH', risk: RAY, market: RAY }]
  const room = { inHouse: terms.ceiling, inLine: terms.ceiling }
  const plain: Terms.Terms = { ...terms, width: 'unbounded', collaterals: [collateral] }
  return O.some(Seizure.plan(plain, position, quotes, room))
}

law(
  'PAR-6',
  'under accepted sizing an empty house seizes of any debt from minDebt and one unit of money up',
  fc.property(seizable, (drawn) => {
    const plan = seized(drawn)
    return (
      O.isNone(plan) ||
      (E.isRight(plan.value) &&
        plan.value.right.some(({ amount, target }) => amount > 0n && target > 0n))
    )
  }),
  { numRuns: 1000 },
)

test('PAR-2 the settings that these laws are about happen: they are not about nothing', () => {
  const all = samples(nearlySound).map((terms) => Terms.hazards(terms).map(({ rule }) => rule))
  for (const rules of [
    ['PAR-2', 'PAR-3', 'PAR-4'],
    ['PAR-4', 'PAR-6', 'PAR-8'],
    ['PAR-4', 'PAR-5', 'PAR-6', 'PAR-7'],
  ])
    expect(
      all.filter((found) => !found.some((rule) => rules.includes(rule))).length,
    ).toBeGreaterThan(80)
})

test('PAR-6 of drawn positions many are seized, whole and in part', () => {
  const drawn = fc.sample(seizable, { seed: 1, numRuns: 1000 })
  const debts = drawn.flatMap((one) => {
    const plan = seized(one)
    return O.isSome(plan) && E.isRight(plan.value) ? [[one, plan.value.right] as const] : []
  })
  const parts = debts.filter(([[, , amount], [part]]) => part !== undefined && part.amount < amount)
  expect(parts.length).toBeGreaterThan(50)
  expect(debts.length - parts.length).toBeGreaterThan(50)
})
