/** Cluster: a PostgreSQL server to throw away, whose processes may be killed. */

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Client } from 'pg'
import { patiently } from './ledger.js'

export interface Cluster {
  readonly url: (database?: string) => string
  readonly query: (
    statement: string,
    database?: string,
  ) => Promise<readonly Record<string, unknown>[]>
  /** Runs a program of PostgreSQL's on a database, and answers what it says. */
  readonly run: (program: string, words: readonly string[], input?: string) => string
  readonly start: () => Promise<void>
  readonly stop: (mode: 'fast' | 'immediate') => void
  readonly restart: (mode: 'fast' | 'immediate') => void
  /** The postmaster, by its own word. */
  readonly pid: () => number
  readonly isUp: () => Promise<boolean>
  readonly remove: () => void
}

const versions = '/usr/lib/postgresql'
const newest = existsSync(versions)
  ? readdirSync(versions)
      .filter((version) => existsSync(join(versions, version, 'bin/initdb')))
      .sort((a, b) => Number(a) - Number(b))
      .at(-1)
  : undefined

export const isInstalled: boolean = newest !== undefined

/** The server refuses to run as root. */
const user = ((): { readonly uid: number; readonly gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number =>
    Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
  return { uid: id('-u'), gid: id('-g') }
})()

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })

const running = new Set<() => void>()
process.on('exit', () => {
  for (const remove of running) remove()
})

/** A new cluster in a folder of its own, or in one that is given, which may be a small disk. */
export const make = async (options: readonly string[] = [], disk?: string): Promise<Cluster> => {
  const home = mkdtempSync(join(tmpdir(), 'knockdown-soak-'))
  const folder = disk ?? home
  const password = randomBytes(12).toString('hex')
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(join(home, 'password'), password)
  if (user !== undefined)
    for (const path of [home, data, join(home, 'password')]) chownSync(path, user.uid, user.gid)
  const port = await freePort()

  const run: Cluster['run'] = (program, words, input) => {
    const { error, status, stderr, stdout } = spawnSync(
      join(versions, newest ?? '', 'bin', program),
      [...words],
      {
        cwd: home,
        encoding: 'utf8',
        env: { ...process.env, HOME: home, PGPASSWORD: password, LC_ALL: 'C' },
        maxBuffer: 1 << 30,
        ...(user === undefined ? {} : user),
        ...(input === undefined ? {} : { input }),
      },
    )
    if (error !== undefined) throw error
    if (status !== 0) throw new Error(`${program}: ${stderr.trim()}`)
    return stdout
  }
  const control = (...words: readonly string[]): void => {
    run('pg_ctl', ['--pgdata', data, '--log', join(home, 'log'), '--wait', '--silent', ...words])
  }
  const settings = ['-p', `${port}`, '-h', '127.0.0.1', '-k', home, ...options].join(' ')

  const url: Cluster['url'] = (database = 'postgres') =>
    `postgres://tester:${password}@127.0.0.1:${port}/${database}`
  const query: Cluster['query'] = async (statement, database) => {
    const client = new Client({ connectionString: url(database), connectionTimeoutMillis: 5000 })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const cluster: Cluster = {
    url,
    query,
    run,
    // Processes of a server that was killed may still be there for a moment.
    start: () =>
      patiently(() => {
        control('start', '--options', settings)
        return Promise.resolve()
      }),
    stop: (mode) => {
      control('stop', '--mode', mode)
    },
    restart: (mode) => {
      control('restart', '--mode', mode, '--options', settings)
    },
    pid: () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]),
    isUp: () =>
      query('select 1').then(
        () => true,
        () => false,
      ),
    remove: () => {
      running.delete(cluster.remove)
      try {
        control('stop', '--mode', 'immediate')
      } catch {
        // It does not run.
      }
      rmSync(data, { recursive: true, force: true })
      rmSync(home, { recursive: true, force: true })
    },
  }
  running.add(cluster.remove)
  run('initdb', [
    ...['--pgdata', data, '--username', 'tester', '--pwfile', join(home, 'password')],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    '--no-instructions',
  ])
  await cluster.start()
  return cluster
}
