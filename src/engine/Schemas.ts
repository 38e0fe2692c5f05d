/**
 * Schemas: JSON Schemas (draft 2020-12) of what an engine reads and writes, besides those of knockdown/codec.
 *
 * Laws: DEC-26 (spec/02-decimal.md).
 */

import { Schemas, type Shape } from '../codec/index.js'
import * as Denied from './Denied.js'
import * as Line from './Line.js'
import * as Payable from './Payable.js'
import * as Record from './Record.js'
import * as Request from './Request.js'

const { documentOf } = Schemas

/** The schemas of requests, of what answers a line, of records, payments and all refusals, by name. */
export const schemas: {
  readonly [name in 'request' | 'answer' | 'record' | 'payment' | 'refusal']: Shape.Schema
} = {
  request: documentOf('Request', Request.codec),
  answer: documentOf('Answer', Line.codec),
  record: documentOf('Record', Record.codec),
  payment: documentOf('Payment', Payable.codec),
  refusal: documentOf('Refusal, by the core or an engine', Denied.codec),
}
