/**
 * A slow model of spec/11-position.md and spec/04-seizure.md: no division, only searches for the
 * greatest or least whole number for which a product is small or large enough.
 */

import { Fixed, type Position, type Refusal, type Terms } from '../../../src/index.js'

const { RAY, WAD, rad } = Fixed

/** The greatest whole number of which `d` times is at most `n`: for d above zero. */
export const floorOf = (n: bigint, d: bigint): bigint => {
  let low = -1n
  while (low * d > n) low *= 2n
  let high = 1n
  while (high * d <= n) high *= 2n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * d <= n) low = middle
    else high = middle
  }
  return low
}

/** The least whole number of which `d` times is at least `n`: for d above zero. */
export const ceilOf = (n: bigint, d: bigint): bigint => -floorOf(-n, d)

const least = (...all: readonly bigint[]): bigint => all.reduce((a, b) => (b < a ? b : a))
const most = (...all: readonly bigint[]): bigint => all.reduce((a, b) => (b > a ? b : a))

/** A refusal in the order of checks. */
export interface Broken {
  readonly stage: number
  readonly refusal: Refusal.Refusal
}

export const outOfRange = (what: string, stage: number): Broken => ({
  stage,
  refusal: { _tag: 'OutOfRange', rule: 'FIX-5', what, stage },
})

/** The first of each name. */
const firsts = <A extends { readonly asset: string }>(all: readonly A[]): readonly A[] => [
  ...new Map([...all].reverse().map((one) => [one.asset, one])).values(),
]

/** The assets that the terms list, in their order, each once, as listed first. */
export const listed = ({ collaterals }: Terms.Terms): readonly Terms.Collateral[] =>
  collaterals.filter((one) => firsts(collaterals).includes(one))

export const amountOf = ({ holdings }: Position.Position, asset: string): bigint =>
  most(0n, firsts(holdings).find((one) => one.asset === asset)?.amount ?? 0n)

const quoteOf = (quotes: readonly Position.Quote[], asset: string): Position.Quote | undefined =>
  firsts(quotes).find((one) => one.asset === asset)

/** What one unit supports at a price, both sides of the fraction over 10^54 (POS-1). */
export const slowSupportPrice = ({ haircut, support }: Terms.Collateral, price: bigint): bigint => {
  const kept = RAY - haircut
  const part =
    support._tag === 'Ratio'
      ? kept
      : support._tag === 'LoanToValue'
        ? kept * support.share
        : kept * (RAY - support.share)
  const whole = support._tag === 'Ratio' ? support.ratio : RAY * RAY
  return part > 0n && whole > 0n ? floorOf(price * part, whole) : 0n
}

/** The rules of judging a position that are broken, in any order: 110 to 120. */
export const judged = (
  terms: Terms.Terms,
  position: Position.Position,
  quotes: readonly Position.Quote[],
): readonly Broken[] => {
  const fits = (n: bigint): boolean => terms.width === 'unbounded' || (n >= 0n && n < 2n ** 256n)
  const broken: Broken[] = []
  const holdsNothing = listed(terms).every(({ asset }) => amountOf(position, asset) === 0n)
  for (const { asset } of listed(terms))
    if (holdsNothing || amountOf(position, asset) > 0n)
      if (most(0n, quoteOf(quotes, asset)?.risk ?? 0n) === 0n)
        broken.push({ stage: 110, refusal: { _tag: 'NoRiskPrice', rule: 'POS-3', asset } })
  let support = 0n
  for (const one of listed(terms)) {
    const amount = amountOf(position, one.asset)
    if (amount === 0n) continue
    const unit = slowSupportPrice(one, most(0n, quoteOf(quotes, one.asset)?.risk ?? 0n))
    support += amount * unit
  }
  if (!fits(support)) broken.push(outOfRange('support of the collateral', 115))
  const debt = position.shares * position.index
  if (!fits(debt)) broken.push(outOfRange('debt of the position', 116))
  const owes = position.shares > 0n && position.index > 0n
  const enough = terms.unsafe === 'below' ? support >= debt : support > debt
  if (!owes || enough)
    broken.push({
      stage: 120,
      refusal: { _tag: 'Safe', rule: 'POS-2', support: rad(support), debt: rad(debt) },
    })
  return broken
}

export interface SlowPart {
  readonly asset: string
  readonly amount: bigint
  readonly shares: bigint
  readonly debt: bigint
  readonly target: bigint
}

/** Largest remainder by handing out: one unit at a time to whoever is furthest below what is due (SEI-9). */
export const slowSplit = (whole: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const total = weights.reduce((a, b) => a + b, 0n)
  if (total === 0n) return weights.map((_, i) => (i === 0 ? whole : 0n))
  const parts = weights.map((weight) => floorOf(whole * weight, total))
  const due = (i: number): bigint => whole * (weights[i] ?? 0n) - total * (parts[i] ?? 0n)
  for (let given = parts.reduce((a, b) => a + b, 0n); given < whole; given += 1n) {
    let furthest = 0
    for (let i = 1; i < parts.length; i += 1) if (due(i) > due(furthest)) furthest = i
    parts[furthest] = (parts[furthest] ?? 0n) + 1n
  }
  return parts
}

