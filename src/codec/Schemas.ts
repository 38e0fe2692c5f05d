/**
 * Schemas: JSON Schemas (draft 2020-12) of what the codecs read, for programs in other languages.
 *
 * Laws: DEC-26 (spec/02-decimal.md).
 */

import * as Commands from './Commands.js'
import * as Events from './Events.js'
import * as Refusals from './Refusals.js'
import type { Codec, Schema } from './Shape.js'
import * as TermsJson from './Terms.js'
import * as TreasuryTermsJson from './TreasuryTerms.js'

/** The schema of a codec as a document of its own. */
export const documentOf = (title: string, { schema }: Pick<Codec<unknown>, 'schema'>): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  ...schema,
  $defs: { Curve: TermsJson.curve.schema },
})

/** The schemas of terms, commands, events and refusals, by name. */
export const schemas: Readonly<
  Record<
    'terms' | 'treasuryTerms' | 'toLot' | 'toHouse' | 'toTreasury' | 'event' | 'refusal',
    Schema
  >
> = {
  terms: documentOf('Terms', TermsJson.codec),
  treasuryTerms: documentOf('Terms of a treasury', TreasuryTermsJson.codec),
  toLot: documentOf('Command to a lot', Commands.toLot),
  toHouse: documentOf('Command to a house', Commands.toHouse),
  toTreasury: documentOf('Command to a treasury', Commands.toTreasury),
  event: documentOf('Event', Events.codec),
  refusal: documentOf('Refusal', Refusals.codec),
}
