/**
 * Account: the names that accounts and assets have in a store: `Money`, `Lot MAIN/1`, `Collateral ETH`.
 *
 * Laws: PRT-12 (spec/10-ports.md).
 */

import type { Ledger } from '../core/index.js'

/** What roundings of payments come to. */
export const rounding = 'Rounding'

/** The name of an account or an asset: its kind and, where there are several of it, which one. */
export const nameOf = (one: Ledger.Account | Ledger.Asset): string =>
  'of' in one ? `${one._tag} ${one.of}` : one._tag

/** The kind that a name begins with. */
export const kindOf = (name: string): string => name.split(' ', 1)[0] ?? ''
