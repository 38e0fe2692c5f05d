/**
 * log: a recorded scenario of a clipper as a log: the text that `knockdown replay` reads (spec/15-log.md).
 *
 * It is written from the recorded JSON alone, field by field, without what it is to be read with. Vaults, accounts,
 * permissions and failed calls have no place in a log. A parameter is as it was stored, which for chip and tip is
 * less than what its File event shows; and so is chost, which nobody logs.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/core/index.js'
import { Spotter } from '../../src/maker/index.js'
import { calcContract, digits, readCalc, readPip } from './params.js'
import { flag, type Json, list, object, record, text, time, word } from './read.js'

/** The terms among the parameters and chost, as the header tells them. */
const termsOf = (params: Json, chost: string): Json => {
  const { buf, chip, cusp, stopped, tail, tip } = record(params, 'clip')
  const { chop, hole } = record(params, 'dog')
  const { type, words } = readCalc(params)
  return {
    ilk: 'ILK-A',
    gem: 'GEM-A',
    mat: record(params, 'spot')['mat'],
    ...{ buf, tail, cusp, chip, tip },
    calc: { _tag: calcContract[type], ...digits(words) },
    ...{ hole, chop, dust: record(params, 'vat')['dust'], chost, stopped },
  }
}

const fedBy = (params: Json): Json => {
  const pip = readPip(record(params, 'pip'))
  const feed = Spotter.feed(
    { ...pip, val: Fixed.wad(pip.val) },
    Fixed.ray(word(record(params, 'spot'), 'par')),
  )
  return E.isLeft(feed) ? {} : { feed: `${feed.right}` }
}

const names = ['Bark', 'Kick', 'Take', 'Redo', 'Yank']

/** The events of this clipper and its dog in a step; of a bark, without the clipper's address. */
const eventsOf = (step: Json, params: Json, isFed: boolean): readonly Json[] =>
  list(step, 'events')
    .map((one) => object(one, 'event'))
    .filter((event) => names.includes(text(event, 'name')) && event['c'] !== 'clipB')
    .map((event) => {
      const args = Object.entries(record(event, 'args')).filter(([field]) => field !== 'clip')
      const name = text(event, 'name')
      const isStart = name === 'Kick' || name === 'Redo'
      return {
        t: time(step, 't'),
        name,
        ...Object.fromEntries(args),
        ...(isStart && isFed ? fedBy(params) : {}),
        ...(name === 'Take' ? { who: text(record(step, 'args'), 'who') } : {}),
      }
    })

/** The log of a scenario, with the price that each start read, or without. */
export const logOf = (scenario: Json, isFed: boolean): string => {
  const init = record(scenario, 'init')
  let params = record(init, 'params')
  let terms = termsOf(params, text(init, 'chost'))
  const lines: Json[] = [{ version: 1, ...terms }]
  for (const one of list(scenario, 'steps')) {
    const step = object(one, 'step')
    if (!flag(step, 'ok')) continue
    if ('events' in step) lines.push(...eventsOf(step, params, isFed))
    const after = record(step, 'after')
    if ('params' in after) params = { ...params, ...record(after, 'params') }
    const now = termsOf(params, text(after, 'chost'))
    for (const [what, data] of Object.entries(now))
      if (JSON.stringify(data) !== JSON.stringify(terms[what]))
        lines.push({ t: time(step, 't'), name: 'File', what, data })
    terms = now
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
