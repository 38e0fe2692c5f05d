/**
 * Counterexamples again, in the code: each takes the numbers that a solver found, asks the TypeScript, and answers with
 * what that said, by the solver's names, and whether the false claim is broken there too.
 */

const saleIn = ({ Dutch }, v, price = v.price) =>
  Dutch.sale({ collateral: v.collateral, target: v.target }, price, v.wanted, {
    minLeft: v['min-left'],
    minCollateralLeft: v['min-collateral'],
  })

/** A quote of the same sale, where empty sales are refused or allowed. */
const quoteIn = ({ Dutch, dutchLot, dutchOf }, v, emptySale) =>
  Dutch.quote(
    dutchOf({ minLeft: v['min-left'], minCollateralLeft: v['min-collateral'], emptySale }),
    dutchLot({ collateral: v.collateral, target: v.target, startPrice: v.price }),
    0,
    { _tag: 'Amount', amount: v.wanted },
  )

const isRefused = (answer, tag) => answer._tag === 'Left' && answer.left._tag === tag

const refusedPart = (core, v) => {
  const sale = saleIn(core, v)
  return {
    says: { kind: sale === undefined ? 0n : -1n },
    broken:
      sale === undefined && v.wanted > 0n && isRefused(quoteIn(core, v, 'refuse'), 'TooLittleLeft'),
  }
}

const atLower = (core, v) => ({ now: saleIn(core, v), then: saleIn(core, v, v.lower) })

const lotOf = ({ englishLot }, v, more) =>
  englishLot(v.goods ?? 0n, {
    sold: v.sold,
    bid: v.standing,
    bidder: 'ann',
    bidExpiresAt: 9,
    endsAt: 20,
    target: v.target,
    reserve: v.reserve ?? 0n,
    ...more,
  })

const powerFrom = (x, n, times) =>
  [...n.toString(2)]
    .slice(1)
    .reduce((p, bit) => (bit === '1' ? times(times(p, p), x) : times(p, p)), x)

