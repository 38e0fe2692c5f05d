/**
 * Laws of Watch, held against a test of every position: spec/22-book.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed, Position, type Terms } from '../../src/core/index.js'
import { Arbitrary } from '../../src/testing/index.js'
import { Watch } from '../../src/watch/index.js'
import { law } from '../law.js'

const { ray } = Fixed

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** Small numbers, so that prices meet edges and edges each other; now and then hostile ones. */
const small = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt(0n, 12n) },
  { weight: 1, arbitrary: fc.bigInt(-3n, 2n ** 257n) },
)
const plain = (id: string): fc.Arbitrary<Position.Position> =>
  fc.record({
    id: fc.constant(id),
    owner: fc.constant('owner'),
    line: fc.constant(Arbitrary.line),
    shares: small.map(Fixed.wad),
    index: fc.oneof(fc.constant(ray(10n)), small.map(ray)),
    holdings: fc
      .subarray([...Arbitrary.assets])
      .chain((assets) =>
        fc.tuple(...assets.map((asset) => small.map((n) => ({ asset, amount: Fixed.wad(n) })))),
      ),
  })
const position = (id: string): fc.Arbitrary<Position.Position> =>
  fc.oneof({ weight: 3, arbitrary: plain(id) }, Arbitrary.position(id))
const positions = fc
  .subarray(ids)
  .chain((some) => fc.tuple(...some.map(position)))
  .map((all): readonly Position.Position[] => all)

const price = fc
  .oneof({ weight: 8, arbitrary: fc.bigInt(0n, 40n) }, fc.bigInt(-5n, 10n ** 31n))
  .map(ray)
const quotes = fc.oneof(
  Arbitrary.quotes,
  fc
    .tuple(price, price)
    .map((prices): readonly Position.Quote[] =>
      prices.map((risk, i) => ({ asset: Arbitrary.assets[i + 1] ?? '', risk, market: risk })),
    ),
)
/** Terms whose assets count in full, or as it comes. */
const terms = fc.tuple(Arbitrary.terms, fc.boolean()).map(([terms, isPlain]) => ({
  ...terms,
  collaterals: terms.collaterals.map(
    (one): Terms.Collateral =>
      isPlain ? { ...one, haircut: ray(0n), support: { _tag: 'Ratio', ratio: Fixed.RAY } } : one,
  ),
}))

const watchOf = (...all: Parameters<typeof Watch.make>): Watch.Watch => {
  const watch = Watch.make(...all)
  if (E.isLeft(watch)) throw new Error(JSON.stringify(watch.left))
  return watch.right
}

const assetOf = ({ collaterals }: Terms.Terms): string => collaterals[0]?.asset ?? ''

/** Every position put to the core's test. */
const scan = (
  terms: Terms.Terms,
  quotes: readonly Position.Quote[],
  all: readonly Position.Position[],
  price: Fixed.Ray,
): readonly string[] => {
  const asset = assetOf(terms)
  const others = quotes.filter((quote) => quote.asset !== asset)
  return all
    .filter((one) =>
      E.isRight(
        Position.liquidatable(terms, one, [...others, { asset, risk: price, market: price }]),
      ),
    )
    .map(({ id }) => id)
}

const named = (all: readonly Position.Position[]): readonly string[] => all.map(({ id }) => id)
const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join()

/** Prices at which something may change: each edge, and a unit to either side. */
const edges = (watch: Watch.Watch, all: readonly Position.Position[]): readonly Fixed.Ray[] =>
  all.flatMap((one) => {
    const edge = Position.unsafeAt(watch.terms, one, watch.quotes, watch.asset)
    return edge._tag === 'Some' ? [-1n, 0n, 1n].map((step) => ray(edge.value + step)) : []
  })

law(
  'BOK-2',
  'a watch is refused where the line is another, the asset unknown or an id repeated',
  fc.property(terms, positions, fc.constantFrom('asset', 'line', 'id'), (terms, all, what) => {
    const [one] = all
    if (one === undefined) return true
    const asset = what === 'asset' ? 'EUR' : assetOf(terms)
    const bad =
      what === 'line'
        ? [...all, { ...one, id: 'z', line: 'OTHER' }]
        : what === 'id'
          ? [...all, one]
          : all
    const refused = Watch.make(terms, asset, [], bad)
    const watch = watchOf(terms, assetOf(terms), [], all)
    const added = Watch.add(watch, { ...one, line: 'OTHER' })
    return (
      E.isLeft(refused) &&
      refused.left.what === what &&
      E.isLeft(added) &&
      added.left.what === 'line'
    )
  }),
)

