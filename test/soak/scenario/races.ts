/** Many processes at once: the same command, one lot, one ceiling. */

import { Fixed } from '../../../src/index.js'
import { rad, ray, wad } from '../../example.js'
import { type Child, start } from '../child.js'
import { insist } from '../crew.js'
import type { Ask } from '../engine.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import type { Answered, Asked, Setting } from '../protocol.js'
import { type Ground, found, type Scenario, together, words } from '../scenario.js'

const options = { skew: 3600, checkpointEvery: 500 }

interface Crew {
  readonly reader: Child
  readonly workers: readonly Child[]
  readonly ledger: Ledger.Ledger
  readonly load: Load.Load
}

const crewOf = async (
  { random }: Ground,
  where: Setting['where'],
  house: Load.House,
  many: number,
): Promise<Crew> => {
  const ledger = Ledger.make()
  const load = Load.make(random, house, 'r')
  const reader = start({ where, migrate: true, options }, ledger.handed)
  await reader.here
  await found(reader, ledger, Load.founding(house), load.learn)
  const workers = Array.from({ length: many }, () => start({ where, options }, ledger.handed))
  await Promise.all(workers.map(({ here }) => here))
  return { reader, workers, ledger, load }
}

const close = async ({ ledger, load, reader, workers }: Crew): Promise<void> => {
  await ledger.close(reader, load.now())
  await Promise.all([reader, ...workers].map((child) => child.end()))
}

// The same command five times

const FIVE = [0, 1, 2, 3, 4]

/** By each of some processes, or by one as often. */
const sameCommands = async (
  { load, ledger }: Crew,
  askers: readonly Child[],
  count: number,
): Promise<void> => {
  for (let i = 0; i < count; i += 1) {
    const { now, requests } = load.next()
    const [request] = requests
    if (request === undefined) continue
    ledger.sent(request)
    const answers = await Promise.all(
      askers.map(async (child): Promise<Answered> => {
        for (;;) {
          const [answer] = await child.ask('execute', { now, requests: [request] })
          if (answer === undefined) throw new Ledger.Wrong('no answer')
          if (ledger.heard(answer)) return answer
        }
      }),
    )
    const [first] = answers
    if (answers.some((answer) => JSON.stringify(answer) !== JSON.stringify(first)))
      throw new Ledger.Wrong(`different answers: ${JSON.stringify(answers)}`)
    if (first !== undefined) load.learn(first)
  }
}

const same: Scenario = {
  name: 'the same command five times at once',
  needs: 'postgres',
  run: async (ground) => {
    const { database, folder, server, some } = ground
    const house = { positions: 20, ceiling: rad('150000') }
    const count = some(200)
    const crew = await crewOf(
      ground,
      { url: await database(await server()), connections: 5 },
      house,
      5,
    )
    await sameCommands(crew, crew.workers, count)
    const [worker] = crew.workers
    if (worker === undefined) throw new Error('no worker')
    await sameCommands(
      crew,
      FIVE.map(() => worker),
      count,
    )
    await close(crew)
    const embedded = await crewOf(ground, { folder: folder() }, house, 0)
    await sameCommands(
      embedded,
      FIVE.map(() => embedded.reader),
      count,
    )
    await close(embedded)
    return [
      3 * count,
      `by five processes, by one, and by one on PGlite; ${together([crew.ledger, embedded.ledger])}`,
    ]
  },
}

// One lot

const EIGHT = 8

/** Shares requests out, each to whoever is free next. */
const race = async (crew: Crew, requests: readonly Asked[]): Promise<void> => {
  const left = [...requests]
  requests.forEach(crew.ledger.sent)
  await Promise.all(
    crew.workers.map(async (child) => {
      for (let one = left.shift(); one !== undefined; one = left.shift())
        await insist(child, crew.load.now(), [one], crew)
    }),
  )
}

const toLot = (
  id: string,
  lot: string,
  command: Extract<Ask.Ask, { _tag: 'ToLot' }>['command'],
): Asked => Load.asked(id, { _tag: 'ToLot', lot, command })

