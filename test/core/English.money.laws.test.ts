/**
 * The laws of an auction by bids about money: who has paid what, what it repays, and what is returned.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/index.js'
import { law } from '../law.js'
import { everyStep, history, opened, those } from './english/history.js'
import { balances, folded, follow, start } from './english/model.js'

law(
  'ENG-13',
  'after every command everybody holds what the list of bids says: the postings fold to it',
  fc.property(history, ({ opened, steps }) => {
    let model = start({ opened, steps })
    return steps.every((step, i) => {
      if (E.isRight(step.result)) model = follow(model, step)
      return isDeepStrictEqual(folded({ opened, steps }, steps.slice(0, i + 1)), balances(model))
    })
  }),
)

law(
  'ENG-13',
  'whoever is outbid is repaid his bid in the same event, and pays nothing for his own again',
  everyStep((step) => {
    const { before, command } = step
    return [...those(step, 'Raised'), ...those(step, 'Shrunk')].every(
      ({ bid, bidder, outbid, paid }) => {
        const own = bidder === before.bidder
        return (
          (command._tag === 'Raise' || command._tag === 'Shrink') &&
          bidder === command.bidder &&
          paid === (own ? bid - before.bid : bid) &&
          isDeepStrictEqual(
            outbid,
            own || before.bidder === undefined
              ? undefined
              : { bidder: before.bidder, amount: before.bid },
          )
        )
      },
    )
  }),
)

law(
  'ENG-14',
  'money repays the debt first: at settlement from escrow, at the bid where it is income',
  everyStep((step, history) => {
    const { after, before } = step
    const debt = opened(history)?.debt ?? 0n
    const repaidBy = (bid: bigint) => Fixed.min(bid, debt)
    return (
      those(step, 'Raised').every(({ bid, penalty, repaid }) =>
        before.held === 'income' && debt > 0n
          ? repaid === repaidBy(bid) - repaidBy(before.bid) &&
            repaid + penalty === bid - before.bid &&
            after.debt === debt - repaidBy(bid)
          : repaid === 0n && penalty === 0n && after.debt === before.debt,
      ) &&
      those(step, 'Settled').every(({ bid, penalty, repaid }) =>
        before.held === 'escrow' && debt > 0n
          ? repaid === repaidBy(bid) && repaid + penalty === bid
          : repaid === 0n && penalty === 0n,
      )
    )
  }),
)

law(
  'ENG-15',
  'nothing returns to the owner before the target is bid, and nothing is lost: lot + returned = all',
  everyStep(
    ({ after }, history) =>
      after.goods._tag !== 'Collateral' ||
      after.ended ||
      after.sold === opened(history)?.collateral ||
      after.bid === after.target,
  ),
)
