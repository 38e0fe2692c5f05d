/**
 * vow-world: what a scenario of flap.jsonl or flop.jsonl keeps, read from how they write it, and written so again.
 */

import { Fixed, type TreasuryTerms } from '../../src/core/index.js'
import { Bids, Vow } from '../../src/maker/index.js'
import { bidsView, readBids } from './bids.js'
import { addressOf, held, type Wards } from './chain.js'
import { digits, of, type Words } from './params.js'
import { flags, type Json, record, text, word, words, wordsOf } from './read.js'
import * as Token from './token.js'
import * as Vat from './vat.js'

const { rad, wad } = Fixed

// Model

/** The house under test: of surplus or of debt. */
export type Which = 'flap' | 'flop'

export interface World {
  which: Which
  /** The house under test. */
  house: Words
  /** The address that a flopper remembers when it is caged. */
  remembered: string
  vow: Words
  wards: Wards
  can: Record<string, boolean>
  allow: Json
  vat: Vat.Money
  token: Token.Token
  Sin: bigint
  Ash: bigint
  queue: Record<string, bigint>
  kicks: bigint
  fill: bigint
  bids: Record<string, Bids.Bid>
}

// Constructors

const houseNames = {
  flap: ['beg', 'ttl', 'tau', 'lid', 'live'],
  flop: ['beg', 'pad', 'ttl', 'tau', 'live'],
} as const

const readHouse = (params: Json, which: Which): { house: Words; remembered: string } => {
  if (which === 'flap') return { house: wordsOf(params, which, houseNames.flap), remembered: '' }
  const { vow, ...house } = record(params, which)
  return {
    house: wordsOf({ flop: house }, which, houseNames.flop),
    remembered: text({ vow }, 'vow'),
  }
}

export const read =
  (which: Which) =>
  (init: Json): World => {
    const params = record(init, 'params')
    const vow = record(init, 'vow')
    return {
      which,
      ...readHouse(params, which),
      vow: wordsOf(params, 'vow', ['wait', 'dump', 'sump', 'bump', 'hump', 'live']),
      wards: flags(params, 'wards'),
      can: flags(params, 'can'),
      allow: record(params, 'allow'),
      vat: Vat.readMoney(record(init, 'vat')),
      token: Token.read(init),
      Sin: word(vow, 'Sin'),
      Ash: word(vow, 'Ash'),
      queue: words(vow, 'queue'),
      kicks: word(init, 'kicks'),
      fill: which === 'flap' ? word(init, 'fill') : 0n,
      bids: readBids(init),
    }
  }

/** The engine's terms: of the house that is not under test nothing is asked. */
export const termsOf = ({ house, vow }: World): TreasuryTerms.Terms => {
  const bidding = { beg: wad(of(house, 'beg')), ttl: of(house, 'ttl'), tau: of(house, 'tau') }
  return Vow.vow({
    wait: of(vow, 'wait'),
    bump: rad(of(vow, 'bump')),
    hump: rad(of(vow, 'hump')),
    sump: rad(of(vow, 'sump')),
    dump: wad(of(vow, 'dump')),
    flap: { ...bidding, lid: rad(of(house, 'lid')) },
    flop: { ...bidding, pad: wad(of(house, 'pad')) },
  })
}

/** Whether the house is live. */
export const isLive = ({ house }: World): boolean => of(house, 'live') === 1n

/** The vow as the engine takes it. */
export const vowOf = (world: World): Vow.Vow => ({
  dai: rad(held(world.vat.dai, 'vow')),
  sin: rad(held(world.vat.sin, 'vow')),
  Sin: rad(world.Sin),
  Ash: rad(world.Ash),
  fill: rad(world.fill),
  live: isLive(world),
})

/** The house as the engine takes it. */
export const biddersOf = (world: World): Bids.Bidders => {
  const { debt, surplus } = termsOf(world)
  return world.which === 'flap'
    ? Bids.bidders('Flapper', surplus.sale)
    : Bids.bidders('Flopper', debt.sale)
}

// Views

export const params = ({ allow, can, house, remembered, vow, wards, which }: World): Json => ({
  [which]: which === 'flap' ? digits(house) : { ...digits(house), vow: addressOf(remembered) },
  vow: digits(vow),
  wards: { ...wards },
  can: { ...can },
  allow: { ...allow },
})

/** The whole state after a step. */
export const view = ({ Ash, Sin, bids, fill, kicks, token, vat, which }: World): Json => ({
  vat: Vat.moneyView(vat),
  gem: Token.view(token),
  vow: { Sin: `${Sin}`, Ash: `${Ash}` },
  kicks: `${kicks}`,
  ...(which === 'flap' ? { fill: `${fill}` } : {}),
  bids: bidsView(bids, kicks),
})
