/**
 * What `knockdown engine` answers, and what it follows.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { Ask, Engine, type Port } from '../../src/engine/index.js'
import { exampleQuotes, price } from '../example.js'
import { founded, founding, opening, taking } from '../engine/world.js'
import { databases, holding, NOW, parsed, session, type World } from './live.js'

const everything = Engine.authorities.join(',')

const line = (id: string, ask: Ask.Ask): string =>
  `${JSON.stringify({ id, ask: Ask.codec.encode(ask) })}\n`

const quote = (id: string, market = '150'): string =>
  `{"id":"${id}","ask":{"_tag":"Quote","asset":"ETH","risk":"150","market":"${market}"}}\n`

const engine = (flags: string, world: World) =>
  session(['engine', '--database', 'd', ...flags.split(' ').filter((word) => word !== '')], world)

describe('a line is answered by a line', () => {
  test('PRT-5 from a store that is new to a lot that is sold, each with what happened, once', async () => {
    const input = [
      ...founding.map(({ ask, id }) => line(id, ask)),
      line('open', { _tag: 'Open', keeper: 'kim', position: 'p1', quotes: exampleQuotes }),
      line('take', taking()),
      line('take', taking()),
      line('take', taking('1')),
    ].join('')
    const { err, out, status } = await engine(`--grant ${everything}`, { input })
    expect([status, err]).toEqual([0, ''])
    const answers = parsed(out)
    const told = answers.map(({ events, id, refusal }) => [
      id,
      ...((
        events as { stream: string; sequence: number; event: { _tag: string } }[] | undefined
      )?.map(({ event, sequence, stream }) => `${stream} ${sequence} ${event._tag}`) ?? [
        (refusal as { _tag: string })._tag,
      ]),
    ])
    expect(told).toEqual([
      ['establish', 'house 1 Established'],
      ['terms', 'house 2 TermsChanged'],
      ['house', 'house 3 HouseChanged'],
      ['p1', 'position/p1 1 Held'],
      ['eth', 'price/ETH 1 Quoted'],
      ['open', 'lot/MAIN/1 1 Opened', 'position/p1 2 Held'],
      ['take', 'lot/MAIN/1 2 Taken', 'lot/MAIN/1 3 Closed'],
      ['take', 'lot/MAIN/1 2 Taken', 'lot/MAIN/1 3 Closed'],
      ['take', 'OtherCommand'],
    ])
    expect(answers[6]).toEqual(answers[7])
    expect(answers[8]).toEqual({
      id: 'take',
      refusal: { _tag: 'OtherCommand', rule: 'PRT-5', id: 'take' },
    })
  })

  test('PRT-6 nothing is granted that --grant does not name', async () => {
    const { store } = await founded()
    const input = quote('q')
    const needs = { id: 'q', refusal: { _tag: 'NoAuthority', rule: 'PRT-6', needs: 'prices' } }
    const asked = async (flags: string): Promise<unknown> =>
      parsed((await engine(flags, { input, stores: holding(store) })).out)[0]
    expect(await asked('')).toEqual(needs)
    expect(await asked('--grant open,cancel,terms,breaker,positions,treasury,time')).toEqual(needs)
    expect(await asked('--grant open,prices')).toMatchObject({
      id: 'q',
      events: [{ stream: 'price/ETH' }],
    })
  })

  test('PRT-20 of a store that is not established nothing is asked', async () => {
    const { out } = await engine('--grant prices', { input: quote('q') })
    expect(parsed(out)).toEqual([{ id: 'q', refusal: { _tag: 'NotEstablished', rule: 'PRT-20' } }])
  })

  test('PRT-8 --max-price-age says from when on a price is stale, PRT-7 --skew how far the clock may be behind', async () => {
    const asked = async (flags: string, at: number): Promise<string> => {
      const { ask, clock, store } = await founded()
      clock.at = NOW + at
      await ask('eth 2', {
        _tag: 'Quote',
        asset: 'ETH',
        risk: price(1000n),
        market: price(1000n),
      })
      const { out } = await engine(`--grant open ${flags}`, {
        input: line('open', opening),
        stores: holding(store),
      })
      const [{ events, refusal } = {}] = parsed(out)
      return events === undefined ? (refusal as { _tag: string })._tag : 'Opened'
    }
    expect(await asked('', -3600)).toBe('Opened')
    expect(await asked('', -3601)).toBe('StalePrice')
    expect(await asked('--max-price-age 9', -10)).toBe('StalePrice')
    expect(await asked('--max-price-age 9', -9)).toBe('Opened')
    expect(await asked('', 6)).toBe('StalePrice')
    expect(await asked('--skew 6', 6)).toBe('Opened')
  })

  test('DEC-17 what is no line of JSON in UTF-8, or is longer than a mebibyte, has one answer with its number', async () => {
    const { store } = await founded()
    const least = 2 ** 20
    const padded = quote('q 2').trim().padEnd(least)
    const { out } = await engine('--grant prices', {
      stores: holding(store),
      input: [
        '\n{"id":"c","ask":1}\r\n',
        Uint8Array.from([0xff, 10]),
        `${padded}\n${padded} \n`,
        ...Array.from({ length: 40 }, () => 'x'.repeat(100_000)),
        `\n${quote('q 3')}\ufeff${quote('q 4').trim()}`,
      ],
    })
    const problem = (line: number, wanted: string) => ({
      line,
      problem: { rule: 'DEC-17', field: 'json', found: '', wanted },
    })
    const answers = parsed(out)
    expect(answers).toHaveLength(8)
    expect(answers[0]).toEqual(problem(1, 'a JSON value'))
    expect(answers[1]).toMatchObject({
      line: 2,
      id: 'c',
      problem: { rule: 'DEC-19', field: 'ask', found: '1' },
    })
    expect(answers[2]).toEqual(problem(3, 'text in UTF-8'))
    expect(answers[3]).toMatchObject({ id: 'q 2', events: [{}] })
    expect(answers[4]).toEqual(problem(5, 'a line of at most 1048576 bytes'))
    expect(answers[5]).toEqual(problem(6, 'a line of at most 1048576 bytes'))
    expect(answers.slice(6)).toMatchObject([{ id: 'q 3' }, { id: 'q 4' }])
  })

  test('a store that does not answer fails the line, in one line without a secret', async () => {
    const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
    const store = { ...Memory.make(), read: () => TE.left(gone), since: () => TE.left(gone) }
    const { err, out, status } = await engine('--grant prices', {
      input: quote('q'),
      stores: holding(store),
    })
    expect(parsed(out)).toEqual([{ id: 'q', failure: gone }])
    expect([status, err]).toEqual([2, 'knockdown: the store does not answer: gone\n'])
    const told = await engine('', {
      stores: {
        ...databases(),
        open: () => TE.left('postgres://ann:s3cret@host/x?password=s3cret is gone'),
      },
    })
    expect([told.status, told.err]).toEqual([2, 'knockdown: postgres://host/x?password= is gone\n'])
  })

  test('PRT-14 what was stored has a checkpoint when the lines end', async () => {
    const { store } = await founded()
    await engine('--grant prices', { input: quote('q'), stores: holding(store) })
    const found = await store.since(undefined, 100)()
    expect(E.isRight(found) && found.right.entries.map(({ type }) => type)).toEqual([
      'Established',
      'TermsChanged',
      'HouseChanged',
      'Held',
      'Quoted',
      'Quoted',
      'Checkpointed',
    ])
  })
})

describe('lines that come together', () => {
  /** A store that counts its appends, and what is printed at once. */
  const watched = async (flags: string, input: World['input'], live: World['live'] = {}) => {
    const { store } = await founded()
    const printed: string[] = []
    await engine(`--grant prices ${flags}`, {
      input: input ?? '',
      stores: holding(store),
      live: {
        print: (text) => {
          printed.push(text)
          return Promise.resolve(true)
        },
        ...live,
      },
    })
    return printed.map((text) => parsed(text).map(({ id }) => id))
  }
  const lines = ['a', 'b', 'c', 'd', 'e'].map((id) => quote(id))

  test('are answered together, up to --batch', async () => {
    expect(await watched('', lines.join(''))).toEqual([['a', 'b', 'c', 'd', 'e']])
    expect(await watched('', lines)).toEqual([['a'], ['b'], ['c'], ['d'], ['e']])
    expect(await watched('--batch 2', lines.join(''))).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  test('are left where somebody asks to stop, or nobody reads', async () => {
    let asked = 0
    const isStopped = (): boolean => (asked += 1) > 1
    expect(await watched('--batch 2', lines.join(''), { isStopped })).toEqual([['a', 'b']])
    const printed: string[] = []
    const print = (text: string): Promise<boolean> => {
      printed.push(text)
      return Promise.resolve(false)
    }
    await watched('--batch 2', lines.join(''), { print })
    expect(printed).toHaveLength(1)
  })

  test('an input that cannot be read ends with why', async () => {
    async function* input(): AsyncGenerator<E.Either<string, Uint8Array>> {
      await Promise.resolve()
      yield E.left('it cannot be read (EIO)')
    }
    const { err, status } = await engine('', { live: { input } })
    expect([status, err]).toEqual([2, 'knockdown: standard input: it cannot be read (EIO)\n'])
  })
})

