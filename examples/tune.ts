/**
 * A search of one's own: which markup and step lose least on a day that the script makes up, judged by a figure of
 * its own: the loss of owners and protocol, and a tenth of a unit for every second that a lot takes to clear.
 *
 * npx tsx examples/tune.ts
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from 'knockdown'
import { Figures, Presets, Scenario, Simulate, Space, Tune } from 'knockdown/tuning'

const terms = Presets.presets['dutch-default']
const price = (units: number): Fixed.Ray => Fixed.ray(BigInt(units) * Fixed.RAY)

/** From 200 down to 120 within two hours, and half of the way up again. */
const fall = [200, 180, 150, 125, 120, 130, 145, 160].map((open, i, all) => ({
  time: i * 1200,
  open: price(open),
  close: price(all[i + 1] ?? open),
  gasPriceGwei: undefined,
}))

const run = (tried: typeof terms, seed: bigint): number => {
  const outcome = Simulate.run({
    ...Scenario.plain,
    seed,
    prices: { _tag: 'Rows', rows: fall },
    positions: { _tag: 'Drawn', count: 50 },
    bidders: {
      _tag: 'Drawn',
      kinds: [{ kind: 'bidder', count: 10, capital: Fixed.rad(1_000_000n * Fixed.RAD) }],
    },
    terms: tried,
  })
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  const { clearing, loss } = Figures.of(outcome.right)
  return loss + clearing / 10
}

const space = Space.make(terms, [
  { name: 'markup', from: 1.02, to: 1.5 },
  { name: 'stepEvery', from: 20, to: 300, scale: 'log' },
])
if (E.isLeft(space)) throw new Error(JSON.stringify(space.left))

let search = Tune.start({ space: space.right, budget: 30, seed: 1n })
while (!Tune.isOver(search)) {
  const asked = Tune.next(search)
  const figures = asked.map((one) => [1n, 2n, 3n].map((seed) => run(one.terms, seed)))
  search = Tune.told(search, asked, figures)
}

for (const { mean, texts } of Tune.ranked(search).slice(0, 3))
  console.log(`markup ${texts[0] ?? ''}, stepEvery ${texts[1] ?? ''}: ${Math.round(mean)}`)