const take = (i: number): Asked =>
  toLot(`take ${i}`, 'MAIN/1', {
    _tag: 'Take',
    bidder: `b${i % 9}`,
    want: { _tag: 'Amount', amount: wad('0.0001') },
    limit: ray('5000'),
    atLeast: wad('0'),
  })

/** Each a little more than the one before: those that come too late are refused. */
const raise = (i: number): Asked =>
  toLot(`raise ${i}`, 'MAIN/2', {
    _tag: 'Raise',
    bidder: `b${i % 9}`,
    bid: rad('7000') + BigInt(i) * 10n ** 45n,
    sold: wad('1'),
  })

const opening = (i: number, id = `open ${i}`): Asked =>
  Load.asked(id, { _tag: 'Open', keeper: 'kim', position: `p${i}` })

const oneLot: Scenario = {
  name: 'eight processes racing on one lot',
  needs: 'postgres',
  run: async (ground) => {
    const { database, server, some } = ground
    const house = { positions: 2, ceiling: rad('150000'), minRaise: wad('0') }
    const where = { url: await database(await server()), connections: 2 }
    const crew = await crewOf(ground, where, house, EIGHT)
    await insist(crew.reader, crew.load.now(), [opening(0), opening(1)], crew)
    const [takes, raises] = [some(9000), some(1000)]
    await race(
      crew,
      Array.from({ length: takes }, (_, i) => take(i)),
    )
    await race(
      crew,
      Array.from({ length: raises }, (_, i) => raise(i)),
    )
    const conflicts = await Promise.all(crew.workers.map((child) => child.ask('conflicts', {})))
    await close(crew)
    // One opening each, and of the raises those that were not refused.
    const accepted = takes + raises - crew.ledger.tally.refused
    const entries = [...crew.ledger.entries.keys()].filter((name) => name.startsWith('lot/'))
    if (entries.length !== accepted + 2 || crew.load.endOf('lot/MAIN/1') !== takes + 1)
      throw new Ledger.Wrong(
        `${entries.length} entries for ${accepted} commands that were accepted`,
      )
    const met = conflicts.reduce((sum, one) => sum + one, 0)
    return [
      takes + raises,
      `${accepted} accepted, ${met} conflicts decided again; ${words(crew.ledger)}`,
    ]
  },
}

// One ceiling

const POSITIONS = 64
const CEILING = rad('60000')
/** What is seized past a ceiling, so that no dust is left (SEI-4), and the penalty of 13 per cent on it. */
const DUST = ((rad('1000') - 1n) * 113n) / 100n

const ceiling: Scenario = {
  name: 'eight processes opening under one ceiling',
  needs: 'postgres',
  run: async (ground) => {
    const { database, server, some } = ground
    const where = { url: await database(await server()), connections: 2 }
    const crew = await crewOf(ground, where, { positions: POSITIONS, ceiling: CEILING }, EIGHT)
    const rounds = some(50)
    let most = 0n
    for (let round = 0; round < rounds; round += 1) {
      await race(
        crew,
        Array.from({ length: POSITIONS }, (_, i) => opening(i, `open ${round} ${i}`)),
      )
      // Openings only add to it: it never was more.
      const { inFlight } = crew.load.book.house
      if (inFlight > CEILING + DUST || inFlight <= CEILING - rad('1130'))
        throw new Ledger.Wrong(`${inFlight} in flight under a ceiling of ${CEILING}`)
      most = inFlight > most ? inFlight : most
      const lots = [...crew.load.book.lots.values()].filter(({ ended }) => !ended)
      await race(
        crew,
        lots.map(({ id }) => toLot(`cancel ${id}`, id, { _tag: 'Cancel' })),
      )
    }
    await close(crew)
    return [
      rounds * POSITIONS,
      `at most ${most / Fixed.RAD} in flight under ${CEILING / Fixed.RAD}; ${words(crew.ledger)}`,
    ]
  },
}

export const races: readonly Scenario[] = [same, oneLot, ceiling]
