/**
 * seize: what the chain does between the checks of a bark or a bite.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/core/index.js'
import type { Dog, Failure } from '../../src/maker/index.js'
import { add, answer, authorized, before, must } from './chain.js'
import { type Json, text } from './read.js'
import { contractOf, type Priced } from './step.js'
import * as Vat from './vat.js'

/** The vault that a call is about. */
export const vaultOf = ({ vat }: Priced, args: Json): Dog.Urn => {
  const urn = text(args, 'urn')
  const { art, ink } = Vat.urnOf(vat, urn)
  return { urn, ink: Fixed.wad(ink), art: Fixed.wad(art), rate: Fixed.ray(vat.rate) }
}

/** What the vat is handed, as the negative of a signed word. */
const MAX_INT = 2n ** 255n

/** Where the vat and the vow are told of a seizure, and where the house is: before and after its target is formed. */
const stages = { vat: 162, house: 195 }

/** Who seizes, where the collateral goes, and which house is asked to sell it. */
interface Parties {
  readonly by: 'cat' | 'dog'
  readonly to: string
  readonly house: 'clip' | 'flip'
}

/**
 * Tells the vat and the vow of a seizure, and asks the house whether it may be asked. `seized` is what the
 * vat is told, which a seizure that is refused later must say too.
 */
export const seize = (
  world: Priced & { Sin: bigint },
  { by, house, to }: Parties,
  { urn }: Dog.Urn,
  outcome: Failure.Outcome<{ readonly queued: bigint }>,
  seized: () => Failure.Outcome<Dog.Seized>,
): void => {
  before(outcome, stages.vat)
  const { art, due, ink } = answer(seized())
  must(art <= MAX_INT && ink <= MAX_INT, `${contractOf(by)}/overflow`)
  Vat.grab(world.vat, world.wards, by, { urn, to, ink, art })
  authorized(world.wards, 'vow', by, 'Vow')
  world.Sin = add(world.Sin, E.isRight(outcome) ? outcome.right.queued : due)
  before(outcome, stages.house)
  authorized(world.wards, house, by, contractOf(house))
}
