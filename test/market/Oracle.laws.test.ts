/**
 * Laws of Oracle: spec/19-oracle.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import { Oracle, PricePath } from '../../src/market/index.js'
import { law } from '../law.js'
import { rows } from './rows.js'

const { RAY, ray } = Fixed

const path = rows(8).map((rows) => PricePath.make(rows))
const marketOf =
  (path: PricePath.PricePath): Oracle.Price =>
  (time) =>
    PricePath.priceAt(path, time)

const made = (oracle: E.Either<unknown, Oracle.Oracle>): Oracle.Oracle => {
  if (E.isLeft(oracle)) throw new Error(JSON.stringify(oracle.left))
  return oracle.right
}

/** An oracle that knows nothing now and then, and is late. */
const patchy = (oracle: Oracle.Oracle, holes: number): Oracle.Oracle => ({
  at: (time) =>
    holes > 0 && Math.floor(time / 100) % (holes + 1) === 0 ? undefined : oracle.at(time),
})

const hundredths = (most: number): fc.Arbitrary<Fixed.Ray> =>
  fc.nat(most).map((n) => ray((BigInt(n) * RAY) / 100n))

const looksAt = (path: PricePath.PricePath, every: number): Oracle.Looks => ({
  from: path.from,
  to: path.to,
  every,
})

/** Every instant that an oracle looks at, by the rule's words. */
const instants = ({ every, from, to }: Oracle.Looks): readonly number[] => {
  const all: number[] = []
  for (let at = from; at <= to; at += every) all.push(at)
  return all
}

const every = fc.integer({ min: 60, max: 900 })

law(
  'ORA-1',
  'a delayed oracle says what the other said so long ago, and a delay below zero is refused',
  fc.property(
    path,
    fc.nat(3000),
    fc.nat(3000),
    fc.integer({ max: -1 }),
    (path, by, late, below) => {
      const direct = Oracle.direct(marketOf(path))
      const delayed = made(Oracle.delayed(direct, by))
      const time = path.from + late
      const reading = delayed.at(time)
      return (
        reading?.at === time - by &&
        reading.price === PricePath.priceAt(path, time - by) &&
        E.isLeft(Oracle.delayed(direct, below)) &&
        E.isLeft(Oracle.delayed(direct, 0.5))
      )
    },
  ),
)

/** What ORA-2 says is in force at an instant, look by look. */
const beatsSlowly = (
  oracle: Oracle.Oracle,
  settings: Oracle.Heartbeat,
  time: number,
): Oracle.Reading | undefined =>
  instants(settings)
    .filter((at) => at <= time)
    .reduce<Oracle.Reading | undefined>((last, at) => {
      const seen = oracle.at(at)
      if (seen === undefined) return last
      if (last === undefined) return { price: seen.price, at }
      const apart = seen.price - last.price
      const isFar = (apart < 0n ? -apart : apart) * RAY >= last.price * settings.deviation
      return isFar || at - last.at >= settings.heartbeat ? { price: seen.price, at } : last
    }, undefined)

law(
  'ORA-2',
  'what is published is what the rule says, look by look',
  fc.property(
    path,
    every,
    fc.integer({ min: 1, max: 4000 }),
    hundredths(20),
    fc.nat(3),
    fc.nat(1300),
    (path, every, heartbeat, deviation, holes, part) => {
      const source = patchy(Oracle.direct(marketOf(path)), holes)
      const settings = { ...looksAt(path, every), heartbeat, deviation }
      const oracle = made(Oracle.heartbeat(source, settings))
      const time = path.from - 50 + Math.floor(((path.to - path.from) * part) / 1000)
      const [found, wanted] = [oracle.at(time), beatsSlowly(source, settings, time)]
      return found?.price === wanted?.price && found?.at === wanted?.at
    },
  ),
)

