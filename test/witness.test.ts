/**
 * Every event and every refusal happens in histories, often: a law over what never happens proves nothing.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { refusals } from '../scripts/spec.mjs'
import type { Event } from '../src/index.js'
import { Events, History } from '../src/testing/index.js'
import { root } from './spec.js'

const histories = fc.sample(History.history, { seed: 1, numRuns: 600 })

/** How often each event and each refusal happens; an event also by what it is of. */
const counts = new Map<string, number>()
const count = (what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const variants = (event: Event.Event): readonly string[] => [
  ...('goods' in event ? [event.goods._tag] : []),
  ...('held' in event ? [event.held] : []),
  ...('lossAt' in event ? [event.lossAt] : []),
  ...('payer' in event ? [event.payer._tag] : []),
  ...('start' in event ? [event.start._tag] : []),
  ...('of' in event ? [event.of] : []),
  ...('outbid' in event ? [event.outbid === undefined ? 'first' : 'outbid'] : []),
  ...('refund' in event ? [event.refund === undefined ? 'unbid' : 'refund'] : []),
]

let most = 0
for (const history of histories) {
  const end = History.play(history, ({ decision }) => {
    if (E.isLeft(decision)) count(decision.left._tag)
    else
      for (const event of decision.right) {
        count(event._tag)
        for (const variant of variants(event)) count(`${event._tag} ${variant}`)
        if (event._tag === 'Closed' && event.badDebt > 0n) count('Closed with bad debt')
        if (event._tag === 'Closed' && event.returned > 0n) count('Closed with a return')
        if ('penalty' in event && event.penalty > 0n) count(`${event._tag} with a penalty`)
        if ('reward' in event && event.reward > 0n) count(`${event._tag} with a reward`)
      }
  })
  most = Math.max(most, end.lots.size)
}

const rare = (wanted: readonly string[], least: number): readonly string[] =>
  wanted
    .filter((what) => (counts.get(what) ?? 0) < least)
    .map((what) => `${what}: ${counts.get(what) ?? 0}`)

const tags: readonly Event.Event['_tag'][] = [
  'Cancelled',
  'Closed',
  'DebtOpened',
  'Healed',
  'HouseChanged',
  'LevelChanged',
  'Matured',
  'Opened',
  'Raised',
  'Received',
  'Reset',
  'Restarted',
  'Settled',
  'Shrunk',
  'Stopped',
  'SurplusOpened',
  'Taken',
  'TermsChanged',
]

test('every event happens', () => {
  expect(rare(tags, 20)).toEqual([])
})

test('the list of events is whole', () => {
  const happened = fc.sample(Events.event, { seed: 1, numRuns: 2000 }).map(({ _tag }) => _tag)
  expect([...new Set(happened)].sort()).toEqual(tags)
})

test('every refusal happens', () => {
  // A history seizes what it puts up: what comes in hand from elsewhere has a test of its own (SEI-12).
  const wanted = new Set(refusals(root).map(({ tag }) => tag))
  expect(wanted.delete('NoCollateral')).toBe(true)
  expect(rare([...wanted], 3)).toEqual([])
  expect(rare(['NotFound', 'NameTaken'], 3)).toEqual([])
})

test('every kind of event happens', () => {
  const kinds = [
    ...['Opened', 'Reset'].flatMap((tag) => [
      `${tag} Protocol`,
      `${tag} Fund`,
      `${tag} with a reward`,
    ]),
    ...['Opened', 'Taken', 'Raised', 'Closed', 'Settled'].flatMap((tag) => [
      `${tag} close`,
      `${tag} seizure`,
    ]),
    ...['Opened Dutch', 'Opened English', 'Closed with bad debt', 'Closed with a return'],
    ...['Taken', 'Raised', 'Settled'].map((tag) => `${tag} with a penalty`),
    ...['Raised', 'Shrunk'].flatMap((tag) => [`${tag} first`, `${tag} outbid`]),
    ...['Raised', 'Shrunk', 'Settled', 'Stopped']
      .flatMap((tag) => [`${tag} escrow`, `${tag} income`])
      .filter((kind) => kind !== 'Stopped income'),
    ...['Raised', 'Restarted', 'Settled', 'Stopped'].map((tag) => `${tag} Surplus`),
    ...['Shrunk', 'Restarted', 'Settled', 'Stopped'].map((tag) => `${tag} Debt`),
    ...['Cancelled', 'Stopped'].flatMap((tag) => [`${tag} unbid`, `${tag} refund`]),
    ...['Healed ready', 'Healed onAuction'],
  ]
  expect(rare(kinds, 5)).toEqual([])
})

test('histories have many lots', () => {
  expect(most).toBeGreaterThan(15)
})
