/**
 * Io for tests: files in memory, and what was printed.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { run, type Status } from '../../src/cli/Cli.js'
import type { Files, Io } from '../../src/cli/Io.js'
import { Draw } from '../../src/report/index.js'
import * as Texts from '../../src/cli/Texts.js'
import { runner } from '../../src/cli/Trial.js'
import { TermsJson } from '../../src/codec/index.js'
import { Presets } from '../../src/tuning/index.js'

export const data: string = join(import.meta.dirname, '../../data')

export interface Run {
  readonly status: Status
  readonly out: string
  readonly err: string
  /** What was written, by file, if anything was. */
  readonly written?: Readonly<Record<string, string>>
}

/** An Io that keeps what is printed, and stands on no files but what its parts say. */
export const printed = (
  parts: Partial<Io> = {},
): { readonly io: Io; readonly out: () => string; readonly err: () => string } => {
  const out: string[] = []
  const err: string[] = []
  const files: Files = {
    read: () => E.left('there is no such file'),
    write: () => E.left('there is no such folder'),
    tryOut: () => E.right(undefined),
    dataPath: (name) => join(data, name),
    list: () => E.left('there is no such folder'),
    makeFolder: () => E.right(undefined),
  }
  return {
    io: {
      ...files,
      version: '1.2.3',
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      progress: () => ({ update: () => undefined, stop: () => undefined }),
      draw: Draw.load,
      pool: () => ({
        threads: 1,
        run: (job, trials) => {
          const run = runner(
            Texts.files((name) => job.files.get(name)),
            job.base,
          )
          return Promise.resolve(trials.map(run))
        },
        close: () => Promise.resolve(),
      }),
      live: () => {
        throw new Error('no command that is tested here goes on for long')
      },
      ...parts,
    },
    out: () => out.join(''),
    err: () => err.join(''),
  }
}

/** An Io over files in memory and the data of the package, which goes on until it is asked to stop: files that are written are there. */
export const inMemory = (
  files: Record<string, string>,
  isStopped: () => boolean = () => false,
): ReturnType<typeof printed> => {
  const folders = new Set<string>()
  const made = printed({
    read: (path) => {
      const text = path.startsWith(data) ? readFileSync(path, 'utf8') : files[path]
      return text === undefined ? E.left('there is no such file') : E.right(text)
    },
    write: (path, text) => {
      files[path] = text
      return E.right(undefined)
    },
    list: (folder) => {
      if (folder === '.') return E.right(Object.keys(files).filter((name) => !name.includes('/')))
      const names = Object.keys(files).filter((name) => name.startsWith(`${folder}/`))
      return names.length === 0 && !folders.has(folder)
        ? E.left('there is no such folder')
        : E.right(names.map((name) => name.slice(folder.length + 1)))
    },
    makeFolder: (folder) => {
      if (folder in files) return E.left('this is a file')
      folders.add(folder)
      return E.right(undefined)
    },
    live: () =>
      ({
        isStopped,
        print: (text: string) => {
          made.io.out(text)
          return Promise.resolve(true)
        },
      }) as never,
  })
  return made
}

/** Carries out a command line over files. */
export const knockdown = (
  argv: string,
  files: Readonly<Record<string, string>> = {},
  progress: Io['progress'] = () => ({ update: () => undefined, stop: () => undefined }),
): Run => {
  const written: Record<string, string> = {}
  const { err, io, out } = printed({
    read: (path) => {
      const text = path.startsWith(data) ? readFileSync(path, 'utf8') : files[path]
      return text === undefined ? E.left('there is no such file') : E.right(text)
    },
    write: (path, text) => {
      if (path.includes('/')) return E.left('there is no such folder')
      written[path] = text
      return E.right(undefined)
    },
    progress,
  })
  const status = run(argv === '' ? [] : argv.split(' '), io)
  if (typeof status === 'object') throw new Error(`${argv} is not done at once`)
  return {
    status,
    out: out(),
    err: err(),
    ...(Object.keys(written).length > 0 && { written }),
  }
}

/** Ten minutes a row; falls by a fifth in two hours, and stays. */
export const crash: string = [
  'time,open,high,low,close,volume,gas_price_gwei',
  ...Array.from({ length: 18 }, (_, i) => {
    const price = (n: number): string => String(Math.max(160, 200 - 4 * n))
    return [
      1_583_971_200 + 600 * i,
      price(i),
      price(i),
      price(i + 1),
      price(i + 1),
      '10',
      String(10 + i),
    ].join(',')
  }),
  '',
].join('\n')

export const dutch: string = TermsJson.format(Presets.presets['dutch-default'])

/** The crash with the `n`-th line changed. */
export const changed = (n: number, by: (line: string) => string): string =>
  crash
    .split('\n')
    .map((line, i) => (i + 1 === n ? by(line) : line))
    .join('\n')

export const cell = (n: number, column: number, text: string): string =>
  changed(n, (line) =>
    line
      .split(',')
      .map((one, i) => (i === column ? text : one))
      .join(','),
  )

export const withDrop = (n: number): string =>
  crash
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .filter((_, i) => i !== n)
        .join(','),
    )
    .join('\n')

export const refused = (
  argv: string,
  message: string | RegExp,
  files: Readonly<Record<string, string>> = {},
): void => {
  const { err, out, status } = knockdown(argv, { 'p.csv': crash, ...files })
  expect([status, out], argv).toEqual([2, ''])
  expect(err).toMatch(/^knockdown: [^\n]+\n$/)
  if (typeof message === 'string') expect(err).toBe(`knockdown: ${message}\n`)
  else expect(err).toMatch(message)
}