describe('--follow', () => {
  const follow = async (store: Port.EventStore, flags = '', looks = 0) => {
    let left = looks
    const { err, out, status } = await engine(`--follow ${flags}`, {
      stores: holding(store),
      live: {
        isStopped: () => left < 0,
        pause: () => {
          left -= 1
          return Promise.resolve()
        },
      },
    })
    return { err, status, lines: parsed(out) }
  }

  test('PRT-16 tells every event once, and goes on after a cursor', async () => {
    const { store } = await founded()
    const { lines } = await follow(store, '--batch 2')
    expect(lines.map(({ command }) => command)).toEqual(founding.map(({ id }) => id))
    expect(lines[4]).toMatchObject({
      cursor: '5',
      stream: 'price/ETH',
      sequence: 1,
      command: 'eth',
      event: { _tag: 'Quoted', at: 1000, asset: 'ETH', risk: '1400', market: '1400' },
    })
    expect(lines.map(({ cursor }) => cursor)).toEqual([undefined, '2', undefined, '4', '5'])
    expect((await follow(store, '--after 2')).lines).toEqual(
      lines.slice(2).map(({ cursor, ...rest }, i) => (i === 2 ? { cursor, ...rest } : rest)),
    )
  })

  /** A store that answers a reading as it does, or not at all where its number is in a list: the first has 1. */
  const failing = (store: Port.EventStore, isGone: (reading: number) => boolean) => {
    let readings = 0
    const why = 'postgres://ann:s3cret@host/x is gone'
    const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why }
    const since: Port.EventStore['since'] = (after, limit) => async () =>
      isGone((readings += 1)) ? E.left(gone) : store.since(after, limit)()
    return { ...store, since }
  }
  const told =
    'knockdown: the store does not answer: postgres://host/x is gone; it is tried again\n'

  test('PRT-16 a store that is gone for a while is told of once, and every event is told once', async () => {
    const { store } = await founded()
    const { lines } = await follow(store, '--batch 2')
    for (const after of ['', '--after 2']) {
      const whole = await follow(store, `--batch 2 ${after}`)
      for (const from of [1, 2, 3, 4]) {
        const isGone = (reading: number): boolean => reading >= from && reading < from + 5
        const again = await follow(failing(store, isGone), `--batch 2 ${after}`, 6)
        expect(again).toEqual({ status: 0, err: told, lines: whole.lines })
      }
    }
    const twice = failing(store, (reading) => [1, 2, 5, 6].includes(reading))
    expect(await follow(twice, '--batch 2', 9)).toEqual({ status: 0, err: told + told, lines })
  })

  test('a store that is gone for good is tried until somebody asks to stop', async () => {
    const { store } = await founded()
    let readings = 0
    const gone = failing(store, () => (readings += 1) > 0)
    expect(await follow(gone, '', 40)).toEqual({ status: 0, err: told, lines: [] })
    expect(readings).toBe(41)
  })

  test('a cursor of another store, and what has no place beside it, is refused', async () => {
    const { store } = await founded()
    expect(await follow(store, '--after x')).toMatchObject({
      status: 2,
      err: 'knockdown: the store does not answer: that place is not one of its own\n',
    })
    for (const [flags, message] of [
      [
        '--follow --grant open',
        '--grant: found "open", wanted nothing: --follow carries nothing out',
      ],
      ['--follow --terms t', '--terms: found "t", wanted nothing: --follow puts nothing in force'],
      ['--after 7', '--after: wanted --follow with it'],
    ] as const)
      expect(await engine(flags, {})).toEqual({
        status: 2,
        out: '',
        err: `knockdown: ${message}\n`,
      })
  })
})

test('flags that are none are refused before anything is opened', async () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      '--grant open,close',
      '--grant: found "close", wanted open or cancel or terms or breaker or positions or prices or treasury or time',
    ],
    ['--batch 0', '--batch: found "0", wanted a whole number from 1 to 1000'],
    ['--skew 1.5', '--skew: found "1.5", wanted a whole number from 0 to 1000000000 (seconds)'],
    [
      '--max-price-age x',
      '--max-price-age: found "x", wanted a whole number from 0 to 1000000000 (seconds)',
    ],
  ]
  for (const [flags, message] of cases)
    expect(await engine(flags, {})).toEqual({ status: 2, out: '', err: `knockdown: ${message}\n` })
  expect(await session(['engine'])).toEqual({
    status: 2,
    out: '',
    err: "knockdown: required option '--database <folder|url>' not specified (see knockdown engine --help)\n",
  })
})
