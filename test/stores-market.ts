/**
 * Market: what the example of docs/stores.md asks of a store: requests, plain data, and a sender of payments.
 */

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Port, Request } from '../src/engine/index.js'
import { founding as first, opening, taking } from './engine/world.js'

export const folder: string = join(mkdtempSync(join(tmpdir(), 'knockdown-docs-')), 'auctions')

export const founding: readonly Request.Request[] = first

/** Seize the position p1; buy 1.5 ETH of its lot. */
export const open: Request.Request = { id: 'open 1', ask: opening }
export const take: Request.Request = { id: 'ben 1', ask: taking('1.5') }

/** Pretends that it moved the tokens. */
export const send: Port.Payments['send'] = (payments) => TE.right(payments.map(({ key }) => key))
