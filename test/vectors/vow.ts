/**
 * vow: a treasury and the house that it sells in, as flap.jsonl and flop.jsonl record them. What is decided
 * comes from src/maker.
 */

import { Fixed } from '../../src/core/index.js'
import { Bids, Vow } from '../../src/maker/index.js'
import { bidOf, offer, tickBid } from './bids.js'
import {
  add,
  addressOf,
  answer,
  authorized,
  before,
  held,
  logged,
  must,
  nameOf,
  sub,
  without,
} from './chain.js'
import { of } from './params.js'
import { text, word } from './read.js'
import {
  type Calls,
  contractOf,
  fileInto,
  onContract,
  only,
  permissions,
  silent,
  type Step,
  type Stepped,
  suck,
} from './step.js'
import * as Token from './token.js'
import * as Vat from './vat.js'

import { biddersOf, isLive, termsOf, vowOf, type Which, type World } from './vow-world.js'

const { rad } = Fixed

// Calls of the house

const wish =
  ({ can, which }: World): Vat.Wish =>
  (from, spender) =>
    spender === which && can[from] === true

const move = (world: World, from: string, to: string, amount: bigint): void => {
  Vat.move(world.vat, wish(world), world.which, { from, to, amount })
}

const moveTokens = (world: World, from: string, to: string, amount: bigint): void => {
  Token.move(world.token, world.which, { from, to, amount })
}

const live = (world: World, wanted = true): void => {
  const words = wanted ? 'not-live' : 'still-live'
  must(isLive(world) === wanted, `${contractOf(world.which)}/${words}`)
}

const opened = (world: World, { bid, end, lot }: Vow.Opening, guy: string): Stepped => {
  const { which } = world
  const id = add(world.kicks, 1n)
  world.kicks = id
  world.bids[`${id}`] = { ...Bids.unused(id), bid, lot, guy, end }
  const log = { name: 'Kick', id, lot, bid, ...(which === 'flap' ? {} : { gal: guy }) }
  return { ret: `${id}`, events: [logged(which, log)] }
}

/** An auction of surplus takes the Dai that it sells from who kicked. */
const sell = (world: World, opening: Vow.Opening, guy: string): Stepped => {
  const stepped = opened(world, opening, guy)
  world.fill = add(world.fill, opening.lot)
  move(world, guy, 'flap', opening.lot)
  return stepped
}

const kick = (world: World, { args, caller, t }: Step): Stepped => {
  const { which } = world
  authorized(world.wards, which, caller, contractOf(which))
  const kicked = { at: t, lot: word(args, 'lot'), bid: word(args, 'bid') }
  return which === 'flap'
    ? sell(world, answer(Vow.flapKick(termsOf(world), vowOf(world), kicked)), caller)
    : opened(
        world,
        answer(Vow.flopKick(termsOf(world), vowOf(world), kicked)),
        nameOf(text(args, 'gal')),
      )
}

const tend = (world: World, step: Step): Stepped => {
  live(world)
  const was = bidOf(world.bids, step.args)
  world.bids[`${was.id}`] = offer(biddersOf(world), Bids.tend, was, step, ({ back, more }) => {
    if (back !== undefined) moveTokens(world, step.caller, back.guy, back.amount)
    moveTokens(world, step.caller, 'flap', more)
  })
  return silent
}

/** Repays who stood before. The first bid goes to who opened the auction, who has to be a vow. */
const repay = (world: World, caller: string, was: Bids.Bid, { back, bid }: Bids.Paid): void => {
  if (back === undefined) return
  move(world, caller, back.guy, back.amount)
  if (was.tic !== 0) return
  must(back.guy === 'vow')
  kissVow(world, Fixed.min(bid.bid, world.Ash))
}

const dent = (world: World, step: Step): Stepped => {
  live(world)
  const was = bidOf(world.bids, step.args)
  world.bids[`${was.id}`] = offer(biddersOf(world), Bids.dent, was, step, (paid) => {
    repay(world, step.caller, was, paid)
  })
  return silent
}

const tick = (world: World, step: Step): Stepped => tickBid(biddersOf(world), world, step)

const deal = (world: World, { args, t }: Step): Stepped => {
  live(world)
  const bid = answer(Bids.deal(biddersOf(world), bidOf(world.bids, args), t))
  if (world.which === 'flap') {
    move(world, 'flap', bid.guy, bid.lot)
    Token.burn(world.token, 'flap', bid.bid)
    world.fill = sub(world.fill, bid.lot)
  } else Token.mint(world.token, addressOf(bid.guy), bid.lot)
  world.bids = without(world.bids, bid.id)
  return silent
}

