/**
 * How long a lot takes to load as its store grows: what a bid needs of it is read again and again, while ever more
 * entries of other lots are stored.
 */

import { Chain, Port } from '../../dist/engine/index.mjs'

const data = JSON.stringify({ filler: 'x'.repeat(200) })

/** Entries of made-up lots, ten of each, from the `from`-th lot on. */
const entriesOf = (from, lots) =>
  Array.from({ length: lots }, (_, i) => {
    let end = Chain.start
    return Array.from({ length: 10 }, () => {
      end = Chain.link(end, {
        stream: `lot/FILL/${from + i}`,
        type: 'T',
        format: 1,
        data,
        command: 'c',
      })
      return end
    })
  }).flat()

const right = (result) => {
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right
}

/** The median time, in milliseconds, of reading what a bid on a lot of the founded store needs. */
const loading = async (store, lots, times) => {
  const all = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    right(
      await store.read({
        streams: [
          { stream: 'house', from: 1 },
          { stream: `lot/MAIN/${(i % lots) + 1}`, from: 'snapshot' },
        ],
        outcomes: [`none ${i}`],
        totals: [],
        entries: [],
      })(),
    )
    all.push(performance.now() - start)
  }
  return all.sort((a, b) => a - b)[all.length >> 1]
}

/** The time at each size of the store, which it grows to. */
export const growth = async (store, lots, sizes) => {
  const found = []
  let size = 0
  for (const wanted of sizes) {
    for (; size < wanted; size += 1000)
      right(await store.append({ ...Port.nothing, entries: entriesOf(size / 10, 100) })())
    await loading(store, lots, 50)
    found.push([wanted, await loading(store, lots, 300)])
  }
  return found
}
