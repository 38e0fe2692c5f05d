/**
 * Examples of Engine: spec/10-ports.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { type Ask, Audit, Engine, type Port, type Record } from '../../src/engine/index.js'
import { examplePosition, exampleTerms, exampleTreasuryTerms, price, rad, ray } from '../example.js'
import { all, brief, founded, founding, opening, taking, told, world } from './world.js'

const heldOf = (records: unknown): Record.Held | undefined =>
  (records as readonly Record.Record[]).find((one): one is Record.Held => one._tag === 'Held')

test('PRT-1 what is not there is refused before anything else', async () => {
  const { ask } = await founded()
  expect(told(await ask('1', { _tag: 'Open', keeper: 'kim', position: 'p9' }))).toEqual({
    _tag: 'NotFound',
    rule: 'PRT-1',
    what: 'position',
    name: 'p9',
  })
  expect(brief(await ask('2', taking()))).toBe('NotFound PRT-1')
})

describe('a command id', () => {
  test('PRT-5 is answered the same again, and nothing happens twice', async () => {
    const { ask, clock, store } = await founded()
    const first = await ask('open', opening)
    expect(brief(first)).toBe('Opened Held')
    clock.at = 2000
    expect(await ask('open', opening)).toEqual(first)
    expect(E.isRight(await store.since(undefined, 100)())).toBe(true)
    const taken = await ask('take', taking())
    expect(await ask('take', taking())).toEqual(taken)
    expect(await Audit.run(store)()).toMatchObject({ right: { lots: 1, fault: undefined } })
  })

  test('PRT-5 is answered by its refusal again, though it would be carried out now', async () => {
    const { ask } = await founded()
    const early = await ask('take', taking())
    await ask('open', opening)
    expect(await ask('take', taking())).toEqual(early)
    expect(brief(await ask('take 2', taking()))).toBe('Taken Closed')
  })

  test('PRT-5 is refused with other content', async () => {
    const { ask } = await founded()
    await ask('open', opening)
    expect(told(await ask('open', taking()))).toEqual({
      _tag: 'OtherCommand',
      rule: 'PRT-5',
      id: 'open',
    })
  })

  test('PRT-5 counts within one call too, also when five ask at once', async () => {
    const { engine, store } = await founded()
    await engine.execute(all)([{ id: 'open', ask: opening }])()
    const same = { id: 'take', ask: taking('1') }
    const [one, two, other] = await engine.execute(all)([
      same,
      same,
      { id: 'take', ask: taking('2') },
    ])()
    expect(one).toEqual(two)
    expect(other === undefined ? '' : brief(other)).toBe('OtherCommand PRT-5')
    const again = await Promise.all(
      Array.from({ length: 5 }, () => engine.execute(all)([{ id: 'five', ask: taking('1') }])()),
    )
    for (const [answer] of again) expect(answer).toEqual(again[0]?.[0])
    expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
  })
})

describe('an authority', () => {
  const needing: readonly (readonly [string, Ask.Ask])[] = [
    ['open', opening],
    ['cancel', { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel' } }],
    ['terms', founding[1]?.ask as Ask.Ask],
    ['breaker', { _tag: 'ToHouse', command: { _tag: 'ChangeLevel', line: 'MAIN', level: 3 } }],
    ['breaker', founding[2]?.ask as Ask.Ask],
    ['terms', founding[0]?.ask as Ask.Ask],
    ['positions', founding[3]?.ask as Ask.Ask],
    ['prices', founding[4]?.ask as Ask.Ask],
    [
      'treasury',
      { _tag: 'ToTreasury', command: { _tag: 'Receive', from: 'fees', amount: rad('1') } },
    ],
    ['time', { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Settle', at: 7 } }],
    [
      'prices',
      {
        _tag: 'ToLot',
        lot: 'MAIN/1',
        command: { _tag: 'Reset', keeper: 'kim', market: price(1n) },
      },
    ],
    ['prices', { ...(opening as Ask.Open), quotes: [] }],
  ]

  test.each(needing)('PRT-6 %s is needed', async (needs, ask) => {
    const made = await founded()
    const others = new Set([...all].filter((one) => one !== needs))
    const refusal = { _tag: 'NoAuthority', rule: 'PRT-6', needs }
    expect(told(await made.ask('1', ask, others))).toEqual(refusal)
    // It is no outcome: who is granted it may use the id.
    expect(told(await made.ask('1', ask))).not.toEqual(refusal)
  })

  test('PRT-6 is not needed to bid, settle, reset or heal', async () => {
    const { ask } = await founded()
    await ask('open', opening)
    const nothing = new Set<never>()
    expect(brief(await ask('1', taking('1'), nothing))).toBe('Taken')
    const reset: Ask.Ask = { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Reset', keeper: 'k' } }
    expect(brief(await ask('2', reset, nothing))).toBe('NotStale DUT-2')
    const heal: Ask.Ask = {
      _tag: 'ToTreasury',
      command: { _tag: 'Heal', amount: rad('1'), of: 'ready' },
    }
    expect(brief(await ask('3', heal, nothing))).toBe('TooLittleSurplus TRE-3')
  })
})

describe('a name', () => {
  const long = 'x'.repeat(257)
  const bad = (what: string, length: number) => ({ _tag: 'BadName', rule: 'PRT-21', what, length })

  test('PRT-21 is not empty, nor longer than 256', async () => {
    const { ask } = await founded()
    const open = (keeper: string): Ask.Ask => ({ _tag: 'Open', keeper, position: 'p1' })
    expect(told(await ask('1', open(long)))).toEqual(bad('keeper', 257))
    expect(told(await ask('1', open('')))).toEqual(bad('keeper', 0))
    expect(told(await ask('', open('kim')))).toEqual(bad('id', 0))
    expect(told(await ask(long, open('kim')))).toEqual(bad('id', 257))
    // It is no outcome, and 256 are not too long.
    expect(brief(await ask('1', open(long.slice(1))))).toBe('Opened Held')
  })

  test('PRT-21 of an asset is checked wherever it stands; an owner may have none', async () => {
    const { ask } = await founded()
    const hold = (owner: string, asset: string): Ask.Ask => ({
      _tag: 'Hold',
      position: { ...examplePosition, id: 'p2', owner, holdings: [{ asset, amount: 1n as never }] },
      seen: 0,
    })
    expect(told(await ask('1', hold('olga', '')))).toEqual(bad('asset', 0))
    expect(told(await ask('2', hold('olga', long)))).toEqual(bad('asset', 257))
    expect(brief(await ask('3', hold('', 'ETH')))).toBe('Held')
  })
})

describe('the clock', () => {
  test('PRT-7 says when a command happens', async () => {
    const { ask, clock } = await founded()
    clock.at = 1234
    expect(told(await ask('1', opening))).toMatchObject([{ _tag: 'Opened', at: 1234 }, {}])
  })

  test('PRT-7 may be behind by the skew, and no more', async () => {
    const { ask, clock } = await founded({ skew: 5 })
    await ask('1', opening)
    clock.at = 995
    expect(told(await ask('2', taking('1')))).toMatchObject([{ _tag: 'Taken', at: 1000 }])
    clock.at = 994
    expect(told(await ask('3', taking('1')))).toEqual({
      _tag: 'BadTime',
      rule: 'HOU-1',
      at: 994,
      lastAt: 1000,
    })
    for (const [id, one] of [...founding.entries()].slice(1, 4))
      expect(brief(await ask(`again ${id}`, one.ask))).toMatch(/HOU-1|PRT-11/)
  })
})

describe('prices', () => {
  test('PRT-8 are those of the store, and not too old', async () => {
    const { ask, clock } = await founded({ maxPriceAge: 60 })
    clock.at = 1061
    expect(told(await ask('1', opening))).toEqual({
      _tag: 'StalePrice',
      rule: 'PRT-8',
      asset: 'ETH',
      quotedAt: 1000,
      at: 1061,
      maxPriceAge: 60,
    })
    clock.at = 1060
    expect(brief(await ask('2', opening))).toBe('Opened Held')
  })

  test('PRT-8 are not from later than the command', async () => {
    const { ask, clock } = await founded({ skew: 5 })
    const quote: Ask.Ask = {
      _tag: 'Quote',
      asset: 'ETH',
      at: 1006,
      risk: price(1400n),
      market: price(1400n),
    }
    clock.at = 1001
    expect(brief(await ask('later', quote))).toBe('Quoted')
    clock.at = 1000
    expect(brief(await ask('1', opening))).toBe('StalePrice PRT-8')
    clock.at = 1001
    expect(brief(await ask('2', opening))).toBe('Opened Held')
  })

  test('PRT-8 that are not there are left to the rule that needs one', async () => {
    const { ask } = await founded()
    const position = {
      ...examplePosition,
      id: 'p2',
      holdings: [{ asset: 'BTC', amount: examplePosition.shares }],
    }
    await ask('p2', { _tag: 'Hold', position, seen: 0 })
    expect(brief(await ask('1', { _tag: 'Open', keeper: 'kim', position: 'p2' }))).toBe(
      'NoRiskPrice POS-3',
    )
  })

  test('PRT-8 come from the feed where there is one', async () => {
    const { clock, store } = await founded()
    const asked: string[] = []
    const prices: Port.PriceFeed = {
      quotes: (assets) => {
        asked.push(...assets)
        return TE.right(
          assets.map((asset) => ({ asset, risk: price(1300n), market: price(1300n), at: 1000 })),
        )
      },
    }
    const engine = Engine.make({ store, clock, prices })
    const [answer] = await engine.execute(all)([{ id: '1', ask: opening }])()
    expect(answer === undefined ? [] : told(answer)).toMatchObject([
      { start: { startPrice: ray('1560') } },
      {},
    ])
    expect(asked).toEqual(['ETH'])
  })

  test('PRT-8 that the feed cannot give leave nothing known', async () => {
    const { clock, store } = await founded()
    const down: Port.Unavailable = { _tag: 'Unavailable', what: 'prices', why: 'the feed is down' }
    const engine = Engine.make({ store, clock, prices: { quotes: () => TE.left(down) } })
    const [answer] = await engine.execute(all)([{ id: '1', ask: opening }])()
    expect(answer).toEqual({ _tag: 'Failed', id: '1', failure: down })
  })
})

describe('conflicts', () => {
  /** A store where somebody is faster the first few times. */
  const contested = (times: number): Port.EventStore & { readonly appends: () => number } => {
    const store = Memory.make()
    let appends = 0
    const append: Port.Session['append'] = (write) => {
      appends += 1
      return appends <= times ? TE.left({ _tag: 'Conflict' }) : store.append(write)
    }
    const alone: Port.EventStore['alone'] = (locks, body) =>
      store.alone(locks, (session) => body({ ...session, append }))
    return { ...store, append, alone, appends: () => appends }
  }

  test('PRT-10 lead to a fresh decision', async () => {
    const store = contested(3)
    const { ask } = world({ attempts: 4 }, store)
    const [establish] = founding
    expect(establish === undefined ? '' : brief(await ask('1', establish.ask))).toBe('Established')
    expect(store.appends()).toBe(4)
  })

  test('PRT-10 are answered Busy in the end, and nothing is stored', async () => {
    const store = contested(4)
    const { ask } = world({ attempts: 4 }, store)
    const establish = founding[0]?.ask as Ask.Ask
    expect(told(await ask('1', establish))).toEqual({ _tag: 'Busy', rule: 'PRT-10', attempts: 4 })
    expect(await store.since(undefined, 9)()).toMatchObject({ right: { entries: [] } })
    expect(brief(await ask('1', establish))).toBe('Established')
  })

  test('PRT-10 of several together are tried one by one', async () => {
    const { ask, store } = await founded()
    await ask('open', opening)
    let faster = 0
    const append: Port.Session['append'] = (write) => {
      if (write.outcomes.length > 1) {
        faster += 1
        return TE.left({ _tag: 'Conflict' })
      }
      return store.append(write)
    }
    const { engine } = world({}, { ...store, append })
    const answers = await engine.execute(all)([
      { id: '1', ask: taking('1') },
      { id: '2', ask: taking('1') },
    ])()
    expect(answers.map(brief)).toEqual(['Taken', 'Taken'])
    expect(faster).toBe(3)
  })
})

