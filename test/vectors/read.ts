/**
 * read: fields of a recorded line, each of the kind that it must be: else the line cannot be read.
 */

/** A line that cannot be read, and which field is to blame. */
export class Unreadable extends Error {}

export type Json = Readonly<Record<string, unknown>>

const wrong = (path: string, wanted: string, found: unknown): never => {
  const text = found === undefined ? 'nothing' : JSON.stringify(found)
  throw new Unreadable(`${path} should be ${wanted}, not ${text.slice(0, 60)}`)
}

const isObject = (x: unknown): x is Json => typeof x === 'object' && x !== null && !Array.isArray(x)

/** A record. */
export const object = (x: unknown, path: string): Json =>
  isObject(x) ? x : wrong(path, 'a record', x)

/** A field that is a record. */
export const record = (of: Json, name: string, path = ''): Json =>
  object(of[name], `${path}${name}`)

/** A field that is a text. */
export const text = (of: Json, name: string): string => {
  const found = of[name]
  return typeof found === 'string' ? found : wrong(name, 'a text', found)
}

/** A field that is true or false. */
export const flag = (of: Json, name: string): boolean => {
  const found = of[name]
  return typeof found === 'boolean' ? found : wrong(name, 'true or false', found)
}

/** A field that is a list. */
export const list = (of: Json, name: string): readonly unknown[] => {
  const found = of[name]
  return Array.isArray(found) ? found : wrong(name, 'a list', found)
}

const isWord = (x: unknown): x is string =>
  typeof x === 'string' &&
  /^-?\d{1,78}$/.test(x) &&
  BigInt(x) < 2n ** 256n &&
  BigInt(x) > -(2n ** 255n)

/** A field that is a word in digits. */
export const word = (of: Json, name: string): bigint => {
  const found = of[name]
  return isWord(found) ? BigInt(found) : wrong(name, 'a whole number of 256 bits in digits', found)
}

/** A field that is bytes, as 0x and two digits each. */
export const bytes = (of: Json, name: string): string => {
  const found = of[name]
  return typeof found === 'string' && /^0x([\da-f]{2})*$/i.test(found)
    ? found
    : wrong(name, 'bytes such as 0x00', found)
}

/** A field that is an instant. */
export const time = (of: Json, name: string): number => {
  const found = of[name]
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0
    ? found
    : wrong(name, 'a whole second', found)
}

/** A record of words. */
export const words = (of: Json, name: string): Record<string, bigint> => {
  const found = record(of, name)
  return Object.fromEntries(Object.keys(found).map((key) => [key, word(found, key)]))
}

/** A record of flags. */
export const flags = (of: Json, name: string): Record<string, boolean> => {
  const found = record(of, name)
  return Object.fromEntries(Object.keys(found).map((key) => [key, flag(found, key)]))
}

/** A record of just these words. */
export const wordsOf = (
  of: Json,
  name: string,
  names: readonly string[],
): Record<string, bigint> => {
  const found = words(of, name)
  const other = Object.keys(found).find((key) => !names.includes(key))
  if (other !== undefined) wrong(`${name}.${other}`, 'absent', found[other]?.toString())
  return Object.fromEntries(names.map((key) => [key, word(record(of, name), key)]))
}
