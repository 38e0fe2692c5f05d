/**
 * clip: vaults, a dog and a clipper, as clip.jsonl and dog.jsonl record them.
 *
 * What is decided comes from src/maker. This keeps accounts, permissions, the list of sales, the lock and a
 * mock exchange; its own checks stand between the engine's by stage.
 */

import { Fixed } from '../../src/core/index.js'
import { Dog, Sales } from '../../src/maker/index.js'
import {
  add,
  addressOf,
  answer,
  authorized,
  type Logged,
  logged,
  must,
  nameOf,
  sub,
  without,
} from './chain.js'
import { clipOf, feedOf, type World } from './clip-world.js'
import { calcContract, of } from './params.js'
import { bytes, type Json, text, word } from './read.js'
import {
  type Calls,
  contractOf,
  fileInto,
  filePriced,
  isOfIlk,
  ofIlk,
  onContract,
  priced,
  silent,
  type Step,
  type Stepped,
  unlocked,
  ward,
} from './step.js'
import { seize, vaultOf } from './seize.js'
import * as Vat from './vat.js'

const { rad, ray, wad } = Fixed

// Calls

const wish =
  ({ can }: World): Vat.Wish =>
  (from, spender) =>
    spender === 'clip' && can[from] === true

/** Takes money out of flight. */
const digs = (world: World, caller: string, amount: bigint): Logged => {
  authorized(world.wards, 'dog', caller, 'Dog')
  world.Dirt = sub(world.Dirt, amount)
  world.dirt = sub(world.dirt, amount)
  return { c: 'dog', name: 'Digs', args: { ilk: 'ILK-A', rad: `${amount}` } }
}

/** Strikes a sale from the list: the last takes its place. */
const remove = (world: World, id: bigint): void => {
  const last = world.active.pop()
  if (last !== undefined && last !== id) world.active[world.active.indexOf(id)] = last
  world.sales = without(world.sales, id)
}

const isIncentivised = ({ clip }: World): boolean => of(clip, 'tip') > 0n || of(clip, 'chip') > 0n

const suckFor = (world: World, to: string, amount: bigint): void => {
  Vat.suck(world.vat, world.wards, 'clip', { of: 'vow', to: addressOf(to), amount })
}

const open = (world: World, sale: Sales.Sale, kpr: string, coin: bigint): void => {
  if (isIncentivised(world)) suckFor(world, kpr, coin)
  world.kicks = sale.id
  world.focus = sale.id
  world.active.push(sale.id)
  world.sales[`${sale.id}`] = sale
}

const kick = (world: World, { args, caller, t }: Step): Stepped => {
  authorized(world.wards, 'clip', caller, 'Clipper')
  unlocked(world.locked)
  const { log, sale } = answer(
    Sales.kick(clipOf(world), feedOf(world), {
      at: t,
      tab: rad(word(args, 'tab')),
      lot: wad(word(args, 'lot')),
      usr: nameOf(text(args, 'usr')),
      kpr: nameOf(text(args, 'kpr')),
    }),
  )
  open(world, sale, log.kpr, log.coin)
  return { ret: `${sale.id}`, events: [logged('clip', log)] }
}

const bark = (world: World, { args, t }: Step): Stepped => {
  ofIlk(args)
  const clip = clipOf(world)
  const dog: Dog.Dog = {
    live: of(world.dog, 'live') === 1n,
    Hole: rad(of(world.dog, 'Hole')),
    Dirt: rad(world.Dirt),
    dirt: rad(world.dirt),
  }
  const vault = vaultOf(world, args)
  const prices: Dog.Prices = { spot: ray(world.vat.spot), feed: feedOf(world) }
  const kpr = nameOf(text(args, 'kpr'))
  const barked = Dog.bark(clip, dog, vault, prices, { at: t, kpr })
  seize(world, { by: 'dog', to: 'clip', house: 'clip' }, vault, barked, () =>
    Dog.seizure(clip, dog, vault),
  )
  unlocked(world.locked)
  const { logs, sale } = answer(barked)
  world.Dirt = add(world.Dirt, sale.tab)
  world.dirt = add(world.dirt, sale.tab)
  open(world, sale, kpr, logs[0].coin)
  const [kicked, bark] = logs
  const { id, ...about } = bark
  return {
    ret: `${sale.id}`,
    events: [logged('clip', kicked), logged('dog', about, { clip: 'clip', id: `${id}` })],
  }
}

/** The mock exchange: what it does is told by one word. */
const exchange = (
  world: World,
  step: Step,
  { owe, sender, slice }: { sender: string; owe: bigint; slice: bigint },
): Logged => {
  const data = bytes(step.args, 'data')
  const ask = (op: string, args: Json): void => {
    calls[`clip.${op}`]?.(world, { ...step, op, on: 'clip', caller: 'callee', args })
  }
  switch (BigInt(`0x${data.slice(2).padStart(2, '0')}`)) {
    case 1n:
      Vat.flux(world.vat, wish(world), 'callee', { from: 'callee', to: 'sink', amount: slice })
      Vat.move(world.vat, wish(world), 'callee', { from: 'callee', to: sender, amount: owe })
      break
    case 2n:
      must(false, 'MockCallee/nope')
      break
    case 3n:
      ask('take', { id: '1', amt: '1', max: `${Fixed.MAX_UINT256}`, who: 'callee', data: '0x' })
      break
    case 4n:
      ask('redo', { id: '1', kpr: 'callee' })
      break
    case 5n:
      ask('kick', { tab: '1', lot: '1', usr: 'callee', kpr: 'callee' })
      break
    case 6n:
      ask('yank', { id: '1' })
      break
    case 7n:
      ask('file', { what: 'buf', data: '1' })
      break
    case 8n:
      ask('upchost', {})
      break
    default:
  }
  return {
    c: 'callee',
    name: 'Called',
    args: { sender, owe: `${owe}`, slice: `${slice}`, data },
  }
}

