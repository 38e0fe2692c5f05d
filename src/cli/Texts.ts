/**
 * Texts: the texts of files, kept while they are read, and read again where the files are not.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Files } from './Io.js'

/** What is only read. */
export type Readable = Pick<Files, 'read' | 'dataPath'>

/** Files that keep what was read of them; what comes with the package by its name in it, not by its place on this machine. */
export const keeping = (
  io: Files,
): { readonly io: Files; readonly texts: ReadonlyMap<string, string> } => {
  const texts = new Map<string, string>()
  const names = new Map<string, string>()
  return {
    io: {
      ...io,
      dataPath: (name) => {
        const path = io.dataPath(name)
        names.set(path, name)
        return path
      },
      read: (path) => {
        const text = io.read(path)
        if (E.isRight(text)) texts.set(names.get(path) ?? path, text.right)
        return text
      },
    },
    texts,
  }
}

/** The files that texts were kept of. */
export const files = (textOf: (name: string) => string | undefined): Readable => ({
  dataPath: (name) => name,
  read: (path) => E.fromNullable('there is no such file')(textOf(path)),
})
