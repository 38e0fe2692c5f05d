/**
 * The program itself as other programs drive it: lines in and out of a process, signals, a reader that goes away.
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { Ask } from '../../src/engine/index.js'
import { exampleQuotes } from '../example.js'
import { founding, taking } from '../engine/world.js'
import { root } from '../spec.js'
import { program as built } from './program.js'

let program = ''

beforeAll(async () => {
  program = await built('cli')
}, 60_000)

interface Engine {
  readonly child: ChildProcessWithoutNullStreams
  /** Sends a line and waits for its answer. */
  readonly ask: (line: string) => Promise<Readonly<Record<string, unknown>>>
  readonly ended: Promise<{ readonly status: number | null; readonly err: string }>
}

const start = (...argv: readonly string[]): Engine => {
  const child = spawn(process.execPath, [program, ...argv], { cwd: root, timeout: 60_000 })
  let out = ''
  let err = ''
  const waiting: ((line: string) => void)[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    for (let end = out.indexOf('\n'); end >= 0; end = out.indexOf('\n')) {
      waiting.shift()?.(out.slice(0, end))
      out = out.slice(end + 1)
    }
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  return {
    child,
    ask: (line) =>
      new Promise((resolve) => {
        waiting.push((answer) => {
          resolve(JSON.parse(answer) as Readonly<Record<string, unknown>>)
        })
        child.stdin.write(`${line}\n`)
      }),
    ended: new Promise((resolve) => {
      child.on('close', (status) => {
        resolve({ status, err })
      })
    }),
  }
}

const line = (id: string, ask: Ask.Ask): string =>
  JSON.stringify({ id, ask: Ask.codec.encode(ask) })

describe('knockdown engine as a process', () => {
  test('PRT-5 answers each line as it comes, from an empty store to a sale', async () => {
    const grant = 'open,terms,breaker,positions,prices'
    const { ask, child, ended } = start('engine', '--database', 'memory:', '--grant', grant)
    const tags = async (text: string): Promise<string> => {
      const { events, problem, refusal } = await ask(text)
      const told = events as { event: { _tag: string } }[] | undefined
      return (
        told?.map(({ event }) => event._tag).join(' ') ??
        (refusal as { _tag: string } | undefined)?._tag ??
        (problem as { rule: string }).rule
      )
    }
    expect(await tags(line('early', taking()))).toBe('NotEstablished')
    for (const [i, tag] of [
      'Established',
      'TermsChanged',
      'HouseChanged',
      'Held',
      'Quoted',
    ].entries()) {
      const { ask, id } = founding[i] ?? { id: '', ask: taking() }
      expect(await tags(line(id, ask))).toBe(tag)
    }
    const open = line('open', {
      _tag: 'Open',
      keeper: 'kim',
      position: 'p1',
      quotes: exampleQuotes,
    })
    expect(await tags(open)).toBe('Opened Held')
    expect(await tags(line('take', taking('1')))).toBe('Taken')
    const again = await ask(line('take', taking('1')))
    expect(again).toEqual(await ask(line('take', taking('1'))))
    expect(again).toMatchObject({ id: 'take', events: [{ stream: 'lot/MAIN/1', sequence: 2 }] })
    expect(await tags(line('take', taking('2')))).toBe('OtherCommand')
    expect(await tags(line('late', { ...taking('1'), lot: 'MAIN/9' } as Ask.Ask))).toBe('NotFound')
    const cancel: Ask.Ask = { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel' } }
    expect(await tags(line('cancel', cancel))).toBe('NoAuthority')
    expect(await tags('{"id":')).toBe('DEC-17')
    expect(await tags(line('rest', taking()))).toBe('Taken Closed')
    child.stdin.end()
    expect(await ended).toEqual({ status: 0, err: '' })
  }, 30_000)

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends well on %s, though its input is open',
    async (signal) => {
      const { ask, child, ended } = start('engine', '--database', 'memory:')
      expect(await ask('x')).toMatchObject({ line: 1 })
      child.kill(signal)
      expect(await ended).toEqual({ status: 0, err: '' })
    },
    30_000,
  )

  test('lots --watch ends well on SIGTERM', async () => {
    const lots = start('lots', '--database', 'memory:', '--watch', '--json')
    lots.child.stdout.once('data', () => lots.child.kill('SIGTERM'))
    expect(await lots.ended).toEqual({ status: 0, err: '' })
  }, 30_000)

  test('ends quietly when nobody reads its answers', async () => {
    const { child, ended } = start('engine', '--database', 'memory:')
    child.stdout.destroy()
    child.stdin.on('error', () => undefined)
    child.stdin.write('x\n')
    expect(await ended).toEqual({ status: 0, err: '' })
  }, 30_000)
})

describe('files and folders that cannot be made', () => {
  const nothing = 'no folder can be made there'
  test.each([
    ['--svg', '/proc/none', `a folder: ${nothing}`],
    ['--svg', '/proc/none/below', `a folder: ${nothing}`],
    ['--svg', 'package.json', 'a folder: this is a file'],
    ['--svg', 'package.json/below', 'a folder: a part of it is a file'],
    ['--report', '/proc/none.html', 'a file that can be written: there is no such folder'],
  ])(
    'REP-12 %s %s is told in a line',
    async (flag, path, wanted) => {
      const { ended } = start('simulate', flag, path)
      expect(await ended).toEqual({
        status: 2,
        err: `knockdown: ${flag}: found "${path}", wanted ${wanted}\n`,
      })
    },
    30_000,
  )

  test('a store in such a folder is told in a line', async () => {
    const { ended } = start('engine', '--database', '/proc/none')
    const { err, status } = await ended
    expect(status).toBe(2)
    expect(err).toMatch(/^knockdown: [^\n]*\/proc\/none[^\n]*\n$/)
  }, 30_000)
})
