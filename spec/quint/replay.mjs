/**
 * Takes the TypeScript through the steps of traces (ITF) of the model: each command is done, or refused by the same name,
 * and every variable of the model is then compared with the book, and with what its postings add up to.
 *
 * node replay.mjs DIST TRACE…
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

const [dist, ...traces] = process.argv.slice(2)
const load = (name) => import(pathToFileURL(join(dist, name)).href)
const { Curve, Fixed, Ledger } = await load('index.mjs')
const { Book, Books, Laws } = await load('engine/index.mjs')
const { RAY, WAD } = Fixed

// The terms of the model: dutch.qnt, english.qnt, house.qnt

const bids = {
  _tag: 'English',
  minRaise: WAD / 10n,
  bidLasts: 4n,
  lasts: 12n,
  ending: { _tag: 'Extended', by: 3n, hardEnd: 18n },
  reserve: RAY / 2n,
  held: 'escrow',
  growth: WAD / 2n,
  edges: 'halfOpen',
}
const asset = (name, sale) => ({
  asset: name,
  support: { _tag: 'Ratio', ratio: (3n * RAY) / 2n },
  haircut: 0n,
  sale,
})
const falling = {
  _tag: 'Dutch',
  curve: Curve.unchecked.linear(10n),
  markup: (6n * RAY) / 5n,
  reset: { _tag: 'WhenStale', after: 5n, below: (4n * RAY) / 10n },
  reserve: 0n,
  minLeft: 10n,
  minCollateralLeft: 2n,
  emptySale: 'refuse',
  edges: 'halfOpen',
}
const terms = {
  line: 'L',
  version: 1,
  width: 'unbounded',
  binding: 'inForce',
  unsafe: 'below',
  collaterals: [asset('ETH', falling), asset('BTC', bids)],
  ceiling: 120n,
  sizing: {
    closeFactor: (6n * WAD) / 10n,
    cap: { _tag: 'Room' },
    dust: { _tag: 'Absorb', minDebt: 10n },
    penaltyRate: WAD / 10n,
    split: 'byValue',
  },
  reward: { flat: 1n, rate: WAD / 50n, limit: 'penalty', payer: { _tag: 'Protocol' } },
  lossAt: 'close',
}
const own = { ...bids, lasts: 8n, ending: { _tag: 'Fixed' } }
const treasuryTerms = {
  line: 'T',
  version: 1,
  width: 'unbounded',
  wait: 3n,
  surplus: { token: 'MKR', lot: 5n, buffer: 2n, limit: 10n, minFirstBid: 1n, sale: own },
  debt: { token: 'MKR', lot: 5n, tokens: 10n, sale: { ...own, held: 'income' } },
}

// What a step asks

const nameOf = (id) => (id < 100n ? `L/${id}` : `T/${id - 100n}`)

const commandOf = ({ a, b, command, lot, who }, at) => {
  const toLot = (rest) => ({ _tag: 'ToLot', lot: nameOf(lot), command: { at, ...rest } })
  const toHouse = (rest) => ({ _tag: 'ToHouse', command: { at, ...rest } })
  const toTreasury = (rest, more) => ({ _tag: 'ToTreasury', command: { at, ...rest }, ...more })
  switch (command) {
    case 'open':
      return {
        _tag: 'Open',
        at,
        keeper: 'kim',
        position: who,
        quotes: ['ETH', 'BTC'].map((name) => ({ asset: name, risk: a, market: a })),
      }
    case 'take':
      return toLot({
        _tag: 'Take',
        bidder: who,
        want: { _tag: 'Amount', amount: a },
        limit: RAY,
        atLeast: 0n,
      })
    case 'reset':
      return toLot({ _tag: 'Reset', keeper: who, market: a })
    case 'raise':
      return toLot({ _tag: 'Raise', bidder: who, bid: a, sold: b })
    case 'shrink':
      return toLot({ _tag: 'Shrink', bidder: who, bid: a, sold: b })
    case 'restart':
      return toLot({ _tag: 'Restart', market: a })
    case 'settle':
      return toLot({ _tag: 'Settle' })
    case 'cancel':
      return toLot({ _tag: 'Cancel' })
    case 'level':
      return toHouse({ _tag: 'ChangeLevel', line: 'L', level: Number(a) })
    case 'house':
      return toHouse({ _tag: 'ChangeHouse', ceiling: a, opens: b === 1n })
    case 'receive':
      return toTreasury({ _tag: 'Receive', from: 'fees', amount: a })
    case 'mature':
      return toTreasury({ _tag: 'Mature' }, { queuedAt: Number(a) })
    case 'heal':
    case 'healAuctions':
      return toTreasury({ _tag: 'Heal', amount: a, of: command === 'heal' ? 'ready' : 'onAuction' })
    case 'openSurplus':
      return toTreasury({ _tag: 'OpenSurplus' })
    case 'openDebt':
      return toTreasury({ _tag: 'OpenDebt' })
    default:
      throw new Error(`the model has a command that is not replayed: ${command}`)
  }
}

// The book, in the model's words

const idOf = (name) => BigInt(name.slice(2)) + (name.startsWith('T') ? 100n : 0n)

const lotIn = (lot) => {
  const isDutch = lot._tag === 'Dutch'
  const { goods } = lot
  return {
    isDutch,
    goods: goods._tag,
    asset: goods.asset ?? '',
    position: goods.position ?? '',
    sold: isDutch ? lot.collateral : lot.sold,
    debt: lot.debt,
    target: lot.target,
    ended: lot.ended,
    lastAt: BigInt(lot.lastAt),
    startPrice: isDutch ? lot.startPrice : 0n,
    startedAt: BigInt(isDutch ? lot.startedAt : 0),
    rewarded: isDutch ? lot.rewarded : 0n,
    bid: isDutch ? 0n : lot.bid,
    bidder: lot.bidder ?? '',
    expiresAt: BigInt(lot.bidExpiresAt ?? 0),
    endsAt: BigInt(lot.endsAt ?? 0),
    hardEndsAt: BigInt(lot.hardEndsAt ?? 0),
    reserve: lot.reserve ?? 0n,
  }
}

const mapped = (map, key, value) =>
  Object.fromEntries(
    [...map].map(([k, v]) => [`${key(k)}`, value(v)]).sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const same = (one) => one

const stateIn = (book, now, ledger) => {
  const { house, treasury } = book
  const line = house.lines.get('L')
  const { losses, onAuction, opened, queued, selling, surplus } = treasury
  if (treasury.opens !== house.opens) throw new Error('house and treasury are not open alike')
  if (line.inFlight !== house.inFlight)
    throw new Error('the line and the house differ in money in flight')
  return {
    now,
    level: BigInt(line.level),
    opens: house.opens,
    ceiling: house.ceiling,
    inFlight: house.inFlight,
    opened: BigInt(line.opened),
    positions: mapped(book.positions, same, ({ holdings, shares }) => {
      const [{ amount, asset: name }] = holdings
      return { asset: name, amount, shares }
    }),
    lots: mapped(book.lots, idOf, lotIn),
    treasury: { surplus, losses, queued, onAuction, selling, opened: BigInt(opened) },
    queue: mapped(book.queue, same, same),
    ledger,
  }
}

// The ledger, from postings alone

const none = { seized: 0n, sold: 0n, returned: 0n, handedBack: 0n }

const emptyLedger = () => ({
  seized: 0n,
  repaid: 0n,
  bad: 0n,
  handedBack: 0n,
  collateral: { BTC: { ...none }, ETH: { ...none } },
  protocol: 0n,
  penalty: 0n,
  loss: 0n,
  paid: {},
})

const post = (ledger, event, { amount, asset: what, from, to }) => {
  const [giver, taker] = [from._tag, to._tag]
  if (what._tag === 'Debt') {
    const of = { Lot: 'seized', Repaid: 'repaid', BadDebt: 'bad', Position: 'handedBack' }[taker]
    ledger[of] += amount
  }
  if (what._tag === 'Collateral') {
    const of = { Lot: 'seized', Bidder: 'sold', Owner: 'returned', Position: 'handedBack' }[taker]
    ledger.collateral[what.of][of] += amount
  }
  if (what._tag === 'Loss')
    ledger.loss += (taker === 'Protocol' ? amount : 0n) - (giver === 'Protocol' ? amount : 0n)
  if (what._tag === 'Money') {
    ledger.protocol += (taker === 'Protocol' ? amount : 0n) - (giver === 'Protocol' ? amount : 0n)
    ledger.penalty += taker === 'Penalty' ? amount : 0n
  }
  const isPayment = what._tag === (event.goods?._tag === 'Surplus' ? 'Token' : 'Money')
  const pay = (who, n) => {
    const key = `${idOf(event.lot)} ${who}`
    ledger.paid[key] = (ledger.paid[key] ?? 0n) + n
  }
  if (isPayment && giver === 'Bidder') pay(from.of, amount)
  if (isPayment && taker === 'Bidder') pay(to.of, -amount)
}

/** A payment of nothing leaves no posting: only who paid something is compared. */
const isSomething = ([, amount]) => amount !== 0n
const withoutNothing = (state) => ({
  ...state,
  ledger: {
    ...state.ledger,
    paid: Object.fromEntries(Object.entries(state.ledger.paid).filter(isSomething).sort()),
  },
})

