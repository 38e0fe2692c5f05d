/**
 * What `knockdown engine --terms` puts in force, and what it does not.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { TermsJson, TreasuryTermsJson } from '../../src/codec/index.js'
import type { Terms } from '../../src/core/index.js'
import { Engine, type Port } from '../../src/engine/index.js'
import { exampleTerms, exampleTreasuryTerms, rad } from '../example.js'
import { holding, NOW, session } from './live.js'
import type { Run } from './io.js'

const treasury = (version = 1): string =>
  JSON.stringify(TreasuryTermsJson.codec.encode({ ...exampleTreasuryTerms, version }))

const terms = (version = 1, more: Partial<Terms.Terms> = {}): string =>
  TermsJson.format({ ...exampleTerms, version, ...more })

const tokens = '{"money": 6, "tokens": [{"token": "BTC", "places": 8}]}'

type Files = Readonly<Record<string, string>>

const whole: Files = { 'tokens.json': tokens, 'treasury.json': treasury(), 'main.json': terms() }

/** Starts an engine on a store with these files in the folder `t`. */
const start = (store: Port.EventStore, files: Files, flags = ''): Promise<Run> =>
  session(`engine --database d --terms t ${flags}`.trim().split(' '), {
    stores: holding(store),
    io: {
      list: (folder) =>
        folder === 't' ? E.right(Object.keys(files)) : E.left('there is no such folder'),
      read: (path) => {
        const text = files[path.replace(/^t\//, '')]
        return text === undefined ? E.left('there is no such file') : E.right(text)
      },
    },
  })

const commands = async (store: Port.EventStore): Promise<readonly string[]> => {
  const found = await store.since(undefined, 100)()
  if (E.isLeft(found)) throw new Error(found.left.why)
  return found.right.entries.flatMap(({ command, type }) =>
    type === 'Checkpointed' ? [] : [command],
  )
}

const done = { status: 0, out: '', err: '' }

const refused = async (
  store: Port.EventStore,
  files: Files,
  message: string | RegExp,
  flags = '',
) => {
  const { err, out, status } = await start(store, files, flags)
  expect([status, out]).toEqual([2, ''])
  expect(err).toMatch(/^knockdown: [^\n]+\n$/)
  if (typeof message === 'string') expect(err).toBe(`knockdown: ${message}\n`)
  else expect(err).toMatch(message)
}

test('PRT-20 a folder establishes a store and puts its lines in force, once', async () => {
  const store = Memory.make()
  expect(await start(store, whole)).toEqual(done)
  expect(await commands(store)).toEqual(['terms TREASURY 1', 'terms MAIN 1'])
  expect(await start(store, whole)).toEqual(done)
  expect(await start(store, { 'main.json': terms() })).toEqual(done)
  expect(await commands(store)).toHaveLength(2)
})

test('PRT-5 engines that start at once do it once', async () => {
  const store = Memory.make()
  const runs = await Promise.all([1, 2, 3].map(() => start(store, whole)))
  expect(runs).toEqual([done, done, done])
  expect(await commands(store)).toEqual(['terms TREASURY 1', 'terms MAIN 1'])
})

test('PRT-5 what was refused once under an id is asked under the next one', async () => {
  const store = Memory.make()
  const clock = { now: TE.right(NOW) }
  const engine = Engine.make({ store, clock }).execute(new Set(['breaker']))
  const ask = { _tag: 'ToHouse', command: { _tag: 'ChangeLevel', line: 'x', level: 1 } } as const
  for (const id of ['terms TREASURY 1', 'terms MAIN 1', 'terms MAIN 1 (2)'])
    expect(await engine([{ id, ask }])()).toMatchObject([{ _tag: 'Refused' }])
  expect(await start(store, whole)).toEqual(done)
  expect(await commands(store)).toEqual(['terms TREASURY 1 (2)', 'terms MAIN 1 (3)'])
})

test('HOU-9 the next version follows, several at once too; any other is refused and nothing is put in force', async () => {
  const store = Memory.make()
  await start(store, whole)
  const second = terms(2, { ceiling: rad('7000') })
  expect(await start(store, { 'main.json': second })).toEqual(done)
  expect(await commands(store)).toHaveLength(3)
  await refused(
    store,
    { 'main.json': terms() },
    't/main.json: version: found 1, wanted 3, or what is in force of MAIN as it is (version 2)',
  )
  await refused(
    store,
    { 'main.json': terms(2, { ceiling: rad('8000') }) },
    't/main.json: version: found 2, wanted 3, or what is in force of MAIN as it is (version 2)',
  )
  await refused(store, { 'main.json': terms(4) }, /version: found 4, wanted 3/)
  await refused(store, { 'side.json': terms(2, { line: 'SIDE' }) }, /found 2, wanted 1/)
  expect(
    await start(store, {
      'a.json': terms(),
      'b.json': terms(4),
      'c.json': terms(3),
      'd.json': second,
    }),
  ).toEqual(done)
  expect(await commands(store)).toEqual([
    'terms TREASURY 1',
    'terms MAIN 1',
    'terms MAIN 2',
    'terms MAIN 3',
    'terms MAIN 4',
  ])
  expect(await start(store, { 'treasury.json': treasury(2) })).toEqual(done)
  await refused(store, { 'treasury.json': treasury(4) }, /version: found 4, wanted 3/)
})

test('PRT-20 what a store is established with is wanted, and never changes', async () => {
  const store = Memory.make()
  await refused(
    store,
    { 'treasury.json': treasury(), 'main.json': terms() },
    't/tokens.json: there is no such file, wanted one such as {"money": 6, "tokens": [{"token": "ETH", "places": 18}]}: in how many decimal places money and tokens are paid, which the store is established with',
  )
  await refused(
    store,
    { 'main.json': terms() },
    "--terms: wanted a file of the treasury's terms too, with the fields surplus and debt: the store is not established",
  )
  await refused(
    store,
    { ...whole, 'tokens.json': '{"money": 46, "tokens": []}' },
    't/treasury.json: refused: BadEstablishment {"rule":"PRT-20","what":"places of Money","given":46,"wanted":45}',
  )
  expect(await start(store, whole)).toEqual(done)
  const places = (text: string): Files => ({ ...whole, 'tokens.json': text })
  const why = "places are established with the treasury's terms, and never change"
  await refused(
    store,
    places('{"money": 7, "tokens": []}'),
    `t/tokens.json: money: found 7, wanted 6: ${why}`,
  )
  await refused(
    store,
    places('{"money": 6, "tokens": [{"token": "ETH", "places": 6}]}'),
    `t/tokens.json: ETH: found 6, wanted 18: ${why}`,
  )
})

test('PRT-19 terms that are known to lose money are refused, unless they are taken unchecked', async () => {
  const store = Memory.make()
  const hazardous = terms().replace('"after": "8400"', '"after": "60"')
  await refused(
    store,
    { ...whole, 'main.json': hazardous },
    /^knockdown: t\/main\.json:\d+: .*reset\.after.*\(PAR-10\)/,
  )
  const free = treasury().replace('"lot":"10000"', '"lot":"0"')
  await refused(
    store,
    { ...whole, 'treasury.json': free },
    /^knockdown: t\/treasury\.json:1: surplus\.lot: found "0", .*\(PAR-23\)/,
  )
  expect(await commands(store)).toEqual([])
  const both = { ...whole, 'main.json': hazardous, 'treasury.json': free }
  expect(await start(store, both, '--unchecked')).toEqual(done)
})

test('a folder that says nothing, or what is no document, is refused', async () => {
  const store = Memory.make()
  const wanted = 'a folder with JSON files of terms'
  await refused(store, {}, `--terms: found "t", wanted ${wanted}`)
  await refused(
    store,
    { 'tokens.json': tokens, 'x.txt': '' },
    `--terms: found "t", wanted ${wanted}`,
  )
  await refused(store, { ...whole, 'x.json': '{' }, /^knockdown: t\/x\.json:1: json: found ""/)
  await refused(store, { ...whole, 'tokens.json': '{}' }, /^knockdown: t\/tokens\.json:1: money: /)
  await refused(
    store,
    { ...whole, 'more.json': terms() },
    't/more.json: found "version 1 of MAIN", wanted it once: t/main.json has it too',
  )
  expect(await session('engine --database d --terms none'.split(' '))).toMatchObject({
    status: 2,
    err: 'knockdown: --terms: found "none", wanted a folder of JSON files of terms: there is no such folder\n',
  })
})
