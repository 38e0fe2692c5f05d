/**
 * chain: what the contracts keep that no auction rule is about: balances, permissions, failures.
 *
 * Amounts are words of 256 bits; every sum is checked, and fails without a reason. A call that fails
 * throws, and the step that made it leaves the state as it was.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/core/index.js'
import type { Failure } from '../../src/maker/index.js'

/** A call that failed, with the reason that the contract gives. */
export class Revert extends Error {
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

/** Fails with a reason unless something holds. */
export const must = (holds: boolean, reason = ''): void => {
  if (!holds) throw new Revert(reason)
}

const fitting = (n: bigint): bigint => {
  must(Fixed.fits('uint256', n))
  return n
}

/** A sum in a word. */
export const add = (a: bigint, b: bigint): bigint => fitting(a + b)

/** A difference in a word. */
export const sub = (a: bigint, b: bigint): bigint => fitting(a - b)

/** What the engine answers, or its failure as the contract's. */
export const answer = <A>(outcome: Failure.Outcome<A>): A => {
  if (E.isLeft(outcome)) throw new Revert(outcome.left.reason)
  return outcome.right
}

/**
 * Fails if the engine refused at a stage before this one: the chain's own check that follows comes after
 * those, and before the rest.
 */
export const before = (outcome: Failure.Outcome<unknown>, stage: number): void => {
  if (E.isLeft(outcome) && outcome.left.stage < stage) throw new Revert(outcome.left.reason)
}

/** What each name holds: one that is not there holds nothing. */
export type Balances = Record<string, bigint>

/** What a name holds. */
export const held = (balances: Balances, who: string): bigint => balances[who] ?? 0n

/** Puts an amount to what a name holds. */
export const give = (balances: Balances, who: string, amount: bigint): void => {
  balances[who] = add(held(balances, who), amount)
}

/** Takes an amount from what a name holds. */
export const takeFrom = (balances: Balances, who: string, amount: bigint): void => {
  balances[who] = sub(held(balances, who), amount)
}

/** Who may call the guarded functions of whom: `X<-Y`, Y of X. The administrator may, wherever nobody said otherwise. */
export type Wards = Record<string, boolean>

/** Fails unless a caller may call the guarded functions of a contract. */
export const authorized = (wards: Wards, on: string, caller: string, contract: string): void => {
  must(wards[`${on}<-${caller}`] ?? caller === 'gov', `${contract}/not-authorized`)
}

/** An event of a contract, with its fields in order. */
export interface Logged {
  readonly c: string
  readonly name: string
  readonly args: Readonly<Record<string, string>>
}

/** An event of the engine as a contract logs it: its numbers in digits, its nobody as the zero address. */
export const logged = (
  c: string,
  { name, ...fields }: { readonly name: string },
  more: Readonly<Record<string, string>> = {},
): Logged => ({
  c,
  name,
  args: {
    ...Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [key, value === '' ? 'zero' : `${value}`]),
    ),
    ...more,
  },
})

/** The engine's name for an address: the zero address is nobody. */
export const nameOf = (address: string): string => (address === 'zero' ? '' : address)

/** How an address is written. */
export const addressOf = (name: string): string => (name === '' ? 'zero' : name)

/** A record without one of its entries. */
export const without = <A>(entries: Readonly<Record<string, A>>, key: bigint): Record<string, A> =>
  Object.fromEntries(Object.entries(entries).filter(([other]) => other !== `${key}`))