/** What a seizure comes to, by the rules one after the other: SEI-1 to SEI-10. */
export const slowPlan = (
  terms: Terms.Terms,
  position: Position.Position,
  quotes: readonly Position.Quote[],
  room: { readonly inHouse: bigint; readonly inLine: bigint },
): Broken | readonly SlowPart[] => {
  const fits = (n: bigint): boolean => terms.width === 'unbounded' || (n >= 0n && n < 2n ** 256n)
  const { cap, closeFactor, dust, penaltyRate, split } = terms.sizing
  const { index, shares } = position
  const nothing: Broken = { stage: 160, refusal: { _tag: 'NothingSeized', rule: 'SEI-5' } }
  if (shares <= 0n || index <= 0n) return nothing

  const left = least(room.inHouse, room.inLine)
  if (cap._tag === 'Slice' && !fits(left)) return outOfRange('room', 125)
  if (left < 1n || (cap._tag === 'Slice' && left < cap.minRoom))
    return {
      stage: 130,
      refusal: {
        _tag: 'CeilingReached',
        rule: 'SEI-1',
        roomInHouse: rad(room.inHouse),
        roomInLine: rad(room.inLine),
      },
    }
  if (closeFactor < WAD && !fits(shares * closeFactor))
    return outOfRange('shares under the close factor', 135)
  const asked = closeFactor < WAD ? floorOf(shares * closeFactor, WAD) : shares
  const raised = most(0n, asked, dust._tag === 'Absorb' ? ceilOf(dust.minDebt, index) : 0n)
  const money = cap._tag === 'Slice' ? least(left, cap.most) : left
  if (!fits(money * WAD)) return outOfRange('room', 140)
  const gross = WAD + penaltyRate
  if (gross <= 0n) return outOfRange('shares that fit the room', 142)
  let seized = least(shares, raised, floorOf(floorOf(money * WAD, index), gross))

  if (dust._tag !== 'Ignore' && seized < shares) {
    const { minDebt } = dust
    const rest = (shares - seized) * index
    const dusty = (debt: bigint): Broken => ({
      stage: 150,
      refusal: { _tag: 'DustyDebt', rule: 'SEI-4', debt: rad(debt), minDebt },
    })
    if (!fits(rest)) return outOfRange('debt left', 145)
    if (rest < minDebt && dust._tag === 'Refuse') return dusty(rest)
    if (rest < minDebt) seized = shares
    else if (dust._tag === 'Absorb' && seized * index < minDebt) return dusty(seized * index)
  }

  const amounts = listed(terms).map(({ asset }) => ({
    asset,
    product: amountOf(position, asset) * seized,
  }))
  if (!amounts.every(({ product }) => fits(product))) return outOfRange('collateral seized', 155)
  const some = amounts
    .map(({ asset, product }) => ({ asset, amount: floorOf(product, shares) }))
    .filter(({ amount }) => amount > 0n)
    .map((one) => ({ ...one, value: one.amount * (quoteOf(quotes, one.asset)?.market ?? 0n) }))
  if (some.length === 0) return nothing

  const cheap = some.find(({ value }) => value <= 0n)
  if (some.length > 1) {
    if (cheap !== undefined)
      return { stage: 165, refusal: { _tag: 'NoValue', rule: 'SEI-8', asset: cheap.asset } }
    if (!fits(some.reduce((sum, { value }) => sum + value, 0n)))
      return outOfRange('value of the collateral', 166)
    if (!some.every(({ value }) => fits(value * (split === 'inOrder' ? WAD : seized))))
      return outOfRange('split of the debt', 168)
  }
  const inOrder = (): readonly bigint[] => {
    const parts: bigint[] = []
    let rest = seized
    for (const { value } of some) {
      const isLast = parts.length === some.length - 1
      const part = isLast ? rest : least(rest, floorOf(value * WAD, index * gross))
      parts.push(part)
      rest -= part
    }
    return parts
  }
  const parts =
    some.length === 1
      ? [seized]
      : split === 'inOrder'
        ? inOrder()
        : slowSplit(
            seized,
            some.map(({ value }) => value),
          )
  const lots = some
    .map(({ amount, asset }, i) => {
      const debt = (parts[i] ?? 0n) * index
      const target = floorOf(debt * gross, WAD)
      return { asset, amount, shares: parts[i] ?? 0n, debt, target }
    })
    .filter((part) => part.shares > 0n)
  return lots.every(({ debt }) => fits(debt) && fits(debt * gross))
    ? lots
    : outOfRange('target', 170)
}