export const replays = {
  'power-from-highest-bit': ({ Fixed }, { x }) => {
    const times = (a, b) => Fixed.mulDiv(a, b, 23n, 'halfUp')
    const [p13, p14] = [13n, 14n].map((n) => powerFrom(x, n, times))
    return { says: { p13, p14 }, broken: p14 > p13 }
  },
  'power-from-highest-bit-floor': ({ Fixed }, { x }) => {
    const times = (a, b) => Fixed.mulDiv(a, b, Fixed.RAY, 'floor')
    const [p581, p582] = [581n, 582n].map((n) => powerFrom(x, n, times))
    return {
      says: { p581, p582 },
      broken: p582 > p581 && Fixed.rpow(x, 582n) <= Fixed.rpow(x, 581n),
    }
  },
  'power-never-rounds-up': ({ Fixed }, { x }) => {
    const squared = Fixed.rpow(x, 2n)
    return { says: { squared }, broken: squared * Fixed.RAY > x * x }
  },
  'power-within-a-unit': ({ Fixed }, { x }) => {
    const p5 = Fixed.rpow(x, 5n)
    const off = p5 * Fixed.RAY ** 4n - x ** 5n
    return { says: { p5 }, broken: (off < 0n ? -off : off) > Fixed.RAY ** 4n }
  },
  // The power of 0.99 itself stays the same from 5741 to 5742.
  'power-strictly-falls': ({ Fixed }, { p, x }) => {
    const share = (99n * Fixed.RAY) / 100n
    const power = Fixed.rpow(share, 5741n)
    return {
      says: { p: Fixed.mulDiv(p, x, Fixed.RAY, 'halfUp') },
      broken: power > 0n && Fixed.rpow(share, 5742n) === power,
    }
  },
  'decays-to-nothing': ({ Fixed }) => {
    const next = (n) => Fixed.mulDiv(n, 990n, 1000n, 'halfUp')
    const end = Array.from({ length: 5000 }).reduce(next, 1000n)
    return { says: { p: end }, broken: end > 0n && next(end) === end }
  },
  'payment-buys-something': (core, v) => {
    const sale = saleIn(core, v)
    return {
      says: sale,
      broken:
        sale.paid > 0n &&
        sale.bought === 0n &&
        quoteIn(core, v, 'allow')._tag === 'Right' &&
        isRefused(quoteIn(core, v, 'refuse'), 'NothingBought'),
    }
  },
  'payment-is-exact': (core, v) => {
    const sale = saleIn(core, v)
    return { says: sale, broken: sale.paid !== sale.bought * v.price }
  },
  'part-is-never-refused': refusedPart,
  'part-is-never-refused-for-collateral': refusedPart,
  'lower-price-sells-more': (core, v) => {
    const { now, then } = atLower(core, v)
    return {
      says: { bought: now.bought, 'bought-lower': then.bought },
      broken: then.bought < now.bought,
    }
  },
  'waiting-is-cheaper': (core, v) => {
    const { now, then } = atLower(core, v)
    return {
      says: { ...now, 'paid-lower': then.paid, 'bought-lower': then.bought },
      broken: then.paid * now.bought > now.paid * then.bought,
    }
  },
  'losses-are-always-booked': (core, v) => {
    const sale = saleIn(core, v)
    const answer = core.Dutch.decide(
      core.dutchOf({ minLeft: v['min-left'] }),
      0,
      core.dutchLot({
        collateral: v.collateral,
        target: v.target,
        debt: v.target,
        startPrice: v.price,
      }),
      {
        _tag: 'Take',
        at: 0,
        bidder: 'ann',
        want: { _tag: 'Amount', amount: v.wanted },
        limit: v.price,
        atLeast: 0n,
      },
    )
    return {
      says: sale,
      broken:
        answer._tag === 'Right' &&
        answer.right.length === 1 &&
        v.target - sale.paid > 1000n * (v.collateral - sale.bought) * v.price,
    }
  },
  'price-zero-is-harmless': (core, v) => {
    const quote = quoteIn(core, v, 'allow')
    return {
      says: quote.right,
      broken:
        quote.right.ends &&
        quote.right.paid === 0n &&
        isRefused(quoteIn(core, v, 'refuse'), 'NothingWanted'),
    }
  },
  'open-target-is-never-small': (core, v) => ({
    ...refusedPart(core, v),
    broken: v.target < v['min-left'],
  }),
  // The lot's fold conserves whatever it is told was paid; what a real sale pays is capped.
  'conservation-caps-payments': ({ Dutch, Lot, dutchLot }, { debt, paid, target }) => {
    const lot = dutchLot({ collateral: 1n, debt, target })
    const told = { _tag: 'Taken', at: 0, bought: 1n, repaid: debt, penalty: paid - debt }
    const capped = Dutch.sale(lot, paid, 1n, { minLeft: 0n, minCollateralLeft: 0n })
    const { target: left } = Lot.evolve(lot, told)
    return { says: { left }, broken: left < 0n && paid + left === target && capped.paid === target }
  },
  'bid-is-always-a-step': (core, v) => {
    const answer = core.English.decide(
      core.englishOf({ minRaise: v['min-raise'] }),
      0,
      lotOf(core, v),
      {
        _tag: 'Raise',
        at: 5,
        bidder: 'bob',
        bid: v.bid,
        sold: v.sold,
      },
    )
    return {
      says: { bid: answer.right?.[0].bid },
      broken: v.bid * core.Fixed.WAD < (core.Fixed.WAD + v['min-raise']) * v.standing,
    }
  },
  'winner-gets-something': (core, v) => {
    const answer = core.English.decide(
      core.englishOf({ minRaise: v['min-raise'] }),
      0,
      lotOf(core, v),
      {
        _tag: 'Shrink',
        at: 5,
        bidder: 'bob',
        bid: v.standing,
        sold: v.less,
      },
    )
    const shrunk = answer.right[0]
    return { says: { less: shrunk.sold }, broken: shrunk.sold === 0n && shrunk.paid > 0n }
  },
  'strict-edges-leave-no-gap': (core, v) => {
    const auction = core.englishOf({ edges: 'strict' })
    const lot = lotOf(core, v, { bidExpiresAt: Number(v.expires), endsAt: Number(v.ends) })
    const at = Number(v.at)
    const commands = [
      { _tag: 'Settle', at },
      { _tag: 'Raise', at, bidder: 'bob', bid: v.standing + 1n, sold: v.sold },
      { _tag: 'Shrink', at, bidder: 'bob', bid: v.standing, sold: 0n },
    ]
    const answers = commands.map((command) => core.English.decide(auction, 0, lot, command))
    return {
      says: {},
      broken:
        isRefused(answers[0], 'NotWon') &&
        answers
          .slice(1)
          .every((answer) => ['BidExpired', 'PastEnd'].some((tag) => isRefused(answer, tag))),
    }
  },
  'absorbed-dust-keeps-the-room': (core, v) => {
    const answer = core.planOf({
      size: {
        closeFactor: v['close-factor'],
        penaltyRate: v['penalty-rate'],
        dust: core.dustOf(v.dust, v['min-debt']),
      },
      index: v.index,
      shares: v.shares,
      eth: v.shares,
      inHouse: v['in-house'],
      inLine: v['in-line'],
    })
    const [{ shares, target }] = answer.right
    const room = v['in-house'] < v['in-line'] ? v['in-house'] : v['in-line']
    return { says: { kept: shares }, broken: target > room }
  },
  'parts-raise-the-whole': ({ Fixed, Seizure, termsOf }, { a, b, gross }) => {
    const terms = termsOf({ penaltyRate: gross - Fixed.WAD })
    const [parts, whole] = [
      Seizure.targetOf(terms, a) + Seizure.targetOf(terms, b),
      Seizure.targetOf(terms, a + b),
    ]
    return { says: { parts, whole }, broken: parts !== whole }
  },
  'shares-are-rounded-down': ({ Seizure }, { v, w, whole }) => {
    const [first, second] = Seizure.splitByWeight(whole, [v, w])
    return { says: { first, second }, broken: first > (whole * v) / (v + w) }
  },
  'handing-back-restores': ({ Position }, { debt, index }) => {
    const position = { id: 'p', owner: 'olga', line: 'L', holdings: [], shares: 0n, index }
    const { shares: back } = Position.evolve(position, {
      _tag: 'Cancelled',
      goods: { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'olga' },
      collateral: 1n,
      debt,
    })
    return { says: { back }, broken: back * index > debt }
  },
  'price-is-rounded-once': ({ Curve }, v) => {
    const zeroAfter = v['zero-after']
    const price = Curve.priceAt(Curve.unchecked.linear(zeroAfter))(v.start, v.elapsed).right
    return { says: { price }, broken: price < (v.start * (zeroAfter - v.elapsed)) / zeroAfter }
  },
  'rewards-stay-below-the-penalty': ({ Reward, termsOf }, v) => {
    const { debt, flat, rate, rewarded, target } = v
    const terms = termsOf(
      {},
      { reward: { flat, rate, limit: 'none', payer: { _tag: 'Protocol' } } },
    )
    const lot = { target, debt, collateral: target, rewarded }
    const { right: reward } = Reward.forReset(terms, lot, 1n, 0n)
    return { says: { reward }, broken: rewarded + reward > target - debt }
  },
}
