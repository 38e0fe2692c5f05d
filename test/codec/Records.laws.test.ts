/**
 * Laws of Commands, Events and Refusals: spec/02-decimal.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { expect, test } from 'vitest'
import { refusals } from '../../scripts/spec.mjs'
import { Commands, Events, Refusals } from '../../src/codec/index.js'
import type { Refusal } from '../../src/core/index.js'
import { Events as Arbitrary, History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { root } from '../spec.js'

/** What a value is once it has been written as text and read again. */
const through = <A>(codec: t.Type<A, unknown>, value: A): unknown => {
  const decoded = codec.decode(JSON.parse(JSON.stringify(codec.encode(value))))
  return E.isRight(decoded) ? decoded.right : decoded.left.map(({ message }) => message)
}

const sameThrough = <A>(codec: t.Type<A, unknown>, value: A): void => {
  // The arbitraries make some records without a prototype: not toStrictEqual.
  expect(through(codec, value)).toEqual(value)
  expect(codec.is(value)).toBe(true)
}

law(
  'DEC-25',
  'every event is read back as it was written',
  fc.property(Arbitrary.event, (event) => {
    sameThrough(Events.codec, event)
  }),
)

const seen = new Set<string>()

law(
  'DEC-25',
  'what is asked, done and refused in whole histories is read back as it was written',
  fc.property(History.history, (history) => {
    History.play(history, ({ command, decision }) => {
      if (E.isRight(decision)) for (const event of decision.right) sameThrough(Events.codec, event)
      else if (!['NotFound', 'NameTaken'].includes(decision.left._tag)) {
        seen.add(decision.left._tag)
        sameThrough(Refusals.codec, decision.left as Refusal.Refusal)
      }
      // A time that is no whole second is refused when it is read.
      if (!Number.isSafeInteger(History.timeOf(command))) return
      if (command._tag === 'ToLot') sameThrough(Commands.toLot, command.command)
    })
  }),
)

test('DEC-25 the histories held most kinds of refusals to it', () => {
  expect(seen.size).toBeGreaterThan(40)
})

test('DEC-25 every refusal of the core has a codec, with its rule and no other', () => {
  for (const { rule, tag } of refusals(root)) {
    const decoded = Refusals.codec.decode({ _tag: tag, rule: 'none' })
    const messages = E.isLeft(decoded) ? decoded.left.map(({ message }) => message) : []
    // A fact is missing, or else the rule is not the one that was given.
    expect(messages[0]).toMatch(new RegExp(`this field|${rule}$`))
  }
})

law(
  'DEC-25',
  'commands to a house and a treasury are read back as they were written',
  fc.property(
    fc.nat(),
    fc.bigInt({ min: 0n, max: 10n ** 60n }),
    fc.boolean(),
    (at, amount, opens) => {
      const ceiling = amount as never
      sameThrough(Commands.toHouse, { _tag: 'ChangeHouse', at, ceiling, opens })
      sameThrough(Commands.toHouse, { _tag: 'ChangeLevel', at, line: 'x', level: at })
      sameThrough(Commands.toTreasury, { _tag: 'Heal', at, amount: ceiling, of: 'ready' })
      sameThrough(Commands.toTreasury, { _tag: 'Receive', at, from: 'x', amount: ceiling })
      sameThrough(Commands.toTreasury, { _tag: 'Mature', at })
      sameThrough(Commands.toTreasury, { _tag: 'OpenSurplus', at })
      sameThrough(Commands.toTreasury, { _tag: 'OpenDebt', at })
    },
  ),
)

test.each([
  [
    { _tag: 'Raise', at: 7, bidder: 'ann', bid: 12, sold: '3' },
    'a whole number of the smallest units',
  ],
  [
    { _tag: 'Raise', at: 7, bidder: 'ann', bid: '1.5', sold: '3' },
    'a whole number of the smallest units',
  ],
  [{ _tag: 'Raise', at: 7.5, bidder: 'ann', bid: '1', sold: '3' }, 'a whole number'],
  [{ _tag: 'Cancel', at: 7, by: 'ann' }, 'no field by, only _tag, at'],
  [{ _tag: 'Stop', at: 7 }, 'Take or Reset or Cancel or Raise'],
])('DEC-24 %j is refused', (json, wanted) => {
  const decoded = Commands.toLot.decode(json)
  expect(E.isLeft(decoded) ? decoded.left[0]?.message : '').toContain(wanted)
})

test('DEC-24 a number as given is the very text of one', () => {
  const read = (at: unknown): boolean =>
    E.isRight(Refusals.codec.decode({ _tag: 'BadTime', rule: 'HOU-1', at, lastAt: 0 }))
  expect(['NaN', '-1', '0.5', '9007199254740992', 'Infinity'].map(read)).toEqual(
    Array(5).fill(true),
  )
  expect(['', ' 1', '01', '1e2', 'x', 1, null].map(read)).toEqual(Array(7).fill(false))
})

test('DEC-24 what is absent is null, and nothing else', () => {
  const won = (bidExpiresAt: unknown): boolean =>
    E.isRight(Refusals.codec.decode({ _tag: 'NotWon', rule: 'ENG-9', bidExpiresAt, endsAt: 1 }))
  expect([null, 5, '', 0.5, {}].map(won)).toEqual([true, true, false, false, false])
})
