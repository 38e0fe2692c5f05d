/** Scenario: one kind of fault, so many times. */

import type { Child } from './child.js'
import type { Cluster } from './cluster.js'
import type { Ledger } from './ledger.js'
import type { Asked } from './protocol.js'
import type { Random } from '../random.js'

/** What a scenario has to work with. */
export interface Ground {
  readonly seed: number
  readonly random: Random
  /** So many of a whole count, at least one. */
  readonly some: (whole: number) => number
  /** A server that scenarios share; each has a database of its own there. */
  readonly server: () => Promise<Cluster>
  /** A new database on a server, and its address. */
  readonly database: (cluster: Cluster) => Promise<string>
  /** A folder that is not there yet. */
  readonly folder: () => string
}

export interface Scenario {
  readonly name: string
  readonly needs: 'nothing' | 'postgres' | 'postgres and a small disk' | 'a small disk'
  /** Answers how many faults there were, and what was seen, in a few words. */
  readonly run: (ground: Ground) => Promise<readonly [count: number, found: string]>
}

/** What a ledger has counted, in words. */
export const words = ({ tally }: Ledger): string =>
  [
    `${tally.commands} commands answered`,
    `${tally.refused} of them refused`,
    `${tally.events} entries`,
    `${tally.payments} payments`,
    `${tally.checks} audits clean`,
    ...(tally.failed > 0 ? [`${tally.failed} answers Failed and asked again`] : []),
    ...(tally.mended > 0 ? [`${tally.mended} times opened or started again`] : []),
    ...(tally.busy > 0 ? [`${tally.busy} Busy and asked again`] : []),
  ].join(', ')

/** Asks for all of it, in order: each is done. */
export const found = async (
  child: Child,
  ledger: Ledger,
  requests: readonly Asked[],
  learn: (answer: Awaited<ReturnType<typeof child.ask<'execute'>>>[number]) => void,
): Promise<void> => {
  requests.forEach(ledger.sent)
  const answers = await child.ask('execute', { now: 1_000_000, requests })
  for (const answer of answers) {
    if (answer._tag !== 'Done') throw new Error(`not founded: ${JSON.stringify(answer)}`)
    ledger.heard(answer)
    learn(answer)
  }
}

/** The sum of what several ledgers have counted. */
export const together = (ledgers: readonly Ledger[]): string => {
  const [first, ...rest] = ledgers
  if (first === undefined) return ''
  const tally = { ...first.tally }
  for (const one of rest)
    for (const key of Object.keys(tally) as (keyof typeof tally)[]) tally[key] += one.tally[key]
  return words({ ...first, tally })
}
