/**
 * Process: the process as a command sees it that goes on for long: its input and output, its clock, and how it is
 * asked to stop.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Engine } from '../engine/index.js'
import { stores } from './Database.js'
import { codeOf } from './Files.js'
import type { Live } from './Io.js'

const asked = new AbortController()

let isLive = false

/** What the process ends with because of its output, whatever a command says. */
export let outputStatus: 0 | 2 = 0

/** A reader that has seen enough, such as `head`, is no error; a full disk is. A live command is asked to stop. */
export const watchOutput = (): void => {
  process.stdout.on('error', (error) => {
    if (codeOf(error) !== 'EPIPE' && outputStatus === 0) {
      outputStatus = 2
      process.stderr.write(`knockdown: the output cannot be written (${codeOf(error)})\n`)
    }
    if (!isLive) process.exit(outputStatus)
    asked.abort()
  })
  // There is nowhere left to tell it.
  process.stderr.on('error', (error) => {
    process.exit(codeOf(error) === 'EPIPE' ? undefined : 2)
  })
}

const print: Live['print'] = (text) =>
  new Promise((resolve) => {
    process.stdout.write(text, (error) => {
      resolve(error == null)
    })
  })

const pause: Live['pause'] = (milliseconds) =>
  new Promise((resolve) => {
    const { signal } = asked
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })

/** All that has come of standard input, each time that there is some. */
async function* input(): AsyncGenerator<E.Either<string, Uint8Array>, void, void> {
  const { stdin } = process
  const { signal } = asked
  let wake = (): void => undefined
  let failed: unknown
  const woken = (): void => {
    wake()
  }
  stdin.on('error', (error) => {
    failed = error
    wake()
  })
  for (const event of ['readable', 'end', 'close']) stdin.on(event, woken)
  signal.addEventListener('abort', woken)
  try {
    while (!signal.aborted) {
      const chunk = stdin.read() as Uint8Array | null
      if (chunk !== null) yield E.right(chunk)
      else if (failed !== undefined) {
        yield E.left(`it cannot be read (${codeOf(failed)})`)
        return
      } else if (stdin.readableEnded || stdin.destroyed) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    // An input that is not read to its end would keep the process up.
    stdin.destroy()
  }
}

/** From here on a signal asks to stop; a second one of its kind ends the process. */
export const live = (): Live => {
  isLive = true
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      asked.abort()
    })
  return {
    stores,
    clock: Engine.systemClock,
    input,
    print,
    isTerminal: process.stdout.isTTY,
    isStopped: () => asked.signal.aborted,
    stopped: new Promise((resolve) => {
      asked.signal.addEventListener('abort', () => {
        resolve()
      })
    }),
    pause,
  }
}
