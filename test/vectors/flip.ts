/**
 * flip: vaults, a cat and a flipper, as flip.jsonl records them. What is decided comes from src/maker.
 */

import { Auction, Fixed } from '../../src/core/index.js'
import { Bids, Cat, Flipper } from '../../src/maker/index.js'
import { bidOf, bidsView, offer, readBids, tickBid } from './bids.js'
import { add, addressOf, answer, authorized, logged, nameOf, sub, without } from './chain.js'
import { digits, of, type Words } from './params.js'
import { type Json, record, text, word, wordsOf } from './read.js'
import {
  type Calls,
  contractOf,
  fileInto,
  filePriced,
  isOfIlk,
  ofIlk,
  onContract,
  type Priced,
  priced,
  pricedParams,
  readPriced,
  silent,
  type Step,
  type Stepped,
} from './step.js'
import { seize, vaultOf } from './seize.js'
import * as Vat from './vat.js'

const { rad, ray, wad } = Fixed

// Model

export interface World extends Priced {
  flip: Words
  cat: Words
  Sin: bigint
  litter: bigint
  kicks: bigint
  bids: Record<string, Bids.Bid>
}

// Constructors

/** What of an auction only this house keeps. */
const readOwn = (bid: Json): Pick<Bids.Bid, 'gal' | 'tab' | 'usr'> => ({
  usr: nameOf(text(bid, 'usr')),
  gal: nameOf(text(bid, 'gal')),
  tab: rad(word(bid, 'tab')),
})

export const read = (init: Json): World => {
  const params = record(init, 'params')
  return {
    flip: wordsOf(params, 'flip', ['beg', 'ttl', 'tau']),
    cat: wordsOf(params, 'cat', ['live', 'box', 'chop', 'dunk']),
    ...readPriced(init),
    Sin: word(record(init, 'vow'), 'Sin'),
    litter: word(record(init, 'cat'), 'litter'),
    kicks: word(init, 'kicks'),
    bids: readBids(init, readOwn),
  }
}

const biddingOf = ({ flip }: World) => ({
  beg: wad(of(flip, 'beg')),
  ttl: of(flip, 'ttl'),
  tau: of(flip, 'tau'),
})

const biddersOf = (world: World): Bids.Bidders =>
  Bids.bidders('Flipper', Flipper.bidding(biddingOf(world), 'income'))

/** The engine's terms. The vat's spot has `mat` in it already. */
const auctionOf = (world: World): Auction.Compiled =>
  Auction.compile(
    Flipper.flipper({
      ilk: 'ILK-A',
      gem: 'GEM-A',
      mat: Fixed.RAY,
      ...biddingOf(world),
      box: rad(of(world.cat, 'box')),
      dunk: rad(of(world.cat, 'dunk')),
      chop: wad(of(world.cat, 'chop')),
      dust: rad(world.vat.dust),
    }),
  )

// Calls

const wish =
  ({ can }: World): Vat.Wish =>
  (from, spender) =>
    spender === 'flip' && can[from] === true

const move = (world: World, from: string, to: string, amount: bigint): void => {
  Vat.move(world.vat, wish(world), 'flip', { from, to: addressOf(to), amount })
}

const flux = (world: World, from: string, to: string, amount: bigint): void => {
  Vat.flux(world.vat, wish(world), 'flip', { from, to: addressOf(to), amount })
}

/** Opens an auction: the lot comes from who kicked. */
const open = (world: World, bid: Bids.Bid): void => {
  world.kicks = bid.id
  world.bids[`${bid.id}`] = bid
  flux(world, bid.guy, 'flip', bid.lot)
}

const kick = (world: World, { args, caller, t }: Step): Stepped => {
  authorized(world.wards, 'flip', caller, 'Flipper')
  const [usr, gal] = [nameOf(text(args, 'usr')), nameOf(text(args, 'gal'))]
  const [tab, lot, start] = [rad(word(args, 'tab')), word(args, 'lot'), word(args, 'bid')]
  const id = add(world.kicks, 1n)
  const bid = answer(
    Bids.kick(biddersOf(world), id, t, { bid: start, lot, guy: caller, usr, gal, tab }),
  )
  open(world, bid)
  const log = { name: 'Kick', id, lot, bid: start, tab, usr, gal }
  return { ret: `${id}`, events: [logged('flip', log)] }
}