// A trace

/** A value of ITF: numbers as bigint, maps as objects by the text of their keys. */
const plain = (value) => {
  if (typeof value === 'number') return BigInt(value)
  if (value === null || typeof value !== 'object') return value
  if ('#bigint' in value) return BigInt(value['#bigint'])
  if ('#tup' in value) return value['#tup'].map(plain).join(' ')
  if ('#map' in value)
    return mapped(
      value['#map'].map((pair) => pair.map(plain)),
      same,
      same,
    )
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
}

const differences = (model, code, path = 's') =>
  isDeepStrictEqual(model, code)
    ? []
    : typeof model === 'object' && typeof code === 'object'
      ? [...new Set([...Object.keys(model), ...Object.keys(code)])].flatMap((key) =>
          differences(model[key], code[key], `${path}.${key}`),
        )
      : [`${path} is ${model} in the model, ${code} in the code`]

const start = () => {
  const book = Book.make(100n, treasuryTerms)
  Book.step(book, { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: 0, terms } })
  for (const [id, name, amount, shares] of [
    ['p1', 'ETH', 20n, 90n],
    ['p2', 'BTC', 12n, 60n],
  ])
    Book.hold(book, {
      id,
      owner: 'olga',
      line: 'L',
      holdings: [{ asset: name, amount }],
      shares,
      index: 1n,
    })
  return book
}

