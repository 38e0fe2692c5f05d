/**
 * Sample data of spec/29-gauntlet.md.
 */

import type { Terms as AllTerms } from '../../src/core/index.js'
import { Gauntlet } from '../../src/study/index.js'

export { Gauntlet } from '../../src/study/index.js'

export const publishedSale = (): AllTerms.Dutch | AllTerms.English | undefined =>
  Gauntlet.published.collaterals[0]?.sale
