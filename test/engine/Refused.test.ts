/**
 * What an engine refuses because it would mean something else, or could never be undone.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { type Ask, Audit, Chain, Record } from '../../src/engine/index.js'
import { examplePosition, exampleTerms, exampleTreasuryTerms, price } from '../example.js'
import { brief, founded, opening, taking, told, world } from './world.js'

test('PRT-2 no asset and no token is called as money is', async () => {
  const { ask } = await founded()
  const collaterals = exampleTerms.collaterals
    .slice(0, 1)
    .map((one) => ({ ...one, asset: 'Money' }))
  const terms = { ...exampleTerms, line: 'OTHER', collaterals }
  expect(
    told(await ask('1', { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms } })),
  ).toEqual({ _tag: 'NameTaken', rule: 'PRT-2', name: 'Money' })
  const { debt, surplus } = exampleTreasuryTerms
  const treasury = exampleTreasuryTerms
  const establishments: readonly Omit<Ask.Establish, '_tag' | 'money'>[] = [
    { treasury: { ...treasury, surplus: { ...surplus, token: 'Money' } }, tokens: [] },
    { treasury: { ...treasury, debt: { ...debt, token: 'Money' } }, tokens: [] },
    { treasury, tokens: [{ token: 'Money', places: 6 }] },
  ]
  for (const one of establishments)
    expect(brief(await world().ask('1', { _tag: 'Establish', money: 6, ...one }))).toBe(
      'NameTaken PRT-2',
    )
})

test('PRT-21 a lot of a line with the longest name can be bid on, and cancelled', async () => {
  const { ask } = await founded()
  const line = 'x'.repeat(256)
  const terms: Ask.Ask = {
    _tag: 'ToHouse',
    command: { _tag: 'ChangeTerms', terms: { ...exampleTerms, line } },
  }
  expect(brief(await ask('long line', terms))).toBe('TermsChanged')
  await ask('long', { _tag: 'Hold', seen: 0, position: { ...examplePosition, id: 'p2', line } })
  expect(brief(await ask('open long', { ...(opening as Ask.Open), position: 'p2' }))).toBe(
    'Opened Held',
  )
  const lot = `${line}/1`
  expect(brief(await ask('take', { ...(taking('1') as Ask.ToLot), lot }))).toBe('Taken')
  expect(
    brief(await ask('too long', { ...(taking('1') as Ask.ToLot), lot: 'x'.repeat(281) })),
  ).toBe('BadName PRT-21')
  expect(brief(await ask('most', { ...(taking('1') as Ask.ToLot), lot: 'x'.repeat(280) }))).toBe(
    'NotFound PRT-1',
  )
})

test('PRT-7 nothing happens at a time that is yet to come', async () => {
  const { ask, clock } = await founded({ skew: 5 })
  const quote = (at: number): Ask.Ask => ({
    _tag: 'Quote',
    asset: 'ETH',
    at,
    risk: price(1400n),
    market: price(1400n),
  })
  const future = (at: number) => ({ _tag: 'FutureTime', rule: 'PRT-7', at, latest: 1005 })
  expect(told(await ask('milliseconds', quote(1_000_000)))).toEqual(future(1_000_000))
  expect(told(await ask('1006', quote(1006)))).toEqual(future(1006))
  expect(brief(await ask('1005', quote(1005)))).toBe('Quoted')
  expect(told(await ask('open', { ...(opening as Ask.Open), at: 1006 }))).toEqual(future(1006))
  const halt: Ask.ToHouse = {
    _tag: 'ToHouse',
    command: { _tag: 'ChangeLevel', line: 'MAIN', level: 3, at: 2000 },
  }
  expect(told(await ask('halt', halt))).toEqual(future(2000))
  // What is no time is left to the rule that says so.
  const never = { ...halt, command: { ...halt.command, at: Infinity } } as Ask.Ask
  expect(brief(await ask('never', never))).toBe('BadTime HOU-1')
  clock.at = 1001
  expect(brief(await ask('then', { ...(opening as Ask.Open), at: 1006 }))).toBe('Opened Held')
})

test('DEC-28 what is decided from the longest numbers that can be asked is read again', async () => {
  const { ask, store } = await founded()
  // What 128 digits can tell of a Wad, a Ray and a Rad.
  const longest = 10n ** 101n - 1n
  await ask('dear', {
    _tag: 'Quote',
    asset: 'ETH',
    risk: Fixed.ray(longest * Fixed.RAY),
    market: Fixed.ray(longest * Fixed.RAY),
  })
  const safe = await ask('safe', opening)
  expect(brief(safe)).toBe('Safe POS-2')
  expect(await ask('safe', opening)).toEqual(safe)
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
})

test('PRT-22 what is too long to be read back is not stored', async () => {
  const { ask, store } = await founded()
  const bad = (what: string) => ({ _tag: 'BadAmount', rule: 'PRT-22', what, digits: 129 })
  const most = 10n ** 128n
  const terms = { ...exampleTerms, version: 2, ceiling: Fixed.rad(most) }
  const change: Ask.Ask = { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms } }
  expect(told(await ask('1', change))).toEqual(bad('ceiling'))
  const holdings = [{ asset: 'ETH', amount: Fixed.wad(-most) }]
  const hold: Ask.Ask = { _tag: 'Hold', seen: 1, position: { ...examplePosition, holdings } }
  expect(told(await ask('1', hold))).toEqual(bad('amount'))
  // It is no outcome, and one unit less is not too long.
  const fits = { ...terms, ceiling: Fixed.rad(most - 1n) }
  const again: Ask.Ask = { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms: fits } }
  expect(brief(await ask('1', again))).toBe('TermsChanged')
  expect(brief(await world({}, store).ask('open', opening))).toBe('Opened Held')
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
})

test('PRT-7 is looked at after PRT-20, and before what is named is looked up', async () => {
  const ahead = { ...(opening as Ask.Open), at: 9000 }
  expect(brief(await world().ask('1', ahead))).toBe('NotEstablished PRT-20')
  const { ask } = await founded()
  expect(brief(await ask('1', { ...ahead, position: 'nobody' }))).toBe('FutureTime PRT-7')
})

test('DEC-28 a position that was given back more than anybody could say is read again', () => {
  const more = Fixed.wad(10n ** 140n)
  const position = { ...examplePosition, holdings: [{ asset: 'ETH', amount: more }], shares: more }
  const held: Record.Record = { _tag: 'Held', at: 7, position }
  const entry = Chain.link(Chain.start, {
    stream: Record.streamOf(held),
    command: 'c',
    ...Record.write(held),
  })
  expect(Record.read(entry)).toEqual(E.right(held))
})
