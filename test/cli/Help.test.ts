/**
 * The examples of every command's --help run as they stand, in a folder with the files that the help shows.
 */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { run } from '../../src/cli/Cli.js'
import { data, knockdown, type Run } from './io.js'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knockdown-help-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Carries out a line as a shell would in the folder: no quotes, at most one `> file`. */
const shell = (line: string): Run => {
  const [words = '', target] = line.split(' > ')
  const [program, ...argv] = words.split(' ')
  expect(program).toBe('knockdown')
  const out: string[] = []
  const err: string[] = []
  const status = run(argv, {
    version: '1.2.3',
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    read: (path) => {
      const full = isAbsolute(path) ? path : join(folder, path)
      return existsSync(full)
        ? E.right(readFileSync(full, 'utf8'))
        : E.left('there is no such file')
    },
    write: (path, text) => {
      writeFileSync(join(folder, path), text)
      return E.right(undefined)
    },
    dataPath: (name) => join(data, name),
    progress: () => ({ update: () => undefined, stop: () => undefined }),
  })
  if (target !== undefined) writeFileSync(join(folder, target), out.join(''))
  return { status, out: out.join(''), err: err.join('') }
}

/** What a command's help shows: files, as `The file <name>: <text>`, and the lines of its example. */
const shown = (command: string) => {
  const { out } = knockdown(`${command} --help`.trim())
  return {
    files: [...out.matchAll(/^The file (\S+): (.+)$/gm)].map(([, name = '', text = '']) => ({
      name,
      text,
    })),
    lines: [...out.matchAll(/^ {2}(knockdown .+)$/gm)].map(([, line = '']) => line),
  }
}

const commands = [...knockdown('--help').out.matchAll(/^ {2}([a-z]+) .*[[<]/gm)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'help')

describe('the examples of --help run', () => {
  test('every command is among them', () => {
    expect(commands).toEqual(expect.arrayContaining(['simulate', 'replay', 'quote', 'terms']))
  })

  for (const command of ['', ...commands])
    test(`knockdown ${command}`.trim(), () => {
      const { files, lines } = shown(command)
      for (const { name, text } of files) writeFileSync(join(folder, name), text)
      expect(lines).not.toEqual([])
      for (const line of lines) {
        const { err, out, status } = shell(line)
        expect([status, err], line).toEqual([0, ''])
        expect(out).not.toBe('')
      }
    })

  test('that of quote tells a cost', () => {
    const [line = ''] = shown('quote').lines
    expect(shell(line).out).toMatch(/^cost of 2\.5: [\d.]+ for 2\.5$/m)
  })
})
