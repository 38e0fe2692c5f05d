/**
 * vat: the accounts of MakerDAO's Vat: vaults, collateral, Dai and sin.
 */

import { type Json, record, word, words, wordsOf } from './read.js'
import {
  add,
  authorized,
  type Balances,
  give,
  held,
  must,
  sub,
  takeFrom,
  type Wards,
} from './chain.js'

export interface Urn {
  ink: bigint
  art: bigint
}

export interface Vat {
  Art: bigint
  urns: Record<string, Urn>
  gem: Balances
  dai: Balances
  sin: Balances
  debt: bigint
  vice: bigint
  rate: bigint
  spot: bigint
  dust: bigint
}

/** A vault: one that is not there is empty. */
export const urnOf = ({ urns }: Pick<Vat, 'urns'>, urn: string): Urn =>
  Object.hasOwn(urns, urn) ? (urns[urn] ?? empty) : empty

const empty: Urn = { ink: 0n, art: 0n }

/** Signed words hold half as much. */
const MAX_INT256 = 2n ** 255n - 1n

const signed = (n: bigint): bigint => {
  must(n <= MAX_INT256 && n >= -MAX_INT256 - 1n)
  return n
}

/** Whether a spender may move what a name holds: its own, or of whom allowed it. */
export type Wish = (from: string, spender: string) => boolean

const wished = (wish: Wish, from: string, spender: string): void => {
  must(from === spender || wish(from, spender), 'Vat/not-allowed')
}

export const move = (
  vat: Pick<Vat, 'dai'>,
  wish: Wish,
  spender: string,
  { amount, from, to }: { from: string; to: string; amount: bigint },
): void => {
  wished(wish, from, spender)
  takeFrom(vat.dai, from, amount)
  give(vat.dai, to, amount)
}

export const flux = (
  vat: Pick<Vat, 'gem'>,
  wish: Wish,
  spender: string,
  { amount, from, to }: { from: string; to: string; amount: bigint },
): void => {
  wished(wish, from, spender)
  takeFrom(vat.gem, from, amount)
  give(vat.gem, to, amount)
}

/** Dai for `to` from nothing, and as much sin for `of`. */
export const suck = (
  vat: Pick<Vat, 'dai' | 'debt' | 'sin' | 'vice'>,
  wards: Wards,
  caller: string,
  { amount, of, to }: { of: string; to: string; amount: bigint },
): void => {
  authorized(wards, 'vat', caller, 'Vat')
  give(vat.sin, of, amount)
  give(vat.dai, to, amount)
  vat.vice = add(vat.vice, amount)
  vat.debt = add(vat.debt, amount)
}

/** Dai and sin of one name cancel. */
export const heal = (
  vat: Pick<Vat, 'dai' | 'debt' | 'sin' | 'vice'>,
  who: string,
  amount: bigint,
): void => {
  takeFrom(vat.sin, who, amount)
  takeFrom(vat.dai, who, amount)
  vat.vice = sub(vat.vice, amount)
  vat.debt = sub(vat.debt, amount)
}

/** Seizes from a vault: its collateral goes to a house, its debt becomes sin of the vow. */
export const grab = (
  vat: Vat,
  wards: Wards,
  caller: string,
  { art, ink, to, urn }: { urn: string; to: string; ink: bigint; art: bigint },
): void => {
  authorized(wards, 'vat', caller, 'Vat')
  const vault = urnOf(vat, urn)
  vat.urns[urn] = { ink: sub(vault.ink, signed(ink)), art: sub(vault.art, signed(art)) }
  vat.Art = sub(vat.Art, art)
  const due = -signed(-signed(vat.rate) * art)
  give(vat.gem, to, ink)
  give(vat.sin, 'vow', due)
  vat.vice = add(vat.vice, due)
}

/** The index of the debt grows, or shrinks; the Dai goes to a name. */
export const fold = (
  vat: Vat,
  wards: Wards,
  caller: string,
  { rate, to }: { to: string; rate: bigint },
): void => {
  authorized(wards, 'vat', caller, 'Vat')
  const made = signed(signed(vat.Art) * rate)
  vat.rate = add(vat.rate, rate)
  give(vat.dai, to, made)
  vat.debt = add(vat.debt, made)
}

const digits = (balances: Balances): Record<string, string> =>
  Object.fromEntries(
    Object.keys(balances)
      .map((who) => [who, held(balances, who)] as const)
      .filter(([, amount]) => amount !== 0n)
      .map(([who, amount]) => [who, `${amount}`]),
  )

/** What every name holds of something, without those who hold nothing. */
export { digits as balancesView }

/** The vat as the vectors write it. */
export const view = (vat: Vat): Record<string, unknown> => ({
  Art: `${vat.Art}`,
  urns: Object.fromEntries(
    Object.entries(vat.urns)
      .filter(([, { art, ink }]) => art !== 0n || ink !== 0n)
      .map(([urn, { art, ink }]) => [urn, { ink: `${ink}`, art: `${art}` }]),
  ),
  gem: digits(vat.gem),
  ...moneyView(vat),
})

/** The vat at the start: what it holds, and its parameters. */
export const read = (state: Json, params: Json): Vat => {
  const urns = record(state, 'urns')
  return {
    Art: word(state, 'Art'),
    urns: Object.fromEntries(
      Object.keys(urns).map((urn) => {
        const { art, ink } = wordsOf(urns, urn, ['ink', 'art'])
        return [urn, { ink: ink ?? 0n, art: art ?? 0n }]
      }),
    ),
    gem: words(state, 'gem'),
    ...readMoney(state),
    rate: word(params, 'rate'),
    spot: word(params, 'spot'),
    dust: word(params, 'dust'),
  }
}

/** The part of it that a treasury uses. */
export type Money = Pick<Vat, 'dai' | 'debt' | 'sin' | 'vice'>

export const readMoney = (state: Json): Money => ({
  dai: words(state, 'dai'),
  sin: words(state, 'sin'),
  debt: word(state, 'debt'),
  vice: word(state, 'vice'),
})

/** That part as the vectors write it. */
export const moneyView = ({ dai, debt, sin, vice }: Money): Record<string, unknown> => ({
  dai: digits(dai),
  sin: digits(sin),
  debt: `${debt}`,
  vice: `${vice}`,
})
