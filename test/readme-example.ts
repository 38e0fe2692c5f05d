import { Auction, Fixed, Ledger } from '../src/index.js'
import { Decimal } from '../src/codec/index.js'
import { house, position, quotes, terms } from './loan.js'

const auction = Auction.compile(terms)
const open = { _tag: 'Open', at: 1000, keeper: 'kim' } as const
const opening = Auction.open(auction)(house, position, quotes, open)
for (const opened of opening._tag === 'Right' ? opening.right : []) {
  const [limit, atLeast, want] = [Fixed.ray(1700n * Fixed.RAY), Fixed.WAD, { _tag: 'All' } as const]
  const take = { _tag: 'Take', at: 1900, bidder: 'ben', want, limit, atLeast } as const
  const sale = Auction.decide(auction)(0, Auction.lot(opened), take)
  const events = [opened, ...(sale._tag === 'Right' ? sale.right : [])]
  for (const { amount, asset, from, to } of events.flatMap(Ledger.postings)) {
    const format = 'of' in asset ? Decimal.formatWad : Decimal.formatRad
    console.log(asset._tag, from._tag, to._tag, format(amount as Fixed.Wad & Fixed.Rad))
  }
}
