/**
 * A house with lots up for sale, as lines for an engine, and lines that are commands to it or nearly are: what a
 * fuzzed engine decides, stores and pays upon.
 */

/** The lots of each line that are up from the start: MAIN sells ETH at a falling price, BIDS sells BTC by bids. */
const LOTS = 20

/** What the lines need, besides what the founding needs: cancelling, terms, the breaker and the time are not theirs. */
export const granted = 'open,positions,prices'
export const grantedToFound = 'breaker,open,positions,prices,terms'

const dutch = {
  _tag: 'Dutch',
  curve: { _tag: 'Stairs', stepEvery: '90', keepPerStep: '0.99' },
  markup: '1.2',
  reset: { _tag: 'WhenStale', after: '8400', below: '0.4' },
  reserve: '0.4',
  minLeft: '100',
  minCollateralLeft: '0.01',
  emptySale: 'refuse',
  edges: 'halfOpen',
}
const english = {
  _tag: 'English',
  minRaise: '0.05',
  bidLasts: '10800',
  lasts: '172800',
  ending: { _tag: 'Fixed' },
  reserve: '0.1',
  held: 'escrow',
  growth: '0',
  edges: 'halfOpen',
}
const collateral = (asset, sale) => ({
  asset,
  support: { _tag: 'Ratio', ratio: '1.5' },
  haircut: '0',
  sale,
})
const terms = (line, sold) => ({
  line,
  version: 1,
  width: 'unbounded',
  binding: 'inForce',
  unsafe: 'below',
  collaterals: [sold],
  ceiling: '1000000000000',
  sizing: {
    closeFactor: '1',
    cap: { _tag: 'Room' },
    dust: { _tag: 'Absorb', minDebt: '1000' },
    penaltyRate: '0.13',
    split: 'byValue',
  },
  reward: { flat: '10', rate: '0.001', limit: 'penalty', payer: { _tag: 'Protocol' } },
  lossAt: 'close',
})
const main = terms('MAIN', collateral('ETH', dutch))
const side = terms('BIDS', collateral('BTC', english))
const auction = { ...english, reserve: '0' }
const treasury = {
  line: 'TREASURY',
  version: 1,
  width: 'unbounded',
  wait: '3600',
  surplus: {
    token: 'GOV',
    lot: '10000',
    buffer: '50000',
    limit: '30000',
    minFirstBid: '1',
    sale: auction,
  },
  debt: { token: 'GOV', lot: '50000', tokens: '250', sale: { ...auction, growth: '0.5' } },
}

const toLot = (id, lot, command) => ({ id, ask: { _tag: 'ToLot', lot, command } })
const toHouse = (id, command) => ({ id, ask: { _tag: 'ToHouse', command } })
const toTreasury = (id, command) => ({ id, ask: { _tag: 'ToTreasury', command } })
const quote = (asset, price) => ({
  id: `first ${asset}`,
  ask: { _tag: 'Quote', asset, risk: price, market: price },
})

/** How much of an asset a position holds, against 600,000 of debt. */
const HELD = { ETH: '600', BTC: '30' }
const LINE = { ETH: 'MAIN', BTC: 'BIDS' }
const hold = (id, position, asset, more = {}) => ({
  id,
  ask: {
    _tag: 'Hold',
    seen: 0,
    position: {
      id: position,
      owner: 'olga',
      line: LINE[asset],
      holdings: [{ asset, amount: HELD[asset] }],
      shares: '600000',
      index: '1',
      ...more,
    },
  },
})
const open = (id, position) => ({ id, ask: { _tag: 'Open', keeper: 'kim', position } })

const firstPositions = Array.from({ length: 2 * LOTS }, (_, i) => [
  `p${i + 1}`,
  i < LOTS ? 'ETH' : 'BTC',
])

/** The lines that establish a store and put the first lots up, MAIN/1 and BIDS/1 and so on. Each of them happens. */
export const founding = [
  { id: 'establish', ask: { _tag: 'Establish', treasury, money: 6, tokens: [] } },
  toHouse('main', { _tag: 'ChangeTerms', terms: main }),
  toHouse('bids', { _tag: 'ChangeTerms', terms: side }),
  toHouse('house', { _tag: 'ChangeHouse', ceiling: '1000000000000', opens: true }),
  quote('ETH', '1400'),
  quote('BTC', '28000'),
  ...firstPositions.map(([position, asset]) => hold(`hold ${position}`, position, asset)),
  ...firstPositions.map(([position]) => open(`open ${position}`, position)),
].map((line) => JSON.stringify(line))

// What comes after

const zeros = (n) => '0'.repeat(n)

/** Amounts to buy or to spend: most of them can be, of a lot of 600. */
const amounts = [
  ...Array.from({ length: 8 }, (_, i) => `0.${zeros(i % 3)}${i + 1}`),
  '0.000000000000000001',
  '0',
  '-1',
  '-0.5',
  '1e400',
  `1.${zeros(18)}`,
  `1.${zeros(17)}01`,
]