const yank = (world: World, { args, t }: Step): Stepped => {
  live(world, false)
  const bid = bidOf(world.bids, args)
  const amount = answer(Bids.yank(biddersOf(world), bid, t))
  if (world.which === 'flap') moveTokens(world, 'flap', bid.guy, amount)
  else
    Vat.suck(world.vat, world.wards, 'flop', {
      of: addressOf(world.remembered),
      to: bid.guy,
      amount,
    })
  world.bids = without(world.bids, bid.id)
  return silent
}

const cageHouse = (world: World, caller: string, amount: bigint): void => {
  const { which } = world
  authorized(world.wards, which, caller, contractOf(which))
  world.house['live'] = 0n
  if (which === 'flap') move(world, 'flap', caller, amount)
  else world.remembered = caller
}

// Calls of the vow

const flap = (world: World, { t }: Step): Stepped => {
  const opening = Vow.flap(termsOf(world), vowOf(world), t)
  before(opening, stages.house)
  authorized(world.wards, 'flap', 'vow', 'Flapper')
  return sell(world, answer(opening), 'vow')
}

/** Where the house is asked: after what the vow checks itself. */
const stages = { house: 745 }

const flop = (world: World, { t }: Step): Stepped => {
  const opening = Vow.flop(termsOf(world), vowOf(world), t)
  before(opening, stages.house)
  world.Ash = add(world.Ash, of(world.vow, 'sump'))
  authorized(world.wards, 'flop', 'vow', 'Flopper')
  return opened(world, answer(opening), 'vow')
}

const heal = (world: World, { args }: Step): Stepped => {
  const amount = answer(Vow.heal(termsOf(world), vowOf(world), rad(word(args, 'rad'))))
  Vat.heal(world.vat, 'vow', amount)
  return silent
}

const kissVow = (world: World, amount: bigint): void => {
  const kissed = answer(Vow.kiss(termsOf(world), vowOf(world), rad(amount)))
  world.Ash = sub(world.Ash, kissed)
  Vat.heal(world.vat, 'vow', kissed)
}

const flog = (world: World, { args, t }: Step): Stepped => {
  const era = word(args, 'era')
  const amount = rad(world.queue[`${era}`] ?? 0n)
  const matured = answer(Vow.flog(termsOf(world), vowOf(world), { at: t, era, amount }))
  world.Sin = sub(world.Sin, matured)
  world.queue = without(world.queue, era)
  return silent
}

const fess = (world: World, { args, caller, t }: Step): Stepped => {
  authorized(world.wards, 'vow', caller, 'Vow')
  const { Sin, queued } = answer(
    Vow.fess(vowOf(world), rad(world.queue[`${t}`] ?? 0n), rad(word(args, 'tab'))),
  )
  world.Sin = Sin
  world.queue[`${t}`] = queued
  return silent
}

const cageVow = (world: World, { caller }: Step): Stepped => {
  authorized(world.wards, 'vow', caller, 'Vow')
  must(of(world.vow, 'live') === 1n, 'Vow/not-live')
  world.vow['live'] = 0n
  world.Sin = 0n
  world.Ash = 0n
  const sold = held(world.vat.dai, 'flap')
  cageHouse(world, 'vow', sold)
  // Both houses are caged: of a flapper that is not under test only its Dai is of account.
  if (world.which === 'flop')
    Vat.move(world.vat, () => true, 'flap', { from: 'flap', to: 'vow', amount: sold })
  const { dai, sin } = world.vat
  Vat.heal(world.vat, 'vow', Fixed.min(held(dai, 'vow'), held(sin, 'vow')))
  return silent
}

const file = (world: World, step: Step): Stepped => {
  const { caller, on } = step
  authorized(world.wards, on, caller, contractOf(on))
  if (on === 'vow') fileInto('Vow', world.vow, step)
  else fileInto(on === 'flap' ? 'Flapper' : 'Flopper', world.house, step)
  return silent
}

const approve = (world: World, { args, caller }: Step): Stepped => {
  only(args, 'g', [world.which])
  world.token.allow[caller] = word(args, 'w')
  return silent
}

const kiss = (world: World, { args }: Step): Stepped => {
  kissVow(world, word(args, 'rad'))
  return silent
}

const cage = (world: World, { args, caller }: Step): Stepped => {
  cageHouse(world, caller, world.which === 'flap' ? word(args, 'rad') : 0n)
  return silent
}

const common: Calls<World> = {
  ...permissions,
  'vow.vow-cage': cageVow,
  'vat.suck': suck,
  'gem.approve': approve,
  ...onContract('vow', { heal, kiss, flog, fess, file }),
}

/** The calls that the file of each house records. */
export const calls: Readonly<Record<Which, Calls<World>>> = {
  flap: {
    ...common,
    ...onContract('flap', { kick, tend, tick, deal, yank, cage, file }),
    'vow.flap': flap,
  },
  flop: {
    ...common,
    ...onContract('flop', { kick, dent, tick, deal, yank, cage, file }),
    'vow.flop': flop,
  },
}
