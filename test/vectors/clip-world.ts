/**
 * clip-world: what a scenario of clip.jsonl or dog.jsonl keeps, read from how they write it, and written so again.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed } from '../../src/core/index.js'
import { Clipper, Sales, Spotter } from '../../src/maker/index.js'
import { addressOf, nameOf } from './chain.js'
import { type Calc, calcOf, digits, of, readCalc, type Words } from './params.js'
import { type Json, list, record, text, time, Unreadable, word, wordsOf } from './read.js'
import { type Priced, pricedParams, readPriced, type Step } from './step.js'
import * as Vat from './vat.js'

const { rad, ray, wad } = Fixed

// Model

export interface World extends Priced {
  clip: Words
  calc: Calc
  dog: Words
  Sin: bigint
  Dirt: bigint
  dirt: bigint
  kicks: bigint
  chost: bigint
  active: bigint[]
  sales: Record<string, Sales.Sale>
  locked: boolean
  /** The sale that the last call with a target was about, or that was opened since. */
  focus: bigint | undefined
}

// Constructors

const readSale = (sales: Json, id: string): Sales.Sale => {
  const sale = record(sales, id)
  return {
    id: BigInt(id),
    tab: rad(word(sale, 'tab')),
    lot: wad(word(sale, 'lot')),
    usr: nameOf(text(sale, 'usr')),
    tic: Number(word(sale, 'tic')),
    top: ray(word(sale, 'top')),
  }
}

/** The ids of the active sales in their order, which their places, the list and its count tell alike. */
const readActive = (init: Json): bigint[] => {
  const sales = record(init, 'sales')
  const place = (id: string): number => Number(word(record(sales, id), 'pos'))
  const ids = Object.keys(sales).sort((a, b) => place(a) - place(b))
  const wanted = list(init, 'list')
  if (ids.some((id, i) => id !== wanted[i] || place(id) !== i) || wanted.length !== ids.length)
    throw new Unreadable(`list should be the sales in the order of their pos, not ${wanted.join()}`)
  if (time(init, 'count') !== ids.length) throw new Unreadable('count should be that of the list')
  return ids.map(BigInt)
}

export const read = (init: Json): World => {
  const params = record(init, 'params')
  const sales = record(init, 'sales')
  return {
    clip: wordsOf(params, 'clip', ['buf', 'tail', 'cusp', 'chip', 'tip', 'stopped']),
    calc: readCalc(params),
    dog: wordsOf(params, 'dog', ['live', 'Hole', 'hole', 'chop']),
    ...readPriced(init),
    Sin: word(record(init, 'vow'), 'Sin'),
    Dirt: word(record(init, 'dog'), 'Dirt'),
    dirt: word(record(init, 'dog'), 'dirt'),
    kicks: word(init, 'kicks'),
    chost: word(init, 'chost'),
    active: readActive(init),
    sales: Object.fromEntries(Object.keys(sales).map((id) => [id, readSale(sales, id)])),
    locked: false,
    focus: undefined,
  }
}

const compiled = new Map<string, Auction.Compiled>()

/** The engine's terms, worked out once for each set of parameters. The vat's spot has `mat` in it already. */
const auctionOf = ({ calc, chost, clip, dog, vat }: World): Auction.Compiled => {
  const key =
    [clip, calc.words, dog].flatMap(Object.values).concat(vat.dust, chost).join() + calc.type
  const known = compiled.get(key)
  if (known !== undefined) return known
  if (compiled.size > 1000) compiled.clear()
  const auction = Auction.compile(
    Clipper.clipper(
      {
        ilk: 'ILK-A',
        gem: 'GEM-A',
        mat: Fixed.RAY,
        buf: ray(of(clip, 'buf')),
        tail: of(clip, 'tail'),
        cusp: ray(of(clip, 'cusp')),
        chip: wad(of(clip, 'chip')),
        tip: rad(of(clip, 'tip')),
        calc: calcOf(calc),
        hole: rad(of(dog, 'hole')),
        chop: wad(of(dog, 'chop')),
        dust: rad(vat.dust),
      },
      rad(chost),
    ),
  )
  compiled.set(key, auction)
  return auction
}

/** The clipper as the engine takes it. */
export const clipOf = (world: World): Sales.Clip => ({
  auction: auctionOf(world),
  stopped: of(world.clip, 'stopped'),
  kicks: world.kicks,
})

/** The price that a sale starts from. */
export const feedOf = ({ pip, spot }: World): Sales.Feed =>
  Spotter.feed({ ...pip, val: wad(pip.val) }, ray(of(spot, 'par')))

// Views

export const params = (world: World): Json => ({
  clip: digits(world.clip),
  calc: { type: world.calc.type, ...digits(world.calc.words) },
  dog: digits(world.dog),
  ...pricedParams(world),
})

const saleView = ({ active }: World, sale: Sales.Sale | undefined): Json =>
  sale === undefined
    ? { pos: '0', tab: '0', lot: '0', usr: 'zero', tic: '0', top: '0' }
    : {
        pos: `${active.indexOf(sale.id)}`,
        tab: `${sale.tab}`,
        lot: `${sale.lot}`,
        usr: addressOf(sale.usr),
        tic: `${sale.tic}`,
        top: `${sale.top}`,
      }

const statusView = (world: World, id: bigint, t: number): Json => {
  const status = Sales.status(clipOf(world), world.sales[`${id}`], t)
  if (E.isLeft(status)) return { revert: status.left.reason }
  const { lot, needsRedo, price, tab } = status.right
  return { needsRedo, price: `${price}`, lot: `${lot}`, tab: `${tab}` }
}

/** The world with its eye on what a call is about, whether it succeeds or not; an id past counting it does not follow. */
export const attend = (world: World, { args }: Step): World => {
  const id = 'id' in args ? word(args, 'id') : undefined
  return id === undefined || id > Number.MAX_SAFE_INTEGER ? world : { ...world, focus: id }
}

/** What a step that failed leaves to see. */
export const failedView = (world: World, step: Step): Json => {
  const id = world.focus
  return id === undefined ? {} : { id: `${id}`, status: statusView(world, id, step.t) }
}

/** The whole state after a step. */
export const view = (world: World, step: Step): Json => {
  const { Dirt, Sin, active, chost, dirt, focus: id, kicks, sales, vat } = world
  const others = active.filter((other) => other !== id)
  return {
    ...(id === undefined
      ? {}
      : {
          id: `${id}`,
          sale: saleView(world, sales[`${id}`]),
          status: statusView(world, id, step.t),
        }),
    kicks: `${kicks}`,
    chost: `${chost}`,
    count: active.length,
    list: active.map(String),
    vat: Vat.view(vat),
    vow: { Sin: `${Sin}` },
    dog: { Dirt: `${Dirt}`, dirt: `${dirt}` },
    ...(id !== undefined && others.length > 0
      ? {
          others: Object.fromEntries(
            others.map((one) => [`${one}`, saleView(world, sales[`${one}`])]),
          ),
        }
      : {}),
  }
}
