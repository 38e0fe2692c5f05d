/**
 * Document: a simulation as one JSON document, amounts as exact decimal text.
 */

import { Decimal } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import type { Outcome } from '../tuning/index.js'
import { Compare, Figures } from '../report/index.js'
import * as Refused from './Refused.js'
import * as Report from './Report.js'
import * as Said from './Said.js'
import type { Setup } from './Setup.js'

type Run = Outcome.Outcome

const { formatRad: rad, formatWad: wad } = Decimal

const ofLot = (lot: Outcome.OfLot): unknown => ({
  lot: lot.lot,
  position: lot.position,
  openedAt: lot.openedAt,
  closedAt: lot.closedAt ?? null,
  collateral: wad(lot.collateral),
  debt: rad(lot.debt),
  sold: wad(lot.sold),
  returned: wad(lot.returned),
  paid: rad(lot.paid),
  marketValue: rad(lot.marketValue),
  repaid: rad(lot.repaid),
  penalty: rad(lot.penalty),
  bad: rad(lot.bad),
  shortfall: rad(lot.shortfall),
  resets: lot.resets,
})

const ofRun = (run: Run, isEachLot: boolean): unknown => {
  const discount = Compare.discountOf(run)
  return {
    auction: run.auction,
    lots: run.lots.length,
    lotsSold: Compare.soldOf(run),
    lotsOpen: Compare.openOf(run),
    debt: {
      seized: rad(run.debt.seized),
      repaid: rad(run.debt.repaid),
      open: rad(run.debt.open),
      bad: rad(run.debt.bad),
      cancelled: rad(run.debt.cancelled),
    },
    collateral: {
      seized: wad(run.collateral.seized),
      sold: wad(run.collateral.sold),
      open: wad(run.collateral.open),
      returned: wad(run.collateral.returned),
      cancelled: wad(run.collateral.cancelled),
    },
    penalty: rad(run.penalty),
    ownersLoss: rad(run.ownersLoss),
    paid: rad(run.paid),
    marketValue: rad(run.marketValue),
    discount: discount === undefined ? null : wad(discount),
    secondsToClear: {
      median: run.secondsToClear?.median ?? null,
      p95: run.secondsToClear?.p95 ?? null,
    },
    rewards: rad(run.rewards),
    gas: {
      spent: rad(Fixed.rad(run.gas.keepers + run.gas.bidders)),
      keepers: rad(run.gas.keepers),
      bidders: rad(run.gas.bidders),
    },
    resets: run.resets,
    bids: { sent: run.bids.sent, refused: run.bids.refused },
    capital: {
      total: rad(run.capital.total),
      mostInUse: rad(run.capital.mostInUse),
      lotsShort: run.capital.lotsShort,
    },
    positionsDelayed: run.positionsDelayed,
    notOpened: [...run.notOpened].map(([position, refusal]) => ({
      position,
      rule: refusal.rule,
      why: Refused.inWords(refusal),
    })),
    ...(run.cascade === undefined
      ? {}
      : {
          cascade: {
            byDepth: run.cascade.byDepth,
            largestDrop: Decimal.formatRay(run.cascade.largestDrop),
          },
        }),
    endedAt: Figures.utc(run.endedAt),
    endedBy: run.endedBy,
    ...(isEachLot ? { eachLot: run.lots.map(ofLot) } : {}),
  }
}

/** The document, indented, with a newline at its end. */
export const text = (
  setup: Setup,
  runs: readonly Run[],
  comparisons: readonly string[],
  isEachLot: boolean,
): string => {
  const document = {
    input: Said.input(setup),
    runs: runs.map((run) => ofRun(run, isEachLot)),
    meaning: Compare.meaning(runs),
    notes: Report.notes(setup, runs, comparisons),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
