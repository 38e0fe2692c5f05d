import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Book } from '../../src/engine/index.js'
import type { Event } from '../../src/index.js'
import { History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { drawn, everyStep } from './steps.js'

/** The rewards of a lot, the first of its opening. */
type Earned = readonly (Event.Opened | Event.Reset)[]

/** Of every lot of a history its rewards, and the book at the end. */
const earnedIn = (history: History.History): readonly [Book.Book, readonly Earned[]] => {
  const lots = new Map<string, Earned>()
  const book = History.play(history, (step) => {
    for (const event of History.events(step))
      if (event._tag === 'Opened' || event._tag === 'Reset')
        lots.set(event.lot, [...(lots.get(event.lot) ?? []), event])
  })
  return [book, [...lots.values()]]
}

const sumOf = (earned: Earned): bigint => earned.reduce((sum, { reward }) => sum + reward, 0n)

/** Whether the terms of every one of these rewards limit it. */
const isLimited = (book: Book.Book, earned: Earned): boolean =>
  earned.every(
    ({ line, terms }) => book.terms.get(line)?.[terms - 1]?.terms.reward.limit === 'penalty',
  )

const penaltyOf = (earned: Earned): bigint => {
  const [opened] = earned
  if (opened?._tag !== 'Opened') throw new Error('no opening')
  return opened.target > opened.debt ? opened.target - opened.debt : 0n
}

law(
  'REW-5',
  'all that a lot earns in its life is at most its penalty at the opening, where every reward is limited to it',
  fc.property(History.history, (history) => {
    const [book, lots] = earnedIn(history)
    return lots.every((earned) => !isLimited(book, earned) || sumOf(earned) <= penaltyOf(earned))
  }),
  drawn(61),
)

law(
  'REW-5',
  'a Dutch lot knows what it has earned, and no reward is below zero',
  fc.property(History.history, (history) => {
    const [book, lots] = earnedIn(history)
    return lots.every((earned) => {
      const lot = book.lots.get(earned[0]?.lot ?? '')
      return (
        earned.every(({ reward }) => reward >= 0n) &&
        (lot?._tag !== 'Dutch' || lot.rewarded === sumOf(earned))
      )
    })
  }),
  drawn(62),
)

law(
  'HOU-2',
  'a lot opened under atOpening is decided by the terms of its opening to its end, any other by those in force',
  everyStep(({ before, book, decision }) => {
    if (before === undefined || before.goods._tag !== 'Collateral') return true
    const version =
      before.binding === 'atOpening' ? before.terms : book.house.lines.get(before.line)?.version
    const opening = book.terms.get(before.line)?.[before.terms - 1]
    return (
      before.binding === opening?.terms.binding &&
      (!('right' in decision) ||
        decision.right.every((event) => 'lot' in event && event.terms === version))
    )
  }),
  drawn(63),
)

test('REW-5 lots that are limited come to their penalty, and reset lots without a limit go past it', () => {
  const counts = { reached: 0, below: 0, past: 0, limitedResets: 0 }
  for (const history of fc.sample(History.history, { seed: 3, numRuns: 300 })) {
    const [book, lots] = earnedIn(history)
    for (const earned of lots) {
      const limited = isLimited(book, earned)
      const sum = sumOf(earned)
      if (limited && earned.length > 1) counts.limitedResets += 1
      if (limited && sum > 0n) counts[sum === penaltyOf(earned) ? 'reached' : 'below'] += 1
      if (!limited && sum > penaltyOf(earned)) counts.past += 1
    }
  }
  expect(Object.entries(counts).filter(([, many]) => many < 20)).toEqual([])
})
