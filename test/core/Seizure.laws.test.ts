import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Position } from '../../src/index.js'
import { Fixed, Seizure, type Terms } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import { loanOf, loanTerms } from '../examples/opening.js'
import { law } from '../law.js'
import { around, position, quotes, terms, seldom, times } from './opening/cases.js'
import { amountOf, listed, type SlowPart, slowPlan, slowSplit } from './opening/model.js'

const { WAD, rad, ray, wad } = Fixed

/** What Seizure.plan is asked. */
interface Case {
  readonly terms: Terms.Terms
  readonly position: Position.Position
  readonly quotes: readonly Position.Quote[]
  readonly room: Seizure.Room
}

const plan = ({ position, quotes, room, terms }: Case) =>
  Seizure.plan(terms, position, quotes, room)

const room = fc.record({
  inHouse: around(1n, 3000n).map(rad),
  inLine: around(1n, 3000n).map(rad),
})

const small: fc.Arbitrary<Case> = fc.record({ terms, position, quotes, room })

/** Of full size: amounts of 10^18, debts of 10^45. */
const large: fc.Arbitrary<Case> = fc.record({
  terms: Arbitrary.terms,
  position: Arbitrary.position('p1'),
  quotes: Arbitrary.quotes,
  room: fc.record({ inHouse: Arbitrary.rad, inLine: Arbitrary.rad }),
})

const any = fc.oneof({ weight: 3, arbitrary: small }, large)

const plain = (parts: readonly Seizure.Part[]): readonly SlowPart[] =>
  parts.map(({ amount, collateral, debt, shares, target }) => ({
    asset: collateral.asset,
    amount,
    shares,
    debt,
    target,
  }))

law(
  'SEI-1',
  'a plan is what the rules come to one after the other, or refused by the first, to the last unit',
  fc.property(any, (one) => {
    const answer = plan(one)
    const slow = slowPlan(one.terms, one.position, one.quotes, one.room)
    return 'stage' in slow
      ? isDeepStrictEqual(answer, E.left(slow.refusal))
      : E.isRight(answer) && isDeepStrictEqual(plain(answer.right), slow)
  }),
  times(10),
)

test('SEI-1 the plans of these laws are of one lot and of several, cut by every stage and by none', () => {
  const cases = fc.sample(any, { seed: 1, numRuns: 4000 })
  const named = new Map<string, number>()
  for (const one of cases) {
    const answer = plan(one)
    const { shares } = one.position
    const keys = E.isLeft(answer)
      ? [answer.left._tag === 'OutOfRange' ? answer.left.what : answer.left._tag]
      : [
          `${answer.right.length} lots`,
          sumOf(answer.right, 'shares') === shares ? 'whole' : 'part',
          sumOf(answer.right, 'target') > leastRoom(one) ? 'past the room' : 'in the room',
        ]
    for (const key of keys) named.set(key, (named.get(key) ?? 0) + 1)
  }
  const least = Object.entries({
    '1 lots': 150,
    '2 lots': 50,
    '3 lots': 20,
    whole: 150,
    part: 150,
    'past the room': 10,
    CeilingReached: 50,
    DustyDebt: 25,
    NothingSeized: 50,
    NoValue: 10,
    room: 2,
    'shares that fit the room': 10,
    'shares under the close factor': 2,
    'debt left': 1,
    'collateral seized': 1,
    'value of the collateral': 1,
  })
  expect(least.filter(([key, many]) => (named.get(key) ?? 0) < many)).toEqual([])
})

const sumOf = (parts: readonly Seizure.Part[], key: 'shares' | 'debt' | 'target'): bigint =>
  parts.reduce((sum, part) => sum + part[key], 0n)

/** What the targets may come to: the room, and under a Slice cap at most that. */
const leastRoom = ({ room, terms }: Case): bigint => {
  const left = Fixed.min<bigint>(room.inHouse, room.inLine)
  const { cap } = terms.sizing
  return cap._tag === 'Slice' ? Fixed.min<bigint>(cap.most, left) : left
}

/** Plans that are carried out. */
const planned = any
  .map((one) => ({ ...one, answer: plan(one) }))
  .filter(({ answer }) => E.isRight(answer))
  .map(({ answer, ...one }) => ({ ...one, parts: E.isRight(answer) ? answer.right : [] }))

type Planned = typeof planned extends fc.Arbitrary<infer A> ? A : never