const bite = (world: World, { args, t }: Step): Stepped => {
  ofIlk(args)
  const cat = { live: of(world.cat, 'live') === 1n, litter: rad(world.litter), kicks: world.kicks }
  const vault = vaultOf(world, args)
  const auction = auctionOf(world)
  const bitten = Cat.bite(auction, cat, vault, ray(world.vat.spot), t)
  seize(world, { by: 'cat', to: 'cat', house: 'flip' }, vault, bitten, () =>
    Cat.seizure(auction, cat, vault),
  )
  const { bid, logs, tab } = answer(bitten)
  world.litter = add(world.litter, tab)
  open(world, bid)
  const [kicked, { id, ...about }] = logs
  return {
    ret: `${bid.id}`,
    events: [logged('flip', kicked), logged('cat', about, { flip: 'flip', id: `${id}` })],
  }
}

const claw = (world: World, amount: bigint): void => {
  authorized(world.wards, 'cat', 'flip', 'Cat')
  world.litter = sub(world.litter, amount)
}

/** Repays who stood before, unless that is the caller. */
const repay = (world: World, caller: string, { back }: Bids.Paid): void => {
  if (back !== undefined) move(world, caller, back.guy, back.amount)
}

const tend = (world: World, step: Step): Stepped => {
  const was = bidOf(world.bids, step.args)
  world.bids[`${was.id}`] = offer(biddersOf(world), Bids.tend, was, step, (paid) => {
    repay(world, step.caller, paid)
    move(world, step.caller, paid.held === 'income' ? was.gal : 'flip', paid.more)
  })
  return silent
}

const dent = (world: World, step: Step): Stepped => {
  const was = bidOf(world.bids, step.args)
  world.bids[`${was.id}`] = offer(biddersOf(world), Bids.dent, was, step, (paid) => {
    repay(world, step.caller, paid)
    flux(world, 'flip', was.usr, paid.freed)
  })
  return silent
}

const tick = (world: World, step: Step): Stepped => tickBid(biddersOf(world), world, step)

const deal = (world: World, { args, t }: Step): Stepped => {
  const bid = answer(Bids.deal(biddersOf(world), bidOf(world.bids, args), t))
  claw(world, bid.tab)
  flux(world, 'flip', bid.guy, bid.lot)
  world.bids = without(world.bids, bid.id)
  return silent
}

const yank = (world: World, { args, caller, t }: Step): Stepped => {
  authorized(world.wards, 'flip', caller, 'Flipper')
  const bid = bidOf(world.bids, args)
  const amount = answer(Bids.yank(biddersOf(world), bid, t))
  claw(world, bid.tab)
  flux(world, 'flip', caller, bid.lot)
  move(world, caller, bid.guy, amount)
  world.bids = without(world.bids, bid.id)
  return silent
}

const file = (world: World, step: Step): Stepped => {
  const { args, caller, on } = step
  authorized(world.wards, on, caller, contractOf(on))
  if (filePriced(world, step)) return silent
  if (on === 'flip') fileInto('Flipper', world.flip, step)
  else fileInto(isOfIlk(args) ? 'Cat of an ilk' : 'Cat', world.cat, step)
  return silent
}

const cage = (world: World, { caller }: Step): Stepped => {
  authorized(world.wards, 'cat', caller, 'Cat')
  world.cat['live'] = 0n
  return silent
}

/** The calls that this file records. */
export const calls: Calls<World> = {
  ...priced,
  ...onContract('flip', { kick, tend, dent, tick, deal, yank, file }),
  ...onContract('cat', { bite, file, cage }),
  'spot.file': file,
  'vat.file': file,
}

// Views

export const params = (world: World): Json => ({
  flip: digits(world.flip),
  cat: digits(world.cat),
  ...pricedParams(world),
})

/** The whole state after a step. */
export const view = ({ Sin, bids, kicks, litter, vat }: World): Json => ({
  vat: Vat.view(vat),
  vow: { Sin: `${Sin}` },
  cat: { litter: `${litter}` },
  kicks: `${kicks}`,
  bids: bidsView(bids, kicks, ({ gal, tab, usr }) => ({
    usr: addressOf(usr),
    gal: addressOf(gal),
    tab: `${tab}`,
  })),
})
