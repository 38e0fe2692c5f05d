/**
 * Processes of their own that use the adapter: Node runs no TypeScript, so it is compiled for them.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import ts from 'typescript'

const root = join(import.meta.dirname, '../../..')

export interface Child {
  readonly pid: number
  readonly say: (line: string) => void
  /** The next line that it says. */
  readonly hear: () => Promise<string>
  /** Ends it at once. */
  readonly kill: () => Promise<void>
}

export interface Programs {
  readonly start: (program: string) => Child
  readonly remove: () => Promise<void>
}

const childOf = (child: ChildProcess): Child => {
  const { stdin, stdout, pid } = child
  if (stdin === null || stdout === null || pid === undefined) throw new Error('it did not start')
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  return {
    pid,
    say: (line) => {
      stdin.write(`${line}\n`)
    },
    hear: async () => {
      const line: IteratorResult<string, unknown> = await lines.next()
      if (line.done === true) throw new Error('it ended')
      return line.value
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What a program may use: `hear`, the lines that it is told; and the modules of the adapter by name. */
const prelude = (modules: string): string => `
  import { createInterface } from 'node:readline'
  import * as FolderLock from '${modules}/FolderLock.js'
  const hear = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
`

export const compiled = (): Programs => {
  mkdirSync(join(root, 'build'), { recursive: true })
  const folder = mkdtempSync(join(root, 'build', 'children-'))
  for (const room of ['adapter/sql', 'core', 'codec', 'engine', 'maker']) {
    mkdirSync(join(folder, room), { recursive: true })
    for (const file of readdirSync(join(root, 'src', room))) {
      if (!file.endsWith('.ts')) continue
      const { outputText } = ts.transpileModule(
        readFileSync(join(root, 'src', room, file), 'utf8'),
        {
          compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.ESNext,
            verbatimModuleSyntax: true,
          },
        },
      )
      writeFileSync(join(folder, room, file.replace(/\.ts$/, '.js')), outputText)
    }
  }
  const children: Child[] = []
  return {
    start: (program) => {
      const adapter = join(folder, 'adapter/sql')
      const text = `${prelude(adapter)}${program.replaceAll('ADAPTER', adapter)}`
      const child = childOf(
        spawn(process.execPath, ['--input-type=module', '--eval', text], {
          cwd: root,
          stdio: ['pipe', 'pipe', 'inherit'],
        }),
      )
      children.push(child)
      return child
    },
    remove: async () => {
      await Promise.all(children.map(({ kill }) => kill()))
      rmSync(folder, { recursive: true })
    },
  }
}
