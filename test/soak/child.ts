/** Child: a worker that runs, as its parent sees it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Said, Setting, Word, Words } from './protocol.js'

/** The worker was killed, or has ended: what was asked of it is not known. */
export class Gone extends Error {}

export interface Child {
  readonly pid: number
  /** Fails as `Gone` where the worker ends before it answers, with one line where it answers that something is wrong. */
  readonly ask: <W extends Word>(word: W, about: Words[W]['in']) => Promise<Words[W]['out']>
  /** When its store is open; fails where it cannot be. */
  readonly here: Promise<void>
  /** Ends it at once. Everything that it said has been heard when this is over. */
  readonly kill: () => Promise<void>
  readonly isGone: () => boolean
  /** Lets it close its store and end. */
  readonly end: () => Promise<void>
}

interface Waiting {
  readonly resolve: (right: unknown) => void
  readonly reject: (error: Error) => void
}

/** Whoever says nothing for so long will never say anything. */
const PATIENCE = 180_000

const running = new Set<ChildProcess>()

/** No worker outlives its parent. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

const program = join(import.meta.dirname, 'worker.mjs')

export const start = (
  setting: Setting,
  handed: (keys: readonly string[]) => void = () => undefined,
): Child => {
  const child = spawn(process.execPath, [program, JSON.stringify(setting)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  running.add(child)
  let complaints = ''
  let gone = false
  let n = 0
  const waiting = new Map<number, Waiting>()
  let arrive: Waiting
  const here = new Promise<void>((resolve, reject) => {
    arrive = {
      resolve: () => {
        resolve()
      },
      reject,
    }
  })
  here.catch(() => undefined)
  child.stdin.on('error', () => undefined)
  child.stderr.on('data', (text: Buffer) => {
    complaints = `${complaints}${text.toString()}`.slice(-2000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Of one that was killed the last line may be a part of one.
    let said: Said | 'here'
    try {
      said = JSON.parse(line) as Said | 'here'
    } catch {
      return
    }
    if (said === 'here') {
      arrive.resolve(undefined)
      return
    }
    if ('handed' in said) {
      handed(said.handed)
      return
    }
    const one = waiting.get(said.n)
    waiting.delete(said.n)
    if ('left' in said) one?.reject(new Error(said.left))
    else one?.resolve(said.right)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      gone = true
      running.delete(child)
      const why = new Gone(`the worker has ended: ${complaints.trim()}`)
      arrive.reject(why)
      for (const one of waiting.values()) one.reject(why)
      waiting.clear()
      resolve()
    })
  })
  const ask: Child['ask'] = (word, about) =>
    new Promise((resolve, reject) => {
      if (gone) {
        reject(new Gone('the worker has ended'))
        return
      }
      n += 1
      const late = setTimeout(() => {
        reject(new Error(`no answer to ${word} in ${PATIENCE / 1000} seconds`))
      }, PATIENCE)
      waiting.set(n, {
        resolve: (right) => {
          clearTimeout(late)
          resolve(right as never)
        },
        reject: (error) => {
          clearTimeout(late)
          reject(error)
        },
      })
      child.stdin.write(`${JSON.stringify({ n, word, about })}\n`)
    })
  return {
    pid: child.pid ?? 0,
    ask,
    here,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    isGone: () => gone,
    end: async () => {
      if (!gone) await ask('close', {}).catch(() => undefined)
      child.stdin.end()
      await ended
    },
  }
}
