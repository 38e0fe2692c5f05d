/**
 * States: how a position and a lot stand, and what an asset is worth, as JSON: the fields of the
 * core's, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-25 (spec/02-decimal.md).
 */

import type { Lot, Position } from '../core/index.js'
import { collateralGoods, goods, held, lossAt } from './Events.js'
import * as Shape from './Shape.js'

const { closed, decided, flag, list, oneOf, orNull, ray, tag, tagged, text, whole } = Shape

const positionOf = ({
  ray,
  wad,
}: Pick<typeof Shape.decided, 'ray' | 'wad'>): Shape.Codec<Position.Position> =>
  closed('position', {
    id: text,
    owner: text,
    line: text,
    holdings: list(closed('holding', { asset: text, amount: wad })),
    shares: wad,
    index: ray,
  })

/** The codec of a position as somebody says that it stands. */
export const position: Shape.Codec<Position.Position> = positionOf(Shape)

/** The codec of a position as it stands: cancels may have given back to it again and again (DEC-28). */
export const heldPosition: Shape.Codec<Position.Position> = positionOf(decided)

/** The codec of a quote. */
export const quote: Shape.Codec<Position.Quote> = closed('quote', {
  asset: text,
  risk: ray,
  market: ray,
})

const ofLot = {
  id: text,
  line: text,
  terms: whole,
  debt: decided.rad,
  target: decided.rad,
  lossAt,
  binding: oneOf('inForce', 'atOpening'),
  lastAt: whole,
  ended: flag,
}

/** The codec of a lot as it stands. */
export const lot: Shape.Codec<Lot.Lot> = tagged<Lot.Lot>('lot', {
  Dutch: closed('Dutch', {
    _tag: tag('Dutch'),
    ...ofLot,
    goods: collateralGoods,
    collateral: decided.wad,
    startPrice: decided.ray,
    startedAt: whole,
    rewarded: decided.rad,
  }),
  English: closed('English', {
    _tag: tag('English'),
    ...ofLot,
    goods,
    sold: decided.units,
    bid: decided.units,
    bidder: orNull(text),
    bidExpiresAt: orNull(whole),
    endsAt: whole,
    hardEndsAt: whole,
    reserve: decided.units,
    held,
  }),
})
