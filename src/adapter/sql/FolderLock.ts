/**
 * FolderLock: one process at a time in a folder.
 *
 * The lock is a chain of files, each naming a process: `knockdown.lock`, then, for each one in it, the file of who
 * came after it, which is named for it. Its last one holds the lock. Who finds the last one gone comes after it, by
 * a link that only one can make: so of many that start at once one holds the lock, though any of them may be killed
 * at any instant. The holder then puts itself at the head, which makes the chain short again.
 */

import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import * as Folder from './Folder.js'

interface Holder {
  readonly token: string
  readonly pid: number
  /** When the process began, since a number of a process is used again: nothing where the system does not say. */
  readonly began: string
  readonly host: string
  /** Among which processes its number counts: containers of one host have each their own. */
  readonly space: string
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The start of a process since the system's, which has a name of its own. Its name may have spaces and brackets. */
const beginningOf = (pid: number): string => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return `${boot} ${fields[19] ?? ''}`
  } catch {
    return ''
  }
}

/** Nothing where the system has no such thing. */
const spaceOf = (): string => {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

const isRunning = ({ pid, began }: Holder): boolean => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process may not be signalled.
    if (codeOf(error) === 'ESRCH') return false
  }
  const now = beginningOf(pid)
  return began === '' || now === '' || now === began
}

/** What holds it, and why nobody else may; nothing, where it is gone. */
const held = (holder: Holder, path: string): string | undefined => {
  const { host, pid, space } = holder
  const far = `has it open; if that is gone, remove ${path}`
  if (host !== hostname()) return `process ${pid} on ${host} ${far}`
  if (space !== spaceOf()) return `process ${pid} in another container of ${host} ${far}`
  return isRunning(holder) ? `process ${pid} has it open` : undefined
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && 'token' in value && 'pid' in value

/** Who a file names. One that a crash of the system left may name nobody: who had the folder then is not known. */
const read = (text: string, path: string): Holder => {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    found = undefined
  }
  if (isHolder(found)) return found
  throw new Error(`${path} names no process; if none has the folder open, remove it`)
}

interface Chain {
  readonly paths: readonly string[]
  readonly last: Holder | undefined
  /** Where the next one comes. */
  readonly next: string
}

const walk = (head: string): Chain => {
  const paths: string[] = []
  const first = textOf(head)
  let last: Holder | undefined
  let next = head
  for (let text = first; text !== undefined; text = textOf(next)) {
    paths.push(next)
    last = read(text, next)
    next = `${head}.${last.token}`
  }
  // Who came has taken the head meanwhile: what stands where he came from is no part of the chain any more.
  return textOf(head) === first ? { paths, last, next } : walk(head)
}

/** Whether this one, and no other, came next. */
const comes = (mine: string, next: string): boolean => {
  try {
    linkSync(mine, next)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const NAME = 'knockdown.lock'

/** Whether a file of a folder is one of its lock's. */
export const isOwn = (name: string): boolean => name.startsWith(NAME)

/** Takes the lock of a folder, which is made if need be, and answers how to let go of it. Throws where another has it. */
export const take = (folder: string): (() => void) => {
  Folder.make(folder, 0o700)
  const head = join(folder, NAME)
  const token = randomUUID()
  const holder: Holder = {
    token,
    pid: process.pid,
    began: beginningOf(process.pid),
    host: hostname(),
    space: spaceOf(),
  }
  const mine = `${head}.new.${token}`
  writeFileSync(mine, JSON.stringify(holder), { flush: true, mode: 0o600 })
  try {
    for (;;) {
      const { last, next } = walk(head)
      const why = last === undefined ? undefined : held(last, head)
      if (why !== undefined) throw new Error(`${folder}: ${why}`)
      if (!comes(mine, next)) continue
      // The chain may have been shortened between the walk and the link: then this one came after nobody.
      const now = walk(head)
      if (now.last?.token === token) {
        renameSync(mine, head)
        for (const path of now.paths) if (path !== head) rmSync(path, { force: true })
        return () => {
          rmSync(head, { force: true })
        }
      }
      rmSync(next, { force: true })
    }
  } finally {
    rmSync(mine, { force: true })
  }
}
