/**
 * Files: the files and folders of this machine, and those that come with the package.
 */

import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as Folder from '../adapter/sql/Folder.js'
import type { Files } from './Io.js'

/** The code that the system gives an error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown'

export const inPackage = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** What the system says of a file that cannot be read, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder',
  EACCES: 'this file may not be read',
  ENOTDIR: 'there is no such file',
}

/** The same of one that cannot be written. */
const unwritten: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EISDIR: 'this is a folder',
  EACCES: 'this folder may not be written to',
  EROFS: 'this folder may not be written to',
  ENOSPC: 'there is no room left',
  ENOTDIR: 'there is no such folder',
}

/** The same of a folder that cannot be listed. */
const unlisted: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'this is a file',
  EACCES: 'this folder may not be read',
}

/** The same of a folder that cannot be made. */
const unmade: Readonly<Record<string, string>> = {
  EEXIST: 'this is a file',
  ENOTDIR: 'a part of it is a file',
  ENOENT: 'no folder can be made there',
  EACCES: 'the folder above may not be written to',
  EROFS: 'the folder above may not be written to',
}

/** More than any file of prices, positions or terms has: a device without an end is not read for ever. */
const MOST_BYTES = 2 ** 28

/** All of a file, or nothing where it is longer than what is read. */
const bytesOf = (path: string): Buffer | undefined => {
  const file = openSync(path, 'r')
  try {
    const chunks: Buffer[] = []
    for (let length = 0; length <= MOST_BYTES; ) {
      const chunk = Buffer.alloc(2 ** 20)
      const read = readSync(file, chunk)
      if (read === 0) return Buffer.concat(chunks)
      chunks.push(chunk.subarray(0, read))
      length += read
    }
    return undefined
  } finally {
    closeSync(file)
  }
}

const read: Files['read'] = (path) =>
  pipe(
    E.tryCatch(
      () => bytesOf(path),
      (error) => reasons[codeOf(error)] ?? `it cannot be read (${codeOf(error)})`,
    ),
    E.chain((bytes) =>
      bytes === undefined
        ? E.left(`it is longer than ${MOST_BYTES} bytes`)
        : E.right(bytes.toString('utf8')),
    ),
  )

/** What a path stands for, links followed, and whether that is a file or nothing yet: a device must stay what it is. */
const targetOf = (path: string): readonly [string, boolean] => {
  if (!existsSync(path)) return [path, true]
  const real = realpathSync(path)
  return [real, statSync(real).isFile()]
}

/** Under another name first, so that nobody ever reads a part of it; and nothing is left of it where it fails. */
const part = (real: string): string => `${real}.${process.pid}.part`

const written = (real: string, put: () => void): E.Either<string, undefined> => {
  try {
    put()
    return E.right(undefined)
  } catch (error) {
    rmSync(part(real), { force: true })
    return E.left(unwritten[codeOf(error)] ?? `it cannot be written (${codeOf(error)})`)
  }
}

const write: Files['write'] = (path, text) => {
  const [real, isPlain] = targetOf(path)
  return written(real, () => {
    writeFileSync(isPlain ? part(real) : real, text)
    if (isPlain) renameSync(part(real), real)
  })
}

/** What the system says of rights is not all: whether a file can be written is known once one was beside it. */
const tryOut: Files['tryOut'] = (path) => {
  const [real, isPlain] = targetOf(path)
  return written(real, () => {
    if (!isPlain) return
    writeFileSync(part(real), '')
    rmSync(part(real))
  })
}

const list: Files['list'] = (folder) =>
  E.tryCatch(
    () => readdirSync(folder),
    (error) => unlisted[codeOf(error)] ?? `it cannot be read (${codeOf(error)})`,
  )

const makeFolder: Files['makeFolder'] = (path) =>
  E.tryCatch(
    () => {
      Folder.make(path)
      return undefined
    },
    (error) => unmade[codeOf(error)] ?? `it cannot be made (${codeOf(error)})`,
  )

export const files: Files = {
  read,
  write,
  tryOut,
  list,
  makeFolder,
  dataPath: (name) => inPackage(`data/${name}`),
}
