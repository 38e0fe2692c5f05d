/**
 * token: the mock token of flap.jsonl and flop.jsonl.
 */

import { Fixed } from '../../src/core/index.js'
import { type Balances, give, held, must, takeFrom } from './chain.js'
import { type Json, record, word, words } from './read.js'
import { balancesView } from './vat.js'

export interface Token {
  total: bigint
  bal: Balances
  /** What each has allowed the auction house to spend. */
  allow: Balances
}

export const read = (init: Json): Token => {
  const token = record(init, 'gem')
  return { total: word(token, 'total'), bal: words(token, 'bal'), allow: words(token, 'allow') }
}

const spend = (token: Token, from: string, spender: string, amount: bigint): void => {
  if (from !== spender && amount > 0n) {
    const allowed = held(token.allow, from)
    must(allowed >= amount, 'MockToken/insufficient-approval')
    if (allowed !== Fixed.MAX_UINT256) token.allow[from] = allowed - amount
  }
  must(held(token.bal, from) >= amount, 'MockToken/insufficient-balance')
}

/** Moves tokens at the auction house's word. */
export const move = (
  token: Token,
  house: string,
  { amount, from, to }: { from: string; to: string; amount: bigint },
): void => {
  spend(token, from, house, amount)
  takeFrom(token.bal, from, amount)
  give(token.bal, to, amount)
}

/** Burns tokens of the auction house. */
export const burn = (token: Token, house: string, amount: bigint): void => {
  spend(token, house, house, amount)
  takeFrom(token.bal, house, amount)
  token.total -= amount
}

export const mint = (token: Token, to: string, amount: bigint): void => {
  must(token.total + amount <= Fixed.MAX_UINT256, 'MockToken/overflow')
  token.total += amount
  give(token.bal, to, amount)
}

export const view = ({ allow, bal, total }: Token): Json => ({
  total: `${total}`,
  bal: balancesView(bal),
  allow: balancesView(allow),
})