law(
  'BOK-3',
  'the unsafe ones are those that a test of each finds, at every edge and a unit beside it too',
  fc.property(terms, quotes, positions, fc.array(price), (terms, quotes, all, prices) => {
    const watch = watchOf(terms, assetOf(terms), quotes, all)
    return [...prices, ...edges(watch, all), ray(0n), ray(1n)].every((price) =>
      isSame(named(Watch.unsafeAt(watch, price)), scan(terms, quotes, all, price)),
    )
  }),
  { numRuns: 2000 },
)

law(
  'BOK-3',
  'those that become unsafe at a higher price come first, and of two alike the lesser id',
  fc.property(terms, quotes, positions, (terms, quotes, all) => {
    const watch = watchOf(terms, assetOf(terms), quotes, all)
    const order = named(Watch.unsafeAt(watch, ray(1n)))
    const high = 10n ** 300n
    const edgeOf = (id: string): bigint => {
      const one = all.find((one) => one.id === id) as Position.Position
      const edge = Position.unsafeAt(terms, one, quotes, watch.asset)
      if (edge._tag === 'Some') return edge.value
      return scan(terms, quotes, [one], ray(0n)).length > 0 ? high + 1n : high
    }
    return order.every((id, i) => {
      const before = order[i - 1]
      if (before === undefined) return true
      const [a, b] = [edgeOf(before), edgeOf(id)]
      return a > b || (a === b && before < id)
    })
  }),
)

law(
  'BOK-4',
  'a move names those that are unsafe after it and were not before, in their order',
  fc.property(terms, quotes, positions, price, price, (terms, quotes, all, before, now) => {
    const watch = watchOf(terms, assetOf(terms), quotes, all)
    const old = named(Watch.unsafeAt(watch, before))
    const wanted = named(Watch.unsafeAt(watch, now)).filter((id) => !old.includes(id))
    return named(Watch.newlyUnsafe(watch, before, now)).join() === wanted.join()
  }),
)

const change = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ids).chain(position) },
  fc.constantFrom(...ids),
)

law(
  'BOK-5',
  'after any changes a watch answers as one that is made anew, and the one before as before',
  fc.property(
    terms,
    quotes,
    positions,
    fc.array(change),
    price,
    (terms, quotes, all, changes, price) => {
      const asset = assetOf(terms)
      const made = watchOf(terms, asset, quotes, all)
      const before = named(Watch.unsafeAt(made, price)).join()
      const changed = changes.reduce((watch, change) => {
        if (typeof change === 'string') return Watch.remove(watch, change)
        const added = Watch.add(watch, change)
        return E.isRight(added) ? added.right : watch
      }, made)
      const left = new Map(all.map((one) => [one.id, one]))
      for (const change of changes)
        if (typeof change === 'string') left.delete(change)
        else left.set(change.id, change)
      const anew = watchOf(terms, asset, quotes, [...left.values()])
      return (
        Watch.size(changed) === left.size &&
        [price, ...edges(anew, [...left.values()])].every(
          (price) =>
            named(Watch.unsafeAt(changed, price)).join() ===
            named(Watch.unsafeAt(anew, price)).join(),
        ) &&
        named(Watch.unsafeAt(made, price)).join() === before
      )
    },
  ),
)

test('BOK-5 a watch of nobody answers nothing, and takes the first position', () => {
  const [terms] = fc.sample(Arbitrary.terms, { numRuns: 1, seed: 1 })
  const [one] = fc.sample(plain('a'), { numRuns: 1, seed: 1 })
  if (terms === undefined || one === undefined) throw new Error('no sample')
  const empty = watchOf(terms, assetOf(terms), [], [])
  expect(Watch.unsafeAt(empty, ray(1n))).toEqual([])
  expect(Watch.size(empty)).toBe(0)
  expect(Watch.remove(empty, 'a')).toBe(empty)
  expect(E.map(Watch.size)(Watch.add(empty, one))).toEqual(E.right(1))
})
