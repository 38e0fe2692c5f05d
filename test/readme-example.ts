import { Auction, Ledger } from '../src/index.js'
import { house, open, position, quotes, take, terms } from './loan.js'

const auction = Auction.compile(terms)
const opening = Auction.open(auction)(house, position, quotes, open)
for (const opened of opening._tag === 'Right' ? opening.right : []) {
  const sale = Auction.decide(auction)(0, Auction.lot(opened), take)
  const events = [opened, ...(sale._tag === 'Right' ? sale.right : [])]
  for (const { amount, asset, from, to } of events.flatMap(Ledger.postings))
    console.log(`${asset._tag}: ${from._tag} to ${to._tag}, ${amount}`)
}