/** More than any lot has. */
const tooMuch = ['599.999', '601', `1${zeros(77)}`, '9'.repeat(78), '9'.repeat(130)]
const limits = [...Array.from({ length: 12 }, () => '5000'), '9'.repeat(78), '100', '0', '-1']

/** Each makes a line that is a command, or nearly one; of `text` are names that nobody should have. */
export const kinds = (text) => {
  /** One of the last lots that may have been opened by then; some are of the other line, or are not there. */
  const lot = (line, n, draw) =>
    draw(16) > 0
      ? `${draw(16) > 0 ? line : 'MAIN'}/${Math.floor(n / 700) + 1 + draw(LOTS)}`
      : `${line}/${draw(2) * 1e6}`
  const bidder = (pick, draw) => (draw(4) > 0 ? `bidder ${draw(30)}` : pick(text))
  const want = (pick, draw) => {
    if (draw(200) === 0) return { _tag: 'All' }
    const amount = draw(200) === 0 ? pick(tooMuch) : pick(amounts)
    return draw(5) > 0 ? { _tag: 'Amount', amount } : { _tag: 'Spend', money: amount }
  }
  const take = (id, n, pick, draw) =>
    toLot(id, lot('MAIN', n, draw), {
      _tag: 'Take',
      bidder: bidder(pick, draw),
      want: want(pick, draw),
      limit: pick(limits),
      atLeast: draw(6) > 0 ? '0' : pick(amounts),
    })
  /** Of 30 BTC, from a tenth of their worth to a little above what is owed. */
  const raise = (id, n, pick, draw) =>
    toLot(id, lot('BIDS', n, draw), {
      _tag: draw(8) > 0 ? 'Raise' : 'Shrink',
      bidder: bidder(pick, draw),
      bid:
        draw(6) > 0
          ? `${84_000 + draw(600_000)}${zeros(45)}`
          : pick(['0', '-1', '9'.repeat(78), '1e400', '678000']),
      sold: draw(6) > 0 ? `30${zeros(18)}` : pick([`29${zeros(18)}`, '0', '-1', '9'.repeat(78)]),
    })
  /** Positions of lines that follow each other: held by one of them, and seized by another. */
  const near = (n, draw) => `r${Math.floor(n / 64)}/${draw(3)}`
  const bids = [
    (pick, n, draw) => take(`k${n}`, n, pick, draw),
    (pick, n, draw) => take(`k${n}`, n, pick, draw),
    (pick, n, draw) => take(`k${n}`, n, pick, draw),
    (pick, n, draw) => raise(`k${n}`, n, pick, draw),
    (pick, n, draw) => raise(`k${n}`, n, pick, draw),
    // An id again, most often with other content.
    (pick, n, draw) => take(`again ${draw(4000)}`, n, pick, draw),
    (pick, n, draw) => raise(draw(4) > 0 ? `k${n}` : pick(text), n, pick, draw),
  ]
  const all = [
    ...bids,
    // Positions and openings.
    (pick, n, draw) =>
      hold(`k${n}`, draw(5) > 0 ? near(n, draw) : `p${1 + draw(50)}`, pick(['ETH', 'ETH', 'BTC']), {
        ...(draw(8) === 0 && { shares: pick([...amounts, ...tooMuch]) }),
        ...(draw(8) === 0 && { owner: pick(text) }),
        ...(draw(20) === 0 && { line: pick(text) }),
      }),
    (pick, n, draw) => hold(`k${n}`, near(n, draw), pick(['ETH', 'BTC'])),
    (pick, n, draw) => open(`k${n}`, draw(5) > 0 ? near(n, draw) : pick([...text, 'p1'])),
    (pick, n, draw) => open(`k${n}`, near(n, draw)),
    // What needs no authority, and is most often too soon.
    (pick, n, draw) =>
      toLot(
        `k${n}`,
        lot(pick(['MAIN', 'BIDS']), n, draw),
        pick([{ _tag: 'Settle' }, { _tag: 'Restart' }, { _tag: 'Reset', keeper: pick(text) }]),
      ),
    (pick, n) =>
      toTreasury(
        `k${n}`,
        pick([
          {
            _tag: 'Heal',
            amount: pick([...amounts, ...tooMuch]),
            of: pick(['ready', 'onAuction']),
          },
          { _tag: 'Mature' },
          { _tag: 'OpenSurplus' },
          { _tag: 'OpenDebt' },
        ]),
      ),
    // What nobody was granted.
    (pick, n, draw) =>
      pick([
        toLot(`k${n}`, lot(pick(['MAIN', 'BIDS']), n, draw), { _tag: 'Cancel' }),
        toLot(`k${n}`, lot(pick(['MAIN', 'BIDS']), n, draw), { _tag: 'Settle', at: 7 }),
        toHouse(`k${n}`, { _tag: 'ChangeHouse', ceiling: '0', opens: false }),
        toHouse(`k${n}`, { _tag: 'ChangeLevel', line: 'MAIN', level: 3 }),
        toHouse(`k${n}`, { _tag: 'ChangeTerms', terms: { ...main, version: 2 } }),
        toTreasury(`k${n}`, { _tag: 'Receive', from: pick(text), amount: pick(amounts) }),
      ]),
  ]
  return { all, bids }
}
