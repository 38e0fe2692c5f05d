/**
 * Text: any string of JavaScript as text that PostgreSQL holds, and back.
 *
 * PostgreSQL has no NUL and no half of a surrogate pair, and a driver may take a byte order mark that begins a text
 * for no part of it. These, and the mark itself, are written as a mark and four hexadecimal digits, so that no two
 * strings become one. The mark is a control character: JSON never has it as it is, so that stored JSON stays JSON,
 * which a query may look into.
 */

const MARK = '\u0010'

/** With `u`, a surrogate is met only where it is half of nothing. */
const unstorable = /^\ufeff|[\0\u0010\p{Cs}]/gu
const marked = /\u0010([0-9a-f]{4})/g

/** @example Text.stored('a\0') // 'a\u00100000' */
export const stored = (text: string): string =>
  text.search(unstorable) < 0
    ? text
    : text.replace(
        unstorable,
        (unit) => `${MARK}${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )

/** The string that was stored. */
export const restored = (text: string): string =>
  text.includes(MARK)
    ? text.replace(marked, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    : text
