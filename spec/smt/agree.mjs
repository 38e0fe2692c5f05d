/**
 * The prelude beside the code: of every function there that the code has too, some hundred cases drawn from a fixed
 * seed, each as a term for a solver and as what the TypeScript says.
 */

import { bids, treasury } from './agree-bids.mjs'
import { asInt, call, drawer } from './draw.mjs'

const fixed = ({ Fixed }, { from }) => {
  const [x, y, d] = [from(-30n, 30n), from(-9n, 9n), from(1n, 12n)]
  const n = call('*', x, y)
  const share = from(0n, Fixed.RAY)
  return [
    [call('floor-of', n, d), Fixed.mulDiv(x, y, d, 'floor')],
    [call('floor-in-code', n, d), Fixed.mulDiv(x, y, d, 'floor')],
    [call('ceil-of', n, d), Fixed.mulDiv(x, y, d, 'ceil')],
    [call('half-up-of', n, d), Fixed.mulDiv(x, y, d, 'halfUp')],
    [call('half-even-of', n, d), Fixed.mulDiv(x, y, d, 'halfEven')],
    [call('times', share, share, 'RAY'), Fixed.rpow(share, 2n)],
    [call('times', share, call('times', share, share, 'RAY'), 'RAY'), Fixed.rpow(share, 3n)],
  ]
}

const curve = ({ Curve, Fixed }, { from }) => {
  const { RAY } = Fixed
  const { capped, constant, floored, linear, piecewise, scaled } = Curve.unchecked
  const shareOf = (one, elapsed) => Curve.priceAt(one)(RAY, elapsed).right
  const [zeroAfter, t, u] = [from(1n, 50n), from(0n, 20n), from(21n, 50n)]
  const elapsed = from(0n, 60n)
  const between = from(t + 1n, u - 1n > t ? u - 1n : t + 1n)
  const [share, by, low] = [from(0n, RAY), from(0n, RAY), from(0n, RAY)]
  const points = [
    { after: t, share },
    { after: u, share: low },
  ]
  return [
    [call('linear-share', zeroAfter, elapsed), shareOf(linear(zeroAfter), elapsed)],
    [
      call('straight-share', t, share, u, low, between),
      shareOf(piecewise(points, 'linear', 'hold'), between),
    ],
    [call('scaled-share', share, by), shareOf(scaled(by, constant(share)), 0n)],
    [call('floored-share', share, by), shareOf(floored(by, constant(share)), 0n)],
    [call('capped-share', share, by), shareOf(capped(by, constant(share)), 0n)],
    [call('price-of', low, share), Curve.priceAt(constant(share))(low, 0n).right],
  ]
}

/** A take, whole: its want, staleness, kind, payment and stage; and a start price. */
const dutch = ({ Curve, Dutch, Fixed, dutchLot, dutchOf, stageOf }, { flip, from }) => {
  const [collateral, target, price] = [from(1n, 12n), from(1n, 60n), from(0n, 9n)]
  const [minLeft, minCollateralLeft] = [from(0n, 40n), from(0n, 9n)]
  const [after, elapsed, n] = [from(0n, 9n), from(0n, 10n), from(-2n, 40n)]
  const [limit, atLeast, below] = [from(0n, 20n), from(0n, 6n), from(0n, Fixed.RAY)]
  const start = price * from(1n, 3n)
  const [strict, refuses, spends] = [flip(), flip(), flip()]
  const auction = dutchOf({
    curve: Curve.unchecked.constant(
      start === 0n ? Fixed.RAY : (price * Fixed.RAY + start - 1n) / start,
    ),
    reset: { _tag: 'WhenStale', after, below },
    minLeft,
    minCollateralLeft,
    emptySale: refuses ? 'refuse' : 'allow',
    edges: strict ? 'strict' : 'halfOpen',
  })
  const lot = dutchLot({ collateral, target, startPrice: start })
  const want = spends ? { _tag: 'Spend', money: n } : { _tag: 'Amount', amount: n }
  const answer = Dutch.decide(auction, 0, lot, {
    _tag: 'Take',
    at: Number(elapsed),
    bidder: 'b',
    want,
    limit,
    atLeast,
  })
  const wanted = spends
    ? call('wanted-spend', n, collateral, price)
    : call('wanted-amount', n, collateral)
  const sale = [collateral, target, price, wanted, minLeft, minCollateralLeft]
  const [kind, paid, bought] = ['sale-kind', 'sale-paid', 'sale-bought'].map((name) =>
    call(name, ...sale),
  )
  const ends = `(or (= ${paid} ${target}) (= ${bought} ${collateral}))`
  const stale = call('is-stale', strict, after, below, elapsed, price, start)
  const stage = call(
    'take-stage',
    stale,
    price,
    limit,
    refuses,
    wanted,
    kind,
    bought,
    ends,
    atLeast,
  )
  const taken = answer._tag === 'Right' ? answer.right[0] : undefined
  const market = from(-2n, 30n)
  const markup = from(0n, 2n * Fixed.RAY)
  const begun = Dutch.startPriceOf(dutchOf({ markup }), 'ETH', market)
  return [
    [stage, stageOf(answer)],
    [call('start-price-of', market, markup), begun._tag === 'Right' ? begun.right : -1n],
    ...(taken === undefined
      ? []
      : [
          [paid, taken.repaid + taken.penalty],
          [bought, taken.bought],
          [asInt(ends), BigInt(answer.right.length === 2)],
        ]),
  ]
}