const everyPlan = (holds: (one: Planned) => boolean) => fc.property(planned, holds)

law(
  'SEI-2',
  'no more is seized than is owed, than is held, nor than the close factor, unless for dust',
  everyPlan(({ parts, position, terms }) => {
    const { closeFactor, dust } = terms.sizing
    const shares = sumOf(parts, 'shares')
    const least = dust._tag === 'Absorb' ? dust.minDebt : 0n
    const rest = (position.shares - shares) * position.index
    return (
      shares > 0n &&
      shares <= position.shares &&
      parts.every(({ amount, collateral }) => amount <= amountOf(position, collateral.asset)) &&
      (shares * WAD <= position.shares * closeFactor ||
        // Raised to the least that is no dust, or all, since what is left would be dust.
        (dust._tag === 'Absorb' && (rest === 0n || (shares - 1n) * position.index < least)))
    )
  }),
)

law(
  'SEI-3',
  'the targets fit the room, but for what the dust rule absorbs: less than a minDebt and its penalty',
  everyPlan((one) => {
    const { parts, position, terms } = one
    const { dust, penaltyRate } = terms.sizing
    const gross = WAD + penaltyRate
    const over = sumOf(parts, 'target') - leastRoom(one)
    const isWhole = sumOf(parts, 'shares') === position.shares
    return (
      over <= 0n ||
      (dust._tag === 'Absorb' && isWhole && over <= ((dust.minDebt - 1n) * gross) / WAD)
    )
  }),
)

test('SEI-3 the ceiling is passed by exactly that where the room takes nothing of a last dust', () => {
  const of = (minDebt: bigint, shares: bigint, room: bigint) =>
    Seizure.plan(
      loanTerms({ dust: { _tag: 'Absorb', minDebt: rad(minDebt) } }),
      loanOf(shares, 1000n),
      [],
      { inHouse: rad(room), inLine: rad(room) },
    )
  // 100 fit into the room of 110; 49 more are below 50, and pass it by 49 and a tenth, rounded down.
  expect(E.map(plain)(of(50n, 149n, 110n))).toMatchObject({
    right: [{ shares: 149n, target: 163n }],
  })
  expect(E.map(plain)(of(50n, 150n, 110n))).toMatchObject({
    right: [{ shares: 100n, target: 110n }],
  })
})

law(
  'SEI-3',
  'where a ceiling cuts a single lot, one more share would not fit',
  everyPlan((one) => {
    const { parts, position, terms } = one
    const { closeFactor, penaltyRate } = terms.sizing
    const shares = sumOf(parts, 'shares')
    const isCut = closeFactor >= WAD && shares < position.shares
    return !isCut || (shares + 1n) * position.index * (WAD + penaltyRate) > leastRoom(one) * WAD
  }),
)

law(
  'SEI-4',
  'what is left is no dust under Absorb and Refuse, nor what is seized under Absorb',
  everyPlan(({ parts, position, terms }) => {
    const { dust } = terms.sizing
    const rest = (position.shares - sumOf(parts, 'shares')) * position.index
    return (
      dust._tag === 'Ignore' ||
      rest === 0n ||
      (rest >= dust.minDebt && (dust._tag === 'Refuse' || sumOf(parts, 'debt') >= dust.minDebt))
    )
  }),
)

law(
  'SEI-4',
  'under Absorb, dust keeps nothing from being seized once the room takes a minDebt',
  fc.property(any, (one) => {
    const { position, terms } = one
    const { dust, penaltyRate } = terms.sizing
    const answer = plan(one)
    if (E.isRight(answer) || answer.left._tag !== 'DustyDebt') return true
    if (dust._tag !== 'Absorb') return dust._tag === 'Refuse'
    const fitting = (leastRoom(one) * WAD) / position.index / (WAD + penaltyRate)
    return fitting * position.index < dust.minDebt
  }),
  times(5),
)

