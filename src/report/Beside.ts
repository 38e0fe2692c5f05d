/**
 * Beside: what a day cost under one auction beside the other, in money.
 *
 * Laws: REP-7 (spec/24-report.md).
 */

import { Fixed } from '../core/index.js'
import type { Outcome } from '../tuning/index.js'
import * as Compare from './Compare.js'
import type * as Day from './Day.js'
import * as Figures from './Figures.js'
import * as Palette from './Palette.js'
import { money, type Picture, rad, sentences, WIDTH } from './Picture.js'

// Model

/** A cost of a day. */
interface Cost {
  readonly name: string
  readonly of: (outcome: Outcome.Outcome) => Fixed.Rad
}

/** What an auction is to keep small. */
export const losses: readonly Cost[] = [
  { name: 'bad debt', of: ({ debt }) => debt.bad },
  { name: "owners' loss", of: ({ ownersLoss }) => ownersLoss },
]

/** What a day costs, the loss first. */
const costs: readonly Cost[] = [
  ...losses,
  { name: 'debt still open', of: ({ debt }) => debt.open },
  { name: 'rewards paid', of: ({ rewards }) => rewards },
  { name: 'gas spent', of: ({ gas }) => Fixed.rad(gas.keepers + gas.bidders) },
]

// The picture

export const picture = ({ runs }: Day.Day): Picture => {
  const outcomes = runs.map(({ outcome }) => outcome)
  const y = { field: 'cost', type: 'nominal', sort: null, title: null }
  const offset = { field: 'auction', sort: ['Dutch', 'English'] }
  const [a, b] = outcomes
  const most = Math.max(
    0,
    ...outcomes.flatMap((outcome) => costs.map(({ of }) => rad(of(outcome)))),
  )
  // Room for the text of the longest bar.
  const scale = most > 0 ? { domainMax: 1.2 * most } : {}
  return {
    name: 'costs',
    title: b === undefined ? 'What it cost' : 'What it cost, Dutch beside English',
    caption: sentences(
      Compare.meaning(outcomes),
      a !== undefined && b !== undefined ? Compare.sameLots(a, b) : '',
      outcomes.some((outcome) => costs.some(({ of }) => of(outcome) < 0n))
        ? 'A bar to the left of 0 is a gain.'
        : '',
    ),
    spec: {
      width: WIDTH - 80,
      height: { step: 20 },
      data: {
        values: outcomes.flatMap((outcome) =>
          costs.map(({ name, of }) => {
            const amount = of(outcome)
            return {
              cost: name,
              auction: Compare.nameOf(outcome),
              amount: rad(amount),
              // Text stands right of a bar, whichever way that goes.
              end: Math.max(0, rad(amount)),
              text: Figures.money(amount),
            }
          }),
        ),
      },
      encoding: { y, yOffset: offset },
      layer: [
        {
          mark: 'bar',
          encoding: {
            x: money('amount', 'cost', { scale }),
            color: Palette.color(outcomes.map(Compare.nameOf)),
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 4, fontSize: 11, color: Palette.light.ink },
          encoding: { x: money('end', 'cost', { scale }), text: { field: 'text' } },
        },
      ],
    },
  }
}