/** What a seizure of one asset seizes, and what several share. */
const seizure = ({ Fixed, Position, Seizure, dustOf, planOf, stageOf }, { flip, from, upTo }) => {
  const { WAD } = Fixed
  const [shares, index, eth, btc] = [from(1n, 60n), from(1n, 5n), from(0n, 30n), from(1n, 30n)]
  const [dust, minDebt, closeFactor] = [upTo(2n), upTo(80n), from(-WAD, 2n * WAD)]
  const [inHouse, inLine, most, minRoom] = [from(-5n, 400n), from(-5n, 400n), upTo(200n), upTo(60n)]
  const [penaltyRate, sliced] = [upTo(WAD), flip()]
  const cap = sliced ? { _tag: 'Slice', most, minRoom } : { _tag: 'Room' }
  const size = { closeFactor, cap, dust: dustOf(dust, minDebt), penaltyRate }
  const answer = planOf({ size, index, shares, eth, inHouse, inLine })
  const room = call('least', inHouse, inLine)
  const gross = WAD + penaltyRate
  const fit = call('fit-of', call('capped-room', room, sliced, most), index, gross)
  const part = call('least', call('asked-of', shares, index, closeFactor, dust, minDebt), fit)
  const kept = call('undusted-of', shares, index, part, dust, minDebt)
  const amount = call('seized-of', eth, kept, shares)
  const [first, second] = [
    call('room-stage', room, sliced, minRoom),
    call('dust-stage', shares, index, part, dust, minDebt),
  ]
  const stage = `(ite (> ${first} 0) ${first} (ite (> ${second} 0) ${second} (ite (= ${amount} 0) 160 0)))`
  const lot = answer._tag === 'Right' ? answer.right[0] : undefined
  const ample = { index, shares, eth: btc, btc, inHouse: 10n ** 6n, inLine: 10n ** 6n }
  const inOrder = planOf({
    size: { penaltyRate, split: 'inOrder' },
    ...ample,
    prices: [from(1n, 9n), 1n],
  })
  const value = inOrder.right[0].amount * inOrder.right[0].market
  const position = { id: 'p', owner: 'o', line: 'L', holdings: [], shares: 0n, index }
  const goods = { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'o' }
  const handed = Position.evolve(position, {
    _tag: 'Cancelled',
    goods,
    collateral: 1n,
    debt: minDebt,
  })
  const covered = call('least', shares, call('covers-of', value, index, gross))
  return [
    [stage, stageOf(answer)],
    [covered, inOrder.right.find(({ collateral }) => collateral.asset === 'ETH')?.shares ?? 0n],
    [call('shares-of', minDebt, index), handed.shares],
    ...split(Seizure, shares, [eth, btc, upTo(30n)]),
    ...(lot === undefined
      ? []
      : [
          [kept, lot.shares],
          [amount, lot.amount],
          [call('target-of', lot.debt, gross), lot.target],
        ]),
  ]
}

const split = (Seizure, whole, weights) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  const products = weights.map((weight) => whole * weight)
  const left = whole - products.reduce((sum, product) => sum + product / total, 0n)
  const parts = Seizure.splitByWeight(whole, weights)
  return products.map((product, i) => {
    const rank = products
      .flatMap((other, j) =>
        i === j ? [] : [call('before', other % total, product % total, j < i)],
      )
      .join(' ')
    return [call('with-left', product / total, `(+ ${rank})`, left), parts[i]]
  })
}

/** All cases: what is asked of a solver, and what the code says. */
export const casesOf = (core, count = 150) => {
  const draw = drawer(20200312n)
  return [fixed, curve, dutch, seizure, bids, treasury].flatMap((room) =>
    Array.from({ length: count }, () => room(core, draw))
      .flat()
      .map(([asked, says]) => ({ asked, says })),
  )
}
