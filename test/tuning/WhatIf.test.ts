/**
 * What becomes of logs in which something is close: a purchase that is cut, two market prices in one second.
 */

import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { rad, ray, right, wad } from '../example.js'
import { clipperLog, logWith } from '../examples/log.js'
import { bought, newStarts, whatBecomes } from '../examples/whatif.js'

const lines = clipperLog.trimEnd().split('\n')

test('WIF-6 a purchase that was cut to the least that must be left is cut so again, to the last unit', () => {
  const price = ray('187.2')
  const slice = wad('4.278846153846153846')
  const left = `${wad('9') - slice}`
  // 801 are more than the price of the slice: it is rounded down.
  expect(Fixed.worth(slice, price)).toBeLessThan(rad('801'))
  const changes: readonly (readonly [number, Readonly<Record<string, unknown>>])[] = [
    [6, { t: 320, price: `${price}`, lot: left }],
    [7, { t: 320 }],
    [9, { lot: left }],
    [10, { lot: `${BigInt(left) - wad('0.697530864197530864')}` }],
  ]
  const text = lines
    .map((line, i) => {
      const [, fields = {}] = changes.find(([n]) => n === i + 1) ?? []
      return JSON.stringify({ ...(JSON.parse(line) as object), ...fields })
    })
    .join('\n')
  const [lot] = right(whatBecomes(text, '')).lots
  expect(lot?.changed.events).toEqual(lot?.recorded.events)
  expect(lot?.changed.takes).toBe(3)
})

test('WIF-3 who ended a lot takes all that is left of it, also where others have paid less before', () => {
  const [lot] = right(whatBecomes(clipperLog, 'markup=1.1')).lots
  const last = lot?.changed.events.find((event) => event._tag === 'Taken' && event.at === 719)
  expect(last).toMatchObject({ price: ray('161.865') })
  // 1 for 215.82 and 4.171875 for 191.84 each leave more than the 113 that were left.
  expect(lot?.changed.of.paid).toBe(rad('1130'))
  expect(lot?.changed.open.debt).toBe(0n)
})

test('WIF-4 a new start reads what it read, though another lot read another price in the same second', () => {
  const kick = {
    ...{ t: 700, name: 'Kick', id: '3', usr: 'eve', kpr: 'kim' },
    ...{ top: `${ray('192')}`, tab: `${rad('500')}`, lot: `${wad('3')}` },
    ...{ coin: `${rad('0.5')}`, feed: `${ray('160')}` },
  }
  const text = [...lines.slice(0, 9), JSON.stringify(kick), ...lines.slice(9)].join('\n')
  expect(newStarts(text, '')).toEqual([[700, '180']])
})

test('WIF-1 a start that no market price leads to is refused with its line', () => {
  expect(bought(logWith(2, { top: `${ray('240') + 1n}` }), '')).toBe(
    'log:2: startPrice: found "240.000000000000000000000000001", wanted what a market price leads to under these terms',
  )
})
