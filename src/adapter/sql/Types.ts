/**
 * Types: how values come from PostgreSQL, whatever the host has told a driver: as text, but for truth and small
 * numbers.
 */

type Parser = (text: string) => unknown

const asText: Parser = (text) => text
const asNumber: Parser = (text) => Number(text)

/** By the number of the type: bool, int2, int4. */
const others: Readonly<Record<number, Parser>> = {
  16: (text) => text === 't',
  21: asNumber,
  23: asNumber,
}

export const parser = (type: number): Parser => others[type] ?? asText

/** Of every type that the store reads: bool, int8, int2, int4, text, json, timestamptz, numeric. */
export const parsers: Readonly<Record<number, Parser>> = Object.fromEntries(
  [16, 20, 21, 23, 25, 114, 1184, 1700].map((type) => [type, parser(type)]),
)
