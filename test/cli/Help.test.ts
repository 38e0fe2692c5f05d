/**
 * The examples of every command's --help run as they stand, in a folder with the files that the help shows.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { knockdown, type Run } from './io.js'
import { databases, session } from './live.js'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knockdown-help-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const stores = databases()

const fileOf = (path: string): string => (isAbsolute(path) ? path : join(folder, path))

const put = (path: string, text: string): void => {
  mkdirSync(dirname(fileOf(path)), { recursive: true })
  writeFileSync(fileOf(path), text)
}

/** Carries out a line as a shell would in the folder: no quotes, at most one `> file` or `< file`. */
const shell = async (line: string): Promise<Run> => {
  const [words = '', target] = line.split(' > ')
  const [called = '', source] = words.split(' < ')
  const [program, ...argv] = called.split(' ')
  expect(program).toBe('knockdown')
  const ran = await session(argv, {
    stores,
    input: source === undefined ? '' : readFileSync(fileOf(source), 'utf8'),
    io: {
      read: (path) =>
        existsSync(fileOf(path))
          ? E.right(readFileSync(fileOf(path), 'utf8'))
          : E.left('there is no such file'),
      write: (path, text) => {
        put(path, text)
        return E.right(undefined)
      },
      makeFolder: (path) => {
        mkdirSync(fileOf(path), { recursive: true })
        return E.right(undefined)
      },
      list: (path) => E.right(readdirSync(fileOf(path))),
    },
  })
  if (target !== undefined) put(target, ran.out)
  return ran
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
    expect(commands).toEqual(
      expect.arrayContaining(
        'simulate replay quote terms engine lots payments migrate schema'.split(' '),
      ),
    )
  })

  for (const command of ['', ...commands])
    test(`knockdown ${command}`.trim(), async () => {
      const { files, lines } = shown(command)
      for (const { name, text } of files) put(name, text)
      expect(lines).not.toEqual([])
      for (const line of lines) {
        const { err, out, status } = await shell(line)
        expect([status, err], line).toEqual([0, ''])
        expect(out).not.toBe('')
      }
    })

  test('that of quote tells a cost', async () => {
    const [line = ''] = shown('quote').lines
    expect((await shell(line)).out).toMatch(/^cost of 2\.5: [\d.]+ for 2\.5$/m)
  })
})
