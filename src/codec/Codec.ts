/**
 * Codec: an io-ts codec that knows the JSON Schema of what it reads.
 *
 * Laws: DEC-26 (spec/02-decimal.md).
 */

import * as t from 'io-ts'
import type { Rule } from './Csv.js'

/** A JSON Schema (draft 2020-12) of what a codec reads. */
export type Schema = Readonly<Record<string, unknown>>

/** A codec that knows the schema of what it reads (DEC-26). */
export class Codec<A> extends t.Type<A, unknown> {
  readonly schema: Schema
  constructor(
    name: string,
    schema: Schema,
    is: t.Is<A>,
    validate: t.Validate<unknown, A>,
    encode: t.Encode<A, unknown>,
  ) {
    super(name, is, validate, encode)
    this.schema = schema
  }
}

/** The refusal of what is not as a rule wants it. */
export const fail = <A>(
  input: unknown,
  context: t.Context,
  rule: Rule,
  wanted: string,
): t.Validation<A> => t.failure(input, context, `${rule} ${wanted}`)

/** Whether a value is an object with fields, and no list. */
export const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