const stepIn = (book, books, ledger, did, at) => {
  if (['init', 'passes'].includes(did.command)) return 'ok'
  const answer = Book.step(book, commandOf(did, at))
  if (answer._tag === 'Left') return answer.left._tag
  for (const event of answer.right) {
    Books.record(books, event)
    for (const posting of Ledger.postings(event)) post(ledger, event, posting)
  }
  return 'ok'
}

/** The first thing in which the code differs from a trace, and how many steps were taken. */
const replayed = (states) => {
  const [book, books, ledger] = [start(), Books.start(), emptyLedger()]
  for (const [i, { did: raw, s }] of states.entries()) {
    const [did, model] = [plain(raw), plain(s)]
    const says = stepIn(book, books, ledger, did, Number(model.now))
    const broken = Laws.broken(book, books)
    const found = [
      ...(says === did.says ? [] : [`${did.says} in the model, ${says} in the code`]),
      ...differences(withoutNothing(model), withoutNothing(stateIn(book, model.now, ledger))),
      ...(broken === undefined ? [] : [`${broken.rule} is broken: ${broken.what}`]),
    ]
    if (found.length > 0)
      return { steps: i, fault: `step ${i}, ${did.command} of ${did.lot}: ${found[0]}` }
  }
  return { steps: states.length - 1 }
}

const results = traces.map((file) => ({
  file,
  ...replayed(JSON.parse(readFileSync(file, 'utf8')).states),
}))
for (const { fault, file } of results)
  if (fault !== undefined) console.log(`FAILED ${file.split('/').pop()}: ${fault}`)
const steps = results.reduce((sum, one) => sum + one.steps, 0)
console.log(`${results.length} ${steps}`)
process.exitCode = results.length > 0 && results.every(({ fault }) => fault === undefined) ? 0 : 1
