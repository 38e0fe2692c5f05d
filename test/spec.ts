/**
 * Spec: the pages of spec/, and their examples, read and run.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import * as codec from '../src/codec/index.js'
import * as engine from '../src/engine/index.js'
import * as core from '../src/index.js'
import * as common from './example.js'

export const root: string = join(import.meta.dirname, '..')

/** A page of spec/: its name and text. */
export interface Page {
  readonly name: string
  readonly text: string
}

/** The pages of rules, in order; the index of them is not one. */
export const pages: readonly Page[] = readdirSync(join(root, 'spec'))
  .filter((name) => /^\d\d-[a-z]+\.md$/.test(name))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(root, 'spec', name), 'utf8') }))

/** One line of an example: what is worked out, and what it comes to. */
export interface Example {
  /** The rule it stands under. */
  readonly rule: string
  readonly line: string
  readonly expression: string
  readonly expected: string
}

/** The examples of a page, line by line. A line that is not `expression // expected` expects a syntax error. */
export const examples = ({ text }: Page): readonly Example[] =>
  Array.from(text.matchAll(/^```example\n([^]*?)^```$/gm)).flatMap((block) => {
    const before = text.slice(0, block.index)
    const rule = Array.from(before.matchAll(/^\*\*([A-Z]{3}-\d+)\*\*/gm)).at(-1)?.[1] ?? 'no rule'
    return (block[1] ?? '')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const middle = line.indexOf(' // ')
        return middle < 0
          ? { rule, line, expression: line, expected: '' }
          : { rule, line, expression: line.slice(0, middle), expected: line.slice(middle + 4) }
      })
  })

const folder = join(root, 'test/examples')

/** What the pages' own files of sample data export; a name that two of them give is an error. */
const samples = await readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .reduce<Promise<Readonly<Record<string, unknown>>>>(
    async (before, name) => {
      const all = await before
      const own = (await import(join(folder, name))) as Readonly<Record<string, unknown>>
      const twice = Object.keys(own).find((one) => one in all)
      if (twice !== undefined) throw new Error(`test/examples/${name}: ${twice} is taken`)
      return { ...all, ...own }
    },
    Promise.resolve({ ...core, ...codec, ...engine, ...common, E, O }),
  )

/** The value of an expression over the core, codec, E, O and all sample data. */
export const evaluate = (expression: string): unknown => {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the spec is ours, and this is what runs it
  const run = new Function(...Object.keys(samples), `'use strict'\nreturn (${expression}\n)`) as (
    ...values: readonly unknown[]
  ) => unknown
  return run(...Object.values(samples))
}