law(
  'SEI-4',
  'an unsafe position that holds anything is seized wherever the ceilings have room for it (no dust trap)',
  fc.property(any, (one) => {
    const { position, quotes, terms } = one
    const { dust } = terms.sizing
    const far = rad(10n ** 60n)
    const sound: Terms.Terms = {
      ...terms,
      width: 'unbounded',
      sizing: {
        ...terms.sizing,
        cap: { _tag: 'Room' },
        closeFactor: dust._tag === 'Absorb' ? terms.sizing.closeFactor : WAD,
        penaltyRate: wad(Fixed.max(terms.sizing.penaltyRate, wad(0n))),
      },
    }
    const owes = position.shares > 0n && position.index > 0n
    const holds = listed(sound).filter(({ asset }) => amountOf(position, asset) > 0n)
    const priced = holds.map(({ asset }) => {
      const price = quotes.find((quote) => quote.asset === asset)?.market ?? 0n
      return { asset, risk: ray(1n), market: ray(price > 0n ? price : 1n) }
    })
    const answer = Seizure.plan(sound, position, priced, { inHouse: far, inLine: far })
    if (!owes || holds.length === 0 || position.shares * position.index > 10n ** 59n) return true
    // A part of a few units of collateral may round down to nothing; the whole never does.
    return E.isRight(answer)
      ? answer.right.length > 0
      : answer.left._tag === 'NothingSeized' && sound.sizing.closeFactor < WAD
  }),
  times(5),
)

law(
  'SEI-5',
  'of each asset its proportion is seized, less than a unit below, and never a debt without collateral',
  everyPlan(({ parts, position, terms }) => {
    const shares = sumOf(parts, 'shares')
    return (
      parts.length > 0 &&
      isDeepStrictEqual(
        parts.map(({ collateral }) => collateral),
        listed(terms).filter((one) => parts.some(({ collateral }) => collateral === one)),
      ) &&
      parts.every(({ amount, collateral }) => {
        const exact = amountOf(position, collateral.asset) * shares
        return (
          amount > 0n &&
          amount * position.shares <= exact &&
          (amount + 1n) * position.shares > exact
        )
      })
    )
  }),
)

law(
  'SEI-6',
  'the debts of the lots are their shares at the index and add up; a target is the debt and its penalty',
  everyPlan(({ parts, position, terms }) => {
    const { penaltyRate } = terms.sizing
    return (
      sumOf(parts, 'debt') === sumOf(parts, 'shares') * position.index &&
      parts.every(
        ({ debt, shares, target }) =>
          shares > 0n &&
          debt === shares * position.index &&
          target === Seizure.targetOf(terms, debt) &&
          target * WAD <= debt * (WAD + penaltyRate) &&
          (target + 1n) * WAD > debt * (WAD + penaltyRate) &&
          (penaltyRate < 0n || target >= debt),
      )
    )
  }),
)

const weights = fc.array(
  seldom(fc.oneof(fc.bigInt(0n, 9n), fc.bigInt(0n, 10n ** 60n)), fc.constant(0n), 2),
  {
    minLength: 1,
    maxLength: 8,
  },
)
const whole = fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(0n, 10n ** 40n))

law(
  'SEI-9',
  'the parts of a whole add up to it, and each is less than one unit off its due',
  fc.property(whole, weights, (whole, weights) => {
    const parts = Seizure.splitByWeight(whole, weights)
    const total = weights.reduce((a, b) => a + b, 0n)
    return (
      parts.length === weights.length &&
      parts.reduce((a, b) => a + b, 0n) === whole &&
      (total === 0n ||
        parts.every((part, i) => {
          const off = part * total - whole * (weights[i] ?? 0n)
          return off < total && -off < total
        }))
    )
  }),
)

law(
  'SEI-9',
  'what is left over goes to the largest remainders, the first of equals first',
  fc.property(fc.bigInt(0n, 40n), weights, (whole, weights) =>
    isDeepStrictEqual(Seizure.splitByWeight(whole, weights), slowSplit(whole, weights)),
  ),
  times(5),
)

law(
  'SEI-10',
  'in order, all but the last lot are covered by their value, and are as large as that allows',
  everyPlan(({ parts, position, quotes, terms }) => {
    if (terms.sizing.split !== 'inOrder' || parts.length < 2) return true
    const gross = WAD + terms.sizing.penaltyRate
    return parts.slice(0, -1).every(({ amount, collateral, shares }) => {
      const market = quotes.find(({ asset }) => asset === collateral.asset)?.market ?? ray(0n)
      const value = amount * market * WAD
      return (
        shares * position.index * gross <= value && (shares + 1n) * position.index * gross > value
      )
    })
  }),
)

test('SEI-10 plans in order of several lots are common', () => {
  const some = fc.sample(planned, { seed: 1, numRuns: 400 })
  const inOrder = some.filter(
    ({ parts, terms }) => parts.length > 1 && terms.sizing.split === 'inOrder',
  )
  expect(inOrder.length).toBeGreaterThan(15)
})
