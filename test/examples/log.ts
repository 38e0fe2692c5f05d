/**
 * Samples for the examples of spec/15-log.md: the log that stands there, and changes of it.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { Csv, LogLines } from '../../src/codec/index.js'
import { type Event, Fixed } from '../../src/index.js'
import { Replay } from '../../src/maker/index.js'
import { rad, ray, wad } from '../example.js'

export { Journal } from '../../src/maker/index.js'

const page = readFileSync(join(import.meta.dirname, '../../spec/15-log.md'), 'utf8')

/** The log of the page. */
export const clipperLog: string = /^```jsonl\n([^]*?)^```$/m.exec(page)?.[1] ?? ''

/** The same with other values of some fields on one line, counted from 1; without a field whose value is undefined. */
export const logWith = (line: number, fields: Readonly<Record<string, unknown>>): string =>
  clipperLog
    .split('\n')
    .map((text, i) =>
      i + 1 === line ? JSON.stringify({ ...(JSON.parse(text) as object), ...fields }) : text,
    )
    .join('\n')

/** What comes of a log that can be read. */
export const knockdownReplay = (text: string): Replay.Replayed => {
  const log = LogLines.parse(text)
  if (E.isLeft(log)) throw new Error(Csv.render('log')(log.left))
  return Replay.replay(log.right.terms, log.right.lines)
}

/** Where a log differs, or what is wrong with it. */
export const told = (text: string): string | readonly string[] => {
  const log = LogLines.parse(text)
  return E.isLeft(log)
    ? Csv.render('log')(log.left)
    : Replay.replay(log.right.terms, log.right.lines).differences.map(
        ({ field, line, name }) => `${line}: ${name}.${field}`,
      )
}

/** An opening of ten ETH. */
export const makerOpened: Event.Opened = {
  _tag: 'Opened',
  lot: 'ETH-A/1',
  line: 'ETH-A',
  at: 7,
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'ann', owner: 'ann' },
  collateral: wad('10'),
  shares: wad('800'),
  debt: rad('1000'),
  target: rad('1130'),
  lossAt: 'seizure',
  binding: 'inForce',
  start: { _tag: 'Dutch', startPrice: ray('240') },
  keeper: 'kim',
  reward: Fixed.rad(0n),
  payer: { _tag: 'Protocol' },
}
