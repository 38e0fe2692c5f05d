import fc from 'fast-check'
import { Ledger } from '../../src/index.js'
import { Events, History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { tableOf } from './ledger/table.js'

const { FC_RUNS = '200', FC_SEED = '1' } = process.env

/** Nothing breaks any law after any step of a whole history of many lots. Each law draws histories of its own. */
const always = fc.property(History.history, (history) => {
  const broken = History.breaks(history)
  if (broken !== undefined) throw new Error(`${broken.rule}, ${broken.what}: ${broken.found}`)
})

const drawn = (seed: number): fc.Parameters<[History.History]> => ({
  seed: Number(FC_SEED) + seed,
  numRuns: Math.ceil(Number(FC_RUNS) / 4),
})

// First, for it is the quickest to notice a fault.
law(
  'ACC-5',
  'the postings of any event are those of the table',
  fc.property(Events.event, (event) => {
    const [found, expected] = [Ledger.postings(event), tableOf(event)]
    const shown = (postings: readonly Ledger.Posting[]): string =>
      postings
        .map(
          ({ amount, asset, from, to }) =>
            [asset, from, to].map((one) => Object.values(one).join(' ')).join(' > ') + ` ${amount}`,
        )
        .join('\n')
    return shown(found) === shown(expected)
  }),
  { numRuns: 3000 },
)

law('ACC-1', 'a posting moves more than nothing, between two accounts', always, drawn(1))
law('ACC-2', "a lot's accounts hold what its state says is left", always, drawn(2))
law('ACC-3', 'money repays debt first, and stays within the target', always, drawn(3))
law('ACC-4', 'debt turns bad at the close, with nothing returned', always, drawn(4))
law('ACC-6', 'no bad debt leaks, in any lot or in all', always, drawn(5))
law('ACC-7', 'the treasury has what the ledger says', always, drawn(6))
law(
  'ACC-8',
  'the escrow is the standing bid, and whoever is outbid has paid nothing',
  always,
  drawn(7),
)
law('HOU-5', 'nothing happens to a lot that is over', always, drawn(8))
law('HOU-7', 'the money in flight is the targets of the open lots', always, drawn(9))
law('HOU-8', 'the name of a lot is used once', always, drawn(10))
