/**
 * Bids, the treasury and rewards of the prelude beside the code: the second half of agree.mjs.
 */

import { asInt, call } from './draw.mjs'

export const bids = ({ English, Fixed, englishLot, englishOf, stageOf }, { flip, from, upTo }) => {
  const { RAY, WAD } = Fixed
  const [goods, stands, same, strict] = [upTo(2n), flip(), flip(), flip()]
  const [expires, ends, hard, at, by] = [
    from(5n, 12n),
    from(5n, 12n),
    from(12n, 16n),
    upTo(13n),
    upTo(9n),
  ]
  const [sold, target, reserve, debt] = [upTo(20n), from(1n, 20n), upTo(5n), upTo(9n)]
  const standing = flip() ? target : upTo(20n)
  const [minRaise, growth] = [upTo(2n) * (WAD / 20n), from(-WAD, WAD)]
  const held = flip() ? 'escrow' : 'income'
  const [bid, less] = [flip() ? standing + from(-1n, 2n) : upTo(24n), from(-1n, sold)]
  const [givenSold, givenBid] = [sold + upTo(3n) / 3n, standing + upTo(3n) / 3n]
  const auction = englishOf({
    minRaise,
    growth,
    edges: strict ? 'strict' : 'halfOpen',
    ending: { _tag: 'Extended', by, hardEnd: 20n },
  })
  const lot = englishLot(goods, {
    sold,
    bid: standing,
    bidder: stands ? 'ann' : undefined,
    bidExpiresAt: stands ? Number(expires) : undefined,
    endsAt: Number(ends),
    hardEndsAt: Number(hard),
    target,
    debt,
    reserve,
    held,
  })
  const bidder = same && stands ? 'ann' : 'bob'
  const second = Number(at)
  const ask = (command) => English.decide(auction, 0, lot, { at: second, ...command })
  const raised = ask({ _tag: 'Raise', bidder, bid, sold: givenSold })
  const shrunk = ask({ _tag: 'Shrink', bidder, bid: givenBid, sold: less })
  const settled = ask({ _tag: 'Settle' })
  const restarted = englishLot(2n, { sold, bid: 0n, endsAt: 0 })
  const grown = English.decide(auction, 0, restarted, { _tag: 'Restart', at: 1, market: 0n })
  const [share, market] = [from(0n, RAY), from(1n, 3n)]
  const least = English.reserveOf(englishOf({ reserve: share }), 'ETH', sold, target, market)
  const isSame = bidder === 'ann'
  const timing = [goods, stands, expires, ends, at, sold, standing, target]
  const event = (answer) => (answer._tag === 'Right' ? answer.right[0] : undefined)
  const paidBy = (found, paid) =>
    found === undefined
      ? []
      : [
          [paid, found.paid],
          [call('outbid-paid', stands, isSame, standing), found.outbid?.amount ?? 0n],
          [call('extended-end', ends, hard, at, by), BigInt(found.endsAt)],
        ]
  const raise = event(raised)
  const isIncome = held === 'income' && goods === 0n
  return [
    [call('raise-stage', ...timing, reserve, minRaise, bid, givenSold), stageOf(raised)],
    [call('shrink-stage', ...timing, minRaise, givenBid, less), stageOf(shrunk)],
    [asInt(call('is-won', strict, stands, expires, ends, at)), BigInt(settled._tag === 'Right')],
    [call('restart-sold', 2n, sold, growth), event(grown).sold],
    [call('restart-sold', 0n, sold, growth), sold],
    [call('reserve-of', share, sold, target, market), least.right],
    ...paidBy(raise, call('raise-paid', isSame, standing, bid)),
    ...paidBy(event(shrunk), call('shrink-paid', isSame, standing)),
    ...(raise === undefined || !isIncome
      ? []
      : [
          [call('repaid-of', call('-', bid, standing), debt), raise.repaid],
          [call('penalty-of', call('-', bid, standing), debt), raise.penalty],
        ]),
  ]
}

export const treasury = (core, { flip, from, upTo }) => {
  const { Fixed, Reward, Treasury, englishOf, stageOf, termsOf } = core
  const [surplus, queued, onAuction, selling] = [upTo(40n), upTo(9n), upTo(9n), upTo(20n)]
  const losses = queued + onAuction + (flip() ? 0n : upTo(20n))
  const [opens, ofAuctions, limited] = [flip(), flip(), flip()]
  const [size, buffer, limit, tokens, wait] = [
    from(-1n, 9n),
    from(-1n, 9n),
    upTo(30n),
    from(-1n, 5n),
    upTo(9n),
  ]
  const [amount, queuedAt, at] = [from(-1n, 12n), upTo(9n), upTo(20n)]
  const { sale } = englishOf({})
  const decide = Treasury.decide({
    line: 'T',
    version: 1,
    width: 'unbounded',
    wait,
    surplus: { token: 'MKR', lot: size, buffer, limit, minFirstBid: 0n, sale },
    debt: { token: 'MKR', lot: size, tokens, sale },
  })
  const state = (surplusNow) => ({
    ...Treasury.empty,
    surplus: surplusNow,
    losses,
    queued,
    onAuction,
    selling,
    opens,
  })
  const stage = (command, entry, surplusNow = surplus) =>
    stageOf(decide(state(surplusNow), entry, { at: Number(at), ...command }))
  const poor = flip() ? 0n : surplus
  const [flat, rate, target] = [from(-2n, 9n), from(-5n, Fixed.WAD), from(1n, 60n)]
  const [debt, rewarded, collateral] = [upTo(target), upTo(20n), from(1n, 9n)]
  const [market, minLeft, first] = [from(1n, 9n), upTo(60n), flip()]
  const reward = { flat, rate, limit: limited ? 'penalty' : 'none', payer: { _tag: 'Protocol' } }
  const terms = termsOf({}, { reward })
  const lot = { target, debt, collateral, rewarded }
  const totals = [surplus, losses, queued, onAuction]
  return [
    [
      call('heal-stage', ...totals, amount, ofAuctions),
      stage({ _tag: 'Heal', amount, of: ofAuctions ? 'onAuction' : 'ready' }),
    ],
    [
      call('mature-stage', queued, amount, queuedAt, wait, at),
      stage({ _tag: 'Mature' }, { queuedAt: Number(queuedAt), amount }),
    ],
    [
      call('surplus-stage', ...totals, selling, opens, size, buffer, limit),
      stage({ _tag: 'OpenSurplus' }),
    ],
    [
      call('debt-stage', poor, losses, queued, onAuction, opens, size, tokens),
      stage({ _tag: 'OpenDebt' }, undefined, poor),
    ],
    [call('ready-of', losses, queued, onAuction), Treasury.ready(state(surplus))],
    [
      call('earned-of', flat, rate, limited, target, debt, 0n, first),
      Reward.forOpening(terms, lot, first).right,
    ],
    [
      call(
        'reset-reward',
        flat,
        rate,
        limited,
        target,
        debt,
        rewarded,
        collateral,
        market,
        minLeft,
      ),
      Reward.forReset(terms, lot, market, minLeft).right,
    ],
  ]
}
