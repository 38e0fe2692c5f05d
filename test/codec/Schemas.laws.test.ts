/**
 * Laws of Schemas: spec/02-decimal.md. What another program reads of a schema, a validator that is not ours
 * reads: what it allows is what our codecs read.
 */

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  Commands,
  Events,
  Refusals,
  Schemas,
  TermsJson,
  TreasuryTermsJson,
} from '../../src/codec/index.js'
import { Arbitrary, Events as EventArbitrary, History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { spoiled } from './spoiled.js'

type Name = keyof typeof Schemas.schemas

const codecs: Readonly<
  Record<Name, { readonly decode: (json: unknown) => E.Either<unknown, unknown> }>
> = {
  terms: TermsJson.codec,
  treasuryTerms: TreasuryTermsJson.codec,
  toLot: Commands.toLot,
  toHouse: Commands.toHouse,
  toTreasury: Commands.toTreasury,
  event: Events.codec,
  refusal: Refusals.codec,
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
const names = Object.keys(codecs) as readonly Name[]
const validators = new Map(names.map((name) => [name, ajv.compile(Schemas.schemas[name])]))

const bothAllow = (name: Name, json: unknown): readonly [boolean, boolean] => [
  validators.get(name)?.(json) === true,
  E.isRight(codecs[name].decode(json)),
]

const written: Readonly<Record<'terms' | 'event', fc.Arbitrary<unknown>>> = {
  terms: Arbitrary.terms.map((terms) => TermsJson.codec.encode(terms)),
  event: EventArbitrary.event.map((event) => Events.codec.encode(event)),
}

describe.each(['terms', 'event'] as const)('%s', (name) => {
  law(
    'DEC-26',
    'what is written is allowed, and what is spoiled by the schema and the codec alike',
    fc.property(
      written[name].chain((json) => fc.tuple(fc.constant(json), spoiled(json))),
      ([json, other]) => {
        expect(bothAllow(name, json)).toEqual([true, true])
        const [schema, codec] = bothAllow(name, other)
        expect({ schema, other }).toEqual({ schema: codec, other })
      },
    ),
  )
})

/** What histories ask and are refused. */
const asked = History.history.map((history) => {
  const found: (readonly [Name, unknown])[] = []
  History.play(history, ({ command, decision }) => {
    if (command._tag === 'ToLot') found.push(['toLot', Commands.toLot.encode(command.command)])
    if (
      E.isLeft(decision) &&
      decision.left._tag !== 'NotFound' &&
      decision.left._tag !== 'NameTaken'
    )
      found.push(['refusal', Refusals.codec.encode(decision.left)])
  })
  return found
})

law(
  'DEC-26',
  'commands and refusals are allowed, or not, by schema and codec alike',
  fc.property(
    asked
      .filter((found) => found.length > 0)
      .chain((found) =>
        fc
          .constantFrom(...found)
          .chain(([name, json]) => fc.tuple(fc.constant(name), fc.constant(json), spoiled(json))),
      ),
    ([name, json, other]) => {
      const [written, read] = bothAllow(name, json)
      expect(written).toBe(read)
      const [schema, codec] = bothAllow(name, other)
      expect({ schema, other }).toEqual({ schema: codec, other })
    },
  ),
)

test('DEC-26 commands to a house and a treasury are allowed alike', () => {
  const cases: readonly (readonly [Name, unknown, boolean])[] = [
    ['toHouse', { _tag: 'ChangeLevel', at: 7, line: 'x', level: 3 }, true],
    ['toHouse', { _tag: 'ChangeLevel', at: 7, line: 'x', level: 3.5 }, false],
    ['toHouse', { _tag: 'ChangeHouse', at: 7, ceiling: '1.5', opens: true }, true],
    ['toHouse', { _tag: 'ChangeHouse', at: 7, ceiling: '1.5', opens: 'yes' }, false],
    ['toTreasury', { _tag: 'OpenSurplus', at: 7 }, true],
    ['toTreasury', { _tag: 'OpenSurplus', at: 7, of: 'ready' }, false],
    ['toTreasury', { _tag: 'Heal', at: 7, amount: '1', of: 'ready' }, true],
    ['toTreasury', { _tag: 'Heal', at: 7, amount: 1, of: 'ready' }, false],
    ['toTreasury', { _tag: 'Receive', at: 7, from: 'fees', amount: '1.5' }, true],
  ]
  for (const [name, json, allowed] of cases)
    expect([json, ...bothAllow(name, json)]).toEqual([json, allowed, allowed])
})

test('DEC-26 a schema that differs is noticed', () => {
  const looser = { ...Schemas.schemas.toLot, additionalProperties: true, anyOf: [{}] }
  expect(new Ajv2020().compile(looser)({ _tag: 'Stop' })).toBe(true)
  expect(bothAllow('toLot', { _tag: 'Stop' })).toEqual([false, false])
})
