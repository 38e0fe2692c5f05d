/**
 * params: the parameters of a scenario by group, as the vectors write them.
 */

import type { Abacus } from '../../src/maker/index.js'
import { Fixed } from '../../src/core/index.js'
import { flag, type Json, record, text, Unreadable, word, wordsOf } from './read.js'

/** The words of a group by their names. */
export type Words = Record<string, bigint>

/** One word of a group. */
export const of = (words: Words, name: string): bigint => words[name] ?? 0n

/** A price function, as its contract is called and with its parameters. */
export interface Calc {
  readonly type: 'linear' | 'stair' | 'exp'
  readonly words: Words
}

const calcNames = { linear: ['tau'], stair: ['step', 'cut'], exp: ['cut'] } as const

/** The contract of each kind of price function. */
export const calcContract = {
  linear: 'LinearDecrease',
  stair: 'StairstepExponentialDecrease',
  exp: 'ExponentialDecrease',
} as const

const isType = (type: string): type is Calc['type'] => type in calcNames

export const readCalc = (params: Json): Calc => {
  const { type, ...words } = record(params, 'calc')
  if (typeof type !== 'string' || !isType(type))
    throw new Unreadable(`calc.type should be linear, stair or exp, not ${JSON.stringify(type)}`)
  return { type, words: wordsOf({ calc: words }, 'calc', calcNames[type]) }
}

/** A price function as the engine takes it. */
export const calcOf = ({ type, words }: Calc): Abacus.Calc => {
  const cut = Fixed.ray(of(words, 'cut'))
  switch (type) {
    case 'linear':
      return { _tag: 'LinearDecrease', tau: of(words, 'tau') }
    case 'stair':
      return { _tag: 'StairstepExponentialDecrease', step: of(words, 'step'), cut }
    case 'exp':
      return { _tag: 'ExponentialDecrease', cut }
  }
}

/** A price feed's answer. */
export interface Pip {
  readonly val: bigint
  readonly has: boolean
}

export const readPip = (of: Json): Pip => {
  const val = word(of, 'val')
  return { val, has: flag(of, 'has') }
}

/** A group in digits. */
export const digits = (words: Words): Record<string, string> =>
  Object.fromEntries(Object.entries(words).map(([name, value]) => [name, `${value}`]))

/** The groups that are not as they were, each whole; nothing if all are. */
export const changed = (was: Json, is: Json): Json | undefined => {
  const names = Object.keys(is).filter(
    (name) => JSON.stringify(is[name]) !== JSON.stringify(was[name]),
  )
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, is[name]]))
}

/** What a call says of a parameter. */
export const filed = (args: Json): { readonly what: string; readonly data: bigint } => ({
  what: text(args, 'what'),
  data: word(args, 'data'),
})
