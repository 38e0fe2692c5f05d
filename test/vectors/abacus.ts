/**
 * abacus: one price of a price function, or one change of its parameters, as abacus.jsonl records them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/core/index.js'
import { Abacus, File } from '../../src/maker/index.js'
import { authorized, Revert } from './chain.js'
import { type Json, record, text, Unreadable, word, wordsOf } from './read.js'

const parameters = {
  LinearDecrease: ['tau'],
  StairstepExponentialDecrease: ['step', 'cut'],
  ExponentialDecrease: ['cut'],
} as const

type Name = keyof typeof parameters

const isName = (name: string): name is Name => Object.hasOwn(parameters, name)

const calcOf = (name: Name, line: Json): Abacus.Calc => {
  const { cut = 0n, step = 0n, tau = 0n } = wordsOf(line, 'params', parameters[name])
  switch (name) {
    case 'LinearDecrease':
      return { _tag: name, tau }
    case 'StairstepExponentialDecrease':
      return { _tag: name, step, cut: Fixed.ray(cut) }
    case 'ExponentialDecrease':
      return { _tag: name, cut: Fixed.ray(cut) }
  }
}

const answered = (outcome: ReturnType<typeof Abacus.price | typeof File.file>): Json =>
  E.isLeft(outcome) ? { ok: false, revert: outcome.left.reason } : { ok: true }

const priced = (name: Name, line: Json): Json => {
  const price = Abacus.price(calcOf(name, line), Fixed.ray(word(line, 'top')), word(line, 'dur'))
  return { ...answered(price), ...(E.isRight(price) ? { price: `${price.right}` } : {}) }
}

const filed = (name: Name, line: Json): Json => {
  try {
    authorized({}, name, text(line, 'caller'), name)
  } catch (error) {
    if (error instanceof Revert) return { ok: false, revert: error.reason }
    throw error
  }
  return answered(File.file(name, text(line, 'what'), word(line, 'data')))
}

/** What the line should say of what comes of it. */
export const expected = (line: Json): Json => {
  const calc = text(line, 'calc')
  if (!isName(calc)) throw new Unreadable(`calc should be a price function, not ${calc}`)
  switch (text(line, 'op')) {
    case 'price':
      record(line, 'params')
      return priced(calc, line)
    case 'file':
      return filed(calc, line)
    default:
      throw new Unreadable(`op should be price or file, not ${text(line, 'op')}`)
  }
}
