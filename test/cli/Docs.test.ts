/**
 * The commands of docs/stores.md, run one after the other in an empty folder, on a store in a folder, print what it says.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stores as real } from '../../src/cli/Database.js'
import type { Io, Stores } from '../../src/cli/Io.js'
import type { Port } from '../../src/engine/index.js'
import { root } from '../spec.js'
import { session } from './live.js'

let folder = ''
let opened: Port.EventStore | undefined

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knockdown-walk-'))
})

afterAll(async () => {
  await opened?.close()
  rmSync(folder, { recursive: true })
})

const fileOf = (name: string): string => join(folder, name)

/** The databases of the folder. One stays open from a command to the next: to open it takes a second. */
const stores: Stores = {
  migrate: real.migrate,
  work: real.work,
  open: (database, create) => async () => {
    if (opened === undefined) {
      const store = await real.open(fileOf(database), create)()
      if (E.isLeft(store)) return store
      opened = store.right
    }
    return E.right({ ...opened, close: TE.right(undefined) })
  },
}

const files: Partial<Io> = {
  list: (name) => E.right(readdirSync(fileOf(name))),
  read: (name) =>
    existsSync(fileOf(name)) ? E.right(readFileSync(fileOf(name), 'utf8')) : E.left('it is none'),
  write: (name, text) => {
    writeFileSync(fileOf(name), text)
    return E.right(undefined)
  },
}

/** What stands in a page between fences: what is run, or what was printed. */
interface Block {
  readonly language: string
  readonly text: string
}

const page = readFileSync(join(root, 'docs/stores.md'), 'utf8')

const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(
  ([, language = '', text = '']) => ({ language, text }),
)

/** A server is not there for every test: its commands are for the reader. */
const isOfServer = (text: string): boolean => /postgres:|\$DATABASE/.test(text)

/** The commands of a block, each with the text that comes after it, up to the end that it names. */
const commandsOf = (text: string): readonly string[] =>
  text.match(/^.*<<'END'\n[^]*?^END$|^[^\n#]+/gm) ?? []

/** Carries out a program with words: what it is given is what another one prints, or a file. */
const program = async (words: string, input: string): Promise<string> => {
  const [name, ...argv] = words.trim().split(' ')
  expect(name).toBe('knockdown')
  let isStopped = false
  const { err, out, status } = await session(argv, {
    stores,
    io: files,
    input,
    live: {
      isStopped: () => isStopped,
      // Whoever reads on has seen it all: this is when a reader of the page would stop it.
      pause: () => {
        isStopped = true
        return Promise.resolve()
      },
    },
  })
  expect([status, err], words).toEqual([0, ''])
  return out
}

/** What a shell prints of a command: no variables, and of quotes and pipes only what the page has. */
const shell = async (command: string): Promise<string> => {
  const [, made] = /^mkdir (\w+)$/.exec(command) ?? []
  if (made !== undefined) {
    mkdirSync(fileOf(made))
    return ''
  }
  const [, target, document] = /^cat > (\S+) <<'END'\n([^]*)END$/.exec(command) ?? []
  if (target !== undefined && document !== undefined) {
    writeFileSync(fileOf(target), document)
    return ''
  }
  const [, said, called = ''] =
    /^(?:echo '([^']*)' \| )?(.*)$/.exec(command.split(' #')[0] ?? '') ?? []
  const [words = '', to] = called.trim().split(' > ')
  const [line = '', from] = words.split(' < ')
  const input =
    from === undefined || from === '/dev/null'
      ? said === undefined
        ? ''
        : `${said}\n`
      : readFileSync(fileOf(from), 'utf8')
  const out = await program(line, input)
  if (to === undefined) return out
  writeFileSync(fileOf(to), out)
  return ''
}

/** How many commands and outputs the page has: none of them is passed over. */
const COMMANDS = 14
const OUTPUTS = 6

test('the commands of docs/stores.md work as they are printed, and print what it says', async () => {
  let printed = ''
  let compared = 0
  let ran = 0
  for (const { language, text } of blocks)
    if (language === 'sh' && !isOfServer(text)) {
      printed = ''
      for (const command of commandsOf(text)) {
        printed += await shell(command)
        ran += 1
      }
    } else if (language === 'jsonl' || language === 'text') {
      // Of all that a follower prints the page has some.
      if (printed.includes('"cursor"'))
        expect(printed.split('\n')).toEqual(expect.arrayContaining(text.split('\n')))
      else expect(printed).toBe(text)
      compared += 1
    }
  expect([ran, compared]).toEqual([COMMANDS, OUTPUTS])
}, 120_000)