law(
  'ORA-2',
  'at every look what is published is less than the deviation off, and younger than the heartbeat',
  fc.property(path, every, hundredths(20), (path, every, share) => {
    const deviation = ray(share + 1n)
    const settings = { ...looksAt(path, every), heartbeat: 3600, deviation }
    const oracle = made(Oracle.heartbeat(Oracle.direct(marketOf(path)), settings))
    return instants(settings).every((at) => {
      const reading = oracle.at(at)
      if (reading === undefined) return false
      const off = reading.price - PricePath.priceAt(path, at)
      return (
        (off < 0n ? -off : off) * RAY < reading.price * deviation &&
        at - reading.at < settings.heartbeat
      )
    })
  }),
)

law(
  'ORA-2',
  'settings that make no heartbeat are refused, each by its name',
  fc.property(
    path,
    fc.constantFrom('every', 'from', 'to', 'heartbeat', 'deviation'),
    (path, name) => {
      const good = { from: 0, to: 100, every: 10, heartbeat: 60, deviation: ray(0n) }
      const bad =
        name === 'deviation' ? { deviation: ray(-1n) } : { [name]: name === 'to' ? -1 : 0.5 }
      const direct = Oracle.direct(marketOf(path))
      const refused = Oracle.heartbeat(direct, { ...good, ...bad })
      return (
        E.isRight(Oracle.heartbeat(direct, good)) &&
        E.isLeft(refused) &&
        refused.left.some(({ rule, setting }) => rule === 'ORA-2' && setting === name)
      )
    },
  ),
)

const reading = fc.record({
  price: fc.bigInt(1n, 50n).map(ray),
  at: fc.integer({ min: 0, max: 100 }),
})
const readings = fc.array(fc.option(reading, { nil: undefined }), { minLength: 1, maxLength: 7 })
const saying = (reading: Oracle.Reading | undefined): Oracle.Oracle => ({ at: () => reading })

law(
  'ORA-3',
  'as many are above the median as below, whatever their order, and old ones do not count',
  fc.property(readings, fc.nat(100), fc.integer({ min: 1, max: 7 }), (all, maxAge, some) => {
    const least = Math.min(some, all.length)
    const fresh = all.filter((one) => one !== undefined).filter(({ at }) => 100 - at <= maxAge)
    const median = made(Oracle.median(all.map(saying), { least, maxAge })).at(100)
    const reversed = made(Oracle.median([...all].reverse().map(saying), { least, maxAge })).at(100)
    if (median === undefined) return fresh.length < least && reversed === undefined
    const prices = fresh.map(({ price }) => price)
    const below = prices.filter((price) => price < median.price).length
    const above = prices.filter((price) => price > median.price).length
    return (
      fresh.length >= least &&
      below <= fresh.length / 2 &&
      above <= fresh.length / 2 &&
      reversed?.price === median.price &&
      reversed.at === median.at &&
      fresh.some(({ at }) => at === median.at)
    )
  }),
)

law(
  'ORA-3',
  'while fewer than half have gone wrong, the median lies between two that have not',
  fc.property(
    fc.array(reading, { minLength: 1, maxLength: 5 }),
    fc.array(fc.bigInt(0n, 10n ** 40n), { maxLength: 4 }),
    (honest, wild) => {
      const lies = wild.slice(0, honest.length - 1).map((price) => ({ price: ray(price), at: 100 }))
      const all = [...lies, ...honest]
      const price =
        made(Oracle.median(all.map(saying), { least: all.length, maxAge: 100 })).at(100)?.price ??
        0n
      return honest.some((one) => one.price <= price) && honest.some((one) => one.price >= price)
    },
  ),
)

law(
  'ORA-3',
  'fewer oracles than are needed are refused, and so is needing none',
  fc.property(fc.nat(4), fc.integer({ min: -2, max: 6 }), (count, least) => {
    const oracles = Array.from({ length: count }, () => saying(undefined))
    const median = Oracle.median(oracles, { least, maxAge: 0 })
    return E.isRight(median) === (least >= 1 && least <= count)
  }),
)

