/**
 * The record of StableSims' program and the days it ran on, as they come with the package.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { Prices } from '../../src/codec/index.js'
import { type Agreement, Archive, Experiment } from '../../src/study/index.js'
import { data } from '../cli/io.js'

const read = <A>(name: string, parse: (text: string) => E.Either<unknown, A>): A => {
  const read = parse(readFileSync(join(data, name), 'utf8'))
  if (E.isLeft(read)) throw new Error(`${name}: ${JSON.stringify(read.left)}`)
  return read.right
}

export const runs: readonly Archive.Run[] = read('stablesims/isolated.csv', Archive.parseRuns)

const vaults: Archive.Vaults = read('stablesims/vaults.csv', Archive.parseVaults)

export const orders: ReadonlyMap<string, number> = read(
  'stablesims/orders.csv',
  Archive.parseOrders,
)

export const days: ReadonlyMap<string, readonly Experiment.Step[]> = new Map(
  ['2020-03-12', '2021-02-22', '2021-05-19'].map((date) => [
    date,
    Experiment.steps(read(`eth-crashes/${date}.csv`, Prices.parse)),
  ]),
)

/** Every run of the record whose vaults are known. */
export const cases: readonly Agreement.Case[] = runs.flatMap((run) => {
  const owned = vaults.get(Archive.keyOf(run))
  const day = days.get(run.date)
  return owned === undefined || day === undefined ? [] : [{ run, day, vaults: owned }]
})

/** Whether the order that is known to give a run gives it. */
export const knownOrder = ({ run }: Agreement.Case): readonly number[] => {
  const known = orders.get(Archive.nameOf(run))
  return known === undefined ? [] : [known]
}
