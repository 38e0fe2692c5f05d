/**
 * Auctions: terms by the name of a preset or of a file, and which auction they sell by.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, TermsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { Presets } from '../tuning/index.js'
import * as Flag from './Flag.js'
import { mismatch, type Problem, unread } from './Io.js'
import type { Readable } from './Texts.js'

export type Auction = 'dutch' | 'english'

/** Terms and where they come from. */
export interface Named {
  readonly name: string
  readonly terms: Terms.Terms
}

/** The flags that say which terms are run. */
export interface Flags {
  readonly terms?: readonly string[]
  readonly auction: string
  readonly unchecked?: boolean
}

const isName = (name: string): name is Presets.Name => Object.hasOwn(Presets.presets, name)

/** How terms sell, if they sell one asset. */
const auctionOf = ({ collaterals }: Terms.Terms): Auction | undefined =>
  collaterals.length !== 1 ? undefined : collaterals[0]?.sale._tag === 'Dutch' ? 'dutch' : 'english'

/** Terms by the name of a preset or of a file. */
export const readTerms = (
  io: Readable,
  name: string,
  unchecked: boolean,
): E.Either<Problem, Named> => {
  if (isName(name)) return E.right({ name, terms: Presets.presets[name] })
  const wanted = Flag.among(name, Object.keys(Presets.presets))
  return pipe(
    io.read(name),
    E.mapLeft((why) => unread('--terms', name, why, `${wanted}, or a JSON file of terms`)),
    E.chain((text) => pipe(TermsJson.parse(text, unchecked), E.mapLeft(Csv.render(name)))),
    E.map((terms) => ({ name, terms })),
  )
}

/** The terms of each auction: those given, and the default for the other. */
export const readAuctions = (io: Readable, flags: Flags): E.Either<Problem, readonly Named[]> =>
  pipe(
    E.Do,
    E.apS('which', Flag.oneOf('dutch', 'english', 'both')('--auction', flags.auction)),
    E.apS(
      'given',
      pipe(
        flags.terms ?? [],
        E.traverseArray((name) => readTerms(io, name, flags.unchecked === true)),
      ),
    ),
    E.chain(({ given, which }) => {
      const wanted: readonly Auction[] = which === 'both' ? ['dutch', 'english'] : [which]
      for (const [i, { name, terms }] of given.entries()) {
        const kind = auctionOf(terms)
        if (kind === undefined)
          return E.left(
            `${name}: collaterals: found ${terms.collaterals.length}, wanted one: a price file is of one asset`,
          )
        if (!wanted.includes(kind))
          return E.left(
            mismatch('--terms', name, `terms that sell by ${which} auction, or --auction ${kind}`),
          )
        if (given.findIndex((one) => auctionOf(one.terms) === kind) !== i)
          return E.left(
            mismatch('--terms', name, `at most one set of terms for the ${kind} auction`),
          )
      }
      return E.right(
        wanted.map((kind): Named => {
          const name: Presets.Name = `${kind}-default`
          return (
            given.find(({ terms }) => auctionOf(terms) === kind) ?? {
              name,
              terms: Presets.presets[name],
            }
          )
        }),
      )
    }),
  )