describe('a position', () => {
  test('PRT-11 is held by who has seen how it stands', async () => {
    const { ask } = await founded()
    const opened = told(await ask('open', opening))
    const stands = heldOf(opened)
    expect(stands).toMatchObject({ position: { id: 'p1', shares: 0n } })
    const hold = (seen: number): Ask.Ask => ({ _tag: 'Hold', position: examplePosition, seen })
    expect(told(await ask('late', hold(1)))).toEqual({
      _tag: 'PositionMoved',
      rule: 'PRT-11',
      seen: 1,
      stands: 2,
    })
    expect(brief(await ask('new', hold(2)))).toBe('Held')
  })

  test('PRT-11 gets back what a cancel hands back', async () => {
    const { ask } = await founded()
    await ask('open', opening)
    const cancelled = told(
      await ask('cancel', { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel' } }),
    )
    expect(heldOf(cancelled)?.position).toEqual(examplePosition)
  })
})

describe('terms that lose money', () => {
  const hazardous = {
    ...exampleTerms,
    version: 2,
    sizing: { ...exampleTerms.sizing, penaltyRate: -1n },
  }
  const change: Ask.Ask = {
    _tag: 'ToHouse',
    command: { _tag: 'ChangeTerms', terms: hazardous as never },
  }

  test('PRT-19 are refused', async () => {
    const { ask } = await founded()
    expect(told(await ask('1', change))).toMatchObject({
      _tag: 'Hazardous',
      rule: 'PRT-19',
      hazard: 'PAR-4',
      parameter: 'sizing.penaltyRate',
      given: '-0.000000000000000001',
      wanted: 'at least 0',
    })
  })

  test('PRT-19 are taken unchecked', async () => {
    const { ask } = await founded({ unchecked: true })
    expect(brief(await ask('1', change))).toBe('TermsChanged')
  })

  test('PRT-19 of a treasury, too', async () => {
    const { ask } = world()
    const treasury = { ...exampleTreasuryTerms, wait: -1n }
    const bad: Ask.Ask = { _tag: 'Establish', treasury: treasury, money: 6, tokens: [] }
    expect(told(await ask('1', bad))).toMatchObject({ _tag: 'Hazardous', hazard: 'PAR-22' })
  })
})

describe('a store', () => {
  test('PRT-20 is asked nothing before it is established', async () => {
    const { ask } = world()
    for (const [i, one] of founding.slice(1).entries())
      expect(brief(await ask(`${i}`, one.ask))).toBe('NotEstablished PRT-20')
  })

  test('PRT-20 keeps its places, and takes the next version of the terms of its treasury', async () => {
    const { ask } = await founded()
    const treasury = { ...exampleTreasuryTerms, version: 2 }
    const again = (one: Partial<Ask.Establish>): Ask.Ask => ({
      _tag: 'Establish',
      treasury,
      money: 6,
      tokens: [],
      ...one,
    })
    expect(told(await ask('1', again({ treasury: exampleTreasuryTerms })))).toEqual({
      _tag: 'BadEstablishment',
      rule: 'PRT-20',
      what: 'version of the terms',
      given: 1,
      wanted: 2,
    })
    const refused = [
      again({ money: 7 }),
      again({ tokens: [{ token: 'ETH', places: 19 }] }),
      again({ tokens: [{ token: 'ETH', places: -1 }] }),
      again({ tokens: [{ token: 'ETH', places: 0.5 }] }),
    ]
    for (const [i, one] of refused.entries())
      expect(brief(await ask(`bad ${i}`, one))).toBe('BadEstablishment PRT-20')
    const taken = { ...treasury, line: 'MAIN' }
    expect(brief(await ask('taken', again({ treasury: taken })))).toBe('NameTaken PRT-2')
    expect(brief(await ask('2', again({ tokens: [{ token: 'ETH', places: 8 }] })))).toBe(
      'Established',
    )
    const third = { ...treasury, version: 3 }
    expect(
      brief(await ask('3', again({ treasury: third, tokens: [{ token: 'ETH', places: 9 }] }))),
    ).toBe('BadEstablishment PRT-20')
    expect(brief(await ask('4', again({ treasury: third })))).toBe('Established')
  })
})
