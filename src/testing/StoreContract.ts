/**
 * StoreContract: what every store of events has to do, as cases that any test runner runs.
 *
 * A case opens a store of its own, asks for what an engine asks for, and throws where something else
 * comes of it. None sleeps or measures time; what is drawn by chance is drawn from a fixed seed.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-13, PRT-16, PRT-18 (spec/10-ports.md).
 *
 * @example
 * import { test } from 'vitest'
 * StoreContract.holds(test, { name: 'mine', open: async () => ({ store: await Mine.make() }) })
 */

import { appends } from './store/Appends.js'
import type { Case, Opened, Subject } from './store/Case.js'
import { ofLocks } from './store/Locks.js'
import { models } from './store/Model.js'
import { outcomes } from './store/Outcomes.js'
import { ofPayments } from './store/Payments.js'
import { reading } from './store/Reading.js'
import { ofTexts } from './store/Texts.js'

export type { Case, Opened, Subject }

/** Registers a test: `test` of Vitest, Jest or node:test. */
export type Register = (title: string, run: () => Promise<void>, timeout: number) => unknown

/** Milliseconds that a case may take: the longest stores a hundred thousand entries. */
const timeout = 120_000

/** All cases, each titled by the rule that it checks. */
export const cases: readonly Case[] = [
  ...appends,
  ...outcomes,
  ...ofTexts,
  ...ofLocks,
  ...reading,
  ...ofPayments,
  ...models,
]

/** Registers every case as a test of a subject. */
export const holds = (register: Register, subject: Subject): void => {
  for (const { run, title } of cases)
    register(`${title} (${subject.name})`, () => run(subject), timeout)
}
