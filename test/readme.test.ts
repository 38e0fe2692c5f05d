/**
 * The first example of README.md runs, is short, and prints what the README says; the modules that it names
 * are those that decide and evolve. CHANGELOG.md introduces each entry once.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import * as codec from '../src/codec/index.js'
import * as core from '../src/index.js'
import * as data from './loan.js'
import { root } from './spec.js'

const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** The first block of a language, after a place in the text. */
const block = (language: string, from = 0): string =>
  new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, 'm').exec(readme.slice(from))?.[1] ?? ''

const code = block('ts')
const output = block('text', readme.indexOf(code))

const rooms: Readonly<Record<string, unknown>> = {
  knockdown: core,
  'knockdown/codec': codec,
  './loan.js': data,
}

test('the example of the README prints what it says', () => {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const printed: string[] = []
  const require = (name: string): unknown => {
    if (rooms[name] === undefined) throw new Error(`the README imports ${name}`)
    return rooms[name]
  }
  const print = { log: (...values: readonly unknown[]) => printed.push(values.join(' ')) }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the README is ours, and this is what runs it
  const run = new Function('require', 'exports', 'console', outputText) as (
    ...values: readonly unknown[]
  ) => unknown
  run(require, {}, print)
  expect(printed.join('\n')).toBe(output.trimEnd())
  expect(printed).not.toEqual([])
})

test('the example of the README is short', () => {
  expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(12)
})

test('the example of the README is test/readme-example.ts, which is type-checked', () => {
  const checked = readFileSync(join(root, 'test/readme-example.ts'), 'utf8')
  const imports = checked
    .replace('../src/index.js', 'knockdown')
    .replace('../src/codec/index.js', 'knockdown/codec')
  expect(code).toBe(imports)
})

/** The modules that a sentence of the README gives a function: those named since the last stop. */
const named = (name: string): readonly string[] => {
  const [, sentence = ''] =
    new RegExp(`(?:[.;]\\s+)((?:\`\\w+\`|[^\`.;])*) each have an? \`${name}\``).exec(readme) ?? []
  return [...sentence.matchAll(/`(\w+)`/g)].map(([, module = '']) => module).sort()
}

/** The modules of the core that export a function of a name. */
const exporting = (name: string): readonly string[] =>
  Object.entries(core)
    .filter(([, module]) => name in module)
    .map(([module]) => module)
    .sort()

test('the modules that decide and evolve are those that the README names', () => {
  expect(named('decide')).toEqual(['Auction', 'Dutch', 'English', 'House', 'Treasury'])
  for (const name of ['decide', 'evolve']) expect(named(name)).toEqual(exporting(name))
})

test('the change log introduces each entry of the package once', () => {
  const log = readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
  const introduced = [...log.matchAll(/`(knockdown\/\w+)`:/g)].map(([, entry]) => entry)
  expect(introduced).toContain('knockdown/maker')
  expect(introduced).toEqual([...new Set(introduced)])
})