const take = (world: World, step: Step): Stepped => {
  const { args, caller, t } = step
  unlocked(world.locked)
  const id = word(args, 'id')
  const who = text(args, 'who')
  const bought = answer(
    Sales.take(clipOf(world), world.sales[`${id}`], {
      at: t,
      amt: wad(word(args, 'amt')),
      max: ray(word(args, 'max')),
      who: nameOf(who),
    }),
  )
  const { isOver, left, log, owe, slice } = bought
  const { vat } = world
  Vat.flux(vat, wish(world), 'clip', { from: 'clip', to: who, amount: slice })
  const events: Logged[] = []
  if (bytes(args, 'data') !== '0x' && who !== 'vat' && who !== 'dog') {
    must(who === 'callee')
    world.locked = true
    events.push(exchange(world, step, { sender: caller, owe, slice }))
    world.locked = false
  }
  Vat.move(vat, wish(world), 'clip', { from: caller, to: 'vow', amount: owe })
  events.push(digs(world, 'clip', left.lot === 0n ? owe + left.tab : owe))
  if (isOver) {
    if (left.lot > 0n)
      Vat.flux(vat, wish(world), 'clip', {
        from: 'clip',
        to: addressOf(left.usr),
        amount: left.lot,
      })
    remove(world, id)
  } else world.sales[`${id}`] = left
  return { events: [...events, logged('clip', log)] }
}

const redo = (world: World, { args, t }: Step): Stepped => {
  unlocked(world.locked)
  const id = word(args, 'id')
  const { isDue, log, sale } = answer(
    Sales.redo(clipOf(world), world.sales[`${id}`], feedOf(world), {
      at: t,
      kpr: nameOf(text(args, 'kpr')),
    }),
  )
  if (isIncentivised(world) && isDue) suckFor(world, log.kpr, log.coin)
  world.sales[`${id}`] = sale
  return { events: [logged('clip', log)] }
}

const yank = (world: World, { args, caller, t }: Step): Stepped => {
  authorized(world.wards, 'clip', caller, 'Clipper')
  unlocked(world.locked)
  const id = word(args, 'id')
  const { lot, tab } = answer(Sales.yank(clipOf(world), world.sales[`${id}`], t))
  const dug = digs(world, 'clip', tab)
  Vat.flux(world.vat, wish(world), 'clip', { from: 'clip', to: caller, amount: lot })
  remove(world, id)
  return { events: [dug, { c: 'clip', name: 'Yank', args: { id: `${id}` } }] }
}

const upchost = (world: World): Stepped => {
  world.chost = answer(
    Sales.upchost({ dust: rad(world.vat.dust), chop: wad(of(world.dog, 'chop')) }),
  )
  return { events: [] }
}

/** The fields of a File event, in its order. */
const fileFields = ['ilk', 'what', 'data', 'clip']

const fileLog = ({ args, on }: Step): Stepped => ({
  events: [
    {
      c: on,
      name: 'File',
      args: Object.fromEntries(
        fileFields.filter((field) => field in args).map((field) => [field, text(args, field)]),
      ),
    },
  ],
})

const fileDog = (world: World, step: Step): void => {
  const { args } = step
  if ('clip' in args) {
    must(text(args, 'what') === 'clip', 'Dog/file-unrecognized-param')
    must(text(args, 'clip') === 'clip', 'Dog/file-ilk-neq-clip.ilk')
  } else if (text(args, 'data') === 'vow')
    must(text(args, 'what') === 'vow', 'Dog/file-unrecognized-param')
  else fileInto(isOfIlk(args) ? 'Dog of an ilk' : 'Dog', world.dog, step)
}

const file = (world: World, step: Step): Stepped => {
  const { caller, on } = step
  const contract = on === 'calc' ? calcContract[world.calc.type] : contractOf(on)
  authorized(world.wards, on, caller, contract)
  if (filePriced(world, step)) return silent
  if (on === 'clip') {
    unlocked(world.locked)
    fileInto('Clipper', world.clip, step)
  } else if (on === 'calc') fileInto(calcContract[world.calc.type], world.calc.words, step)
  else fileDog(world, step)
  return fileLog(step)
}

const cage = (world: World, { caller }: Step): Stepped => {
  authorized(world.wards, 'dog', caller, 'Dog')
  world.dog['live'] = 0n
  return { events: [{ c: 'dog', name: 'Cage', args: {} }] }
}

const recordedDigs = (world: World, { args, caller }: Step): Stepped => {
  ofIlk(args)
  return { events: [digs(world, caller, word(args, 'rad'))] }
}

/** A price function is called by its own name. */
const calcWard =
  (allowed: boolean) =>
  (world: World, step: Step): Stepped =>
    ward(allowed)(world, step, calcContract[world.calc.type])

/** The calls that these files record. */
export const calls: Calls<World> = {
  ...priced,
  ...onContract('clip', { kick, take, redo, yank, upchost, file }),
  ...onContract('dog', { bark, file, cage, digs: recordedDigs }),
  'calc.file': file,
  'calc.rely': calcWard(true),
  'calc.deny': calcWard(false),
  'spot.file': file,
  'vat.file': file,
}
