/**
 * The library example of docs/stores.md runs, in memory and in a folder, and the tables in it name what there is.
 * (Its commands: test/cli/Docs.test.ts.)
 */

import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { migrations } from '../src/adapter/sql/Migrations.js'
import { root } from './spec.js'
import { folder } from './stores-market.js'

const doc = readFileSync(join(root, 'docs/stores.md'), 'utf8')

/** The blocks of a language, in their order. */
const blocks = (language: string): readonly string[] =>
  [...doc.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  )

test('the example of docs/stores.md is test/stores-example.ts, and does on a folder what it does in memory', async () => {
  const checked = readFileSync(join(root, 'test/stores-example.ts'), 'utf8')
    .replace('../src/engine/index.js', 'knockdown/engine')
    .replace('../src/adapter/memory/index.js', 'knockdown/memory')
    .replace('../src/adapter/sql/index.js', 'knockdown/sql')
    .replace('./stores-market.js', './market.js')
  expect(blocks('ts')).toContain(checked)
  const print = vi.spyOn(console, 'log').mockReturnValue()
  try {
    await import('./stores-example.js')
    const said = print.mock.calls
    const once = said.slice(0, said.length / 2)
    expect(said.slice(said.length / 2)).toEqual(once)
    expect(once).toMatchObject([
      ['open 1', 'Done'],
      ['ben 1', 'Done'],
      ['ben 1', 'Done'],
      ['open 1', 'Refused'],
      [{ _tag: 'Right', right: 3 }],
      [{ _tag: 'Right', right: { entries: 8, lots: 1, payments: 3, fault: undefined } }],
    ])
  } finally {
    print.mockRestore()
    rmSync(dirname(folder), { recursive: true })
  }
}, 120_000)

test('the table layout in docs/stores.md is that of the migrations', () => {
  const source = readFileSync(join(root, 'src/adapter/sql/Migrations.ts'), 'utf8')
  expect(Object.keys(migrations).length).toBeGreaterThan(0)
  for (const [, name = '', columns = ''] of source.matchAll(
    /create table knockdown\.(\w+) \(([^]*?)\n {4}\)/g,
  )) {
    const row = doc.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    expect([name, row]).toEqual([name, expect.any(String)])
    for (const [, column = ''] of columns.matchAll(/^ {6}"?(?!primary|check)(\w+)"? /gm))
      expect([name, column, row?.includes(`\`${column}\``)]).toEqual([name, column, true])
  }
})