law(
  'ORA-4',
  'who goes wrong or falls silent does so in the span alone',
  fc.property(
    path,
    fc.nat(2000),
    fc.nat(2000),
    fc.nat(5000),
    hundredths(300),
    (path, a, b, c, factor) => {
      const direct = Oracle.direct(marketOf(path))
      const span = { from: path.from + a, until: path.from + a + b }
      const time = path.from + c
      const isIn = time >= span.from && time < span.until
      const truth = PricePath.priceAt(path, time)
      const lie = made(Oracle.wrong(direct, span, factor)).at(time)
      const old = Oracle.silent(direct, span).at(time)
      return (
        lie?.at === time &&
        lie.price === (isIn ? (truth * factor) / RAY : truth) &&
        old?.at === (isIn ? span.from - 1 : time) &&
        old.price === PricePath.priceAt(path, old.at) &&
        E.isLeft(Oracle.wrong(direct, span, ray(-1n)))
      )
    },
  ),
)

law(
  'ORA-5',
  'what is passed on never jumps by more than allowed, but after a pause of at least the time stated',
  fc.property(
    path,
    every,
    hundredths(10),
    fc.integer({ min: 1, max: 4000 }),
    fc.nat(3),
    (path, every, most, holds, holes) => {
      const source = patchy(Oracle.direct(marketOf(path)), holes)
      const settings = { ...looksAt(path, every), most, holds }
      const oracle = made(Oracle.breaker(source, settings))
      let last: Oracle.Reading | undefined
      let closedAt = -Infinity
      return instants(settings).every((at) => {
        const [seen, passed] = [source.at(at), oracle.at(at)]
        const before = last
        last = passed
        if (seen === undefined || at < closedAt + holds)
          return passed?.at === before?.at && passed?.price === before?.price
        if (before === undefined) return passed?.price === seen.price && passed.at === seen.at
        const off = seen.price - before.price
        const isJump = (off < 0n ? -off : off) * RAY > before.price * most
        if (isJump) closedAt = at
        return isJump ? passed === undefined : passed?.price === seen.price
      })
    },
  ),
)

law(
  'ORA-5',
  'settings that make no breaker are refused, each by its name',
  fc.property(fc.constantFrom('every', 'from', 'to', 'holds', 'most'), (name) => {
    const good = { from: 0, to: 100, every: 10, holds: 60, most: ray(0n) }
    const bad = name === 'most' ? { most: ray(-1n) } : { [name]: name === 'to' ? -1 : 0.5 }
    const refused = Oracle.breaker(saying(undefined), { ...good, ...bad })
    return (
      E.isRight(Oracle.breaker(saying(undefined), good)) &&
      E.isLeft(refused) &&
      refused.left.some(({ rule, setting }) => rule === 'ORA-5' && setting === name)
    )
  }),
)

law(
  'ORA-6',
  'another future changes nothing that is said before it',
  fc.property(
    path,
    every,
    fc.nat(1000),
    hundredths(300),
    hundredths(20),
    (path, every, part, factor, share) => {
      const turn = path.from + Math.floor(((path.to - path.from) * part) / 1000)
      const market = marketOf(path)
      const other: Oracle.Price = (time) =>
        time <= turn ? market(time) : ray((market(time) * factor) / RAY)
      const looks = looksAt(path, every)
      const all = (price: Oracle.Price): readonly Oracle.Oracle[] => {
        const direct = Oracle.direct(price)
        const beats = made(
          Oracle.heartbeat(direct, { ...looks, heartbeat: 3600, deviation: share }),
        )
        const breaks = made(Oracle.breaker(direct, { ...looks, most: share, holds: 1200 }))
        const delayed = made(Oracle.delayed(direct, 30))
        const silent = Oracle.silent(direct, { from: turn - 100, until: turn + 100 })
        const median = made(Oracle.median([beats, breaks, silent], { least: 1, maxAge: 5000 }))
        return [direct, beats, breaks, delayed, silent, median]
      }
      const [known, changed] = [all(market), all(other)]
      return [turn, turn - 1, turn - 599, path.from].every((time) =>
        known.every((oracle, i) => {
          const [a, b] = [oracle.at(time), changed[i]?.at(time)]
          return a?.price === b?.price && a?.at === b?.at
        }),
      )
    },
  ),
)
