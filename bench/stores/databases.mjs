/**
 * Databases to measure on: a fresh copy of a founded one, for the engine and for a bare driver, and what
 * statements the engine has run on its own.
 */

import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { create } from '../../dist/adapter/sql/Durable.mjs'
import { Sql } from '../../dist/adapter/sql/index.mjs'

const right = async (task) => {
  const result = await task()
  if (result._tag === 'Left') throw new Error(JSON.stringify(result.left))
  return result.right
}

/** All that is asked of pg, while something records it. */
let recording
const { query } = pg.Client.prototype
pg.Client.prototype.query = function (config, ...rest) {
  if (recording !== undefined) recording.push(config)
  return query.call(this, config, ...rest)
}

/** Runs something and answers the statements that it had run. */
const recordedOnServer = async (run) => {
  recording = []
  try {
    await run()
    return recording
  } finally {
    recording = undefined
  }
}

/** Databases of a server, each founded as `prepare` does it. */
export const server = async (address, prepare) => {
  const admin = new pg.Client(address)
  await admin.connect()
  const named = (name) => {
    const url = new URL(address)
    url.pathname = name
    return url.href
  }
  const names = []
  const make = async (template) => {
    const name = `bench_${randomUUID().replaceAll('-', '')}`
    await admin.query(`create database ${name} template ${template}`)
    names.push(name)
    return name
  }
  const base = await make('template0')
  await right(Sql.migrate({ url: named(base) }))
  const store = await right(Sql.open({ url: named(base) }))
  await prepare(store)
  await right(store.close)
  return {
    name: 'PostgreSQL',
    url: async () => named(await make(base)),
    open: async () => {
      const store = await right(Sql.open({ url: named(await make(base)), connections: 1 }))
      return { store, recorded: recordedOnServer, close: () => right(store.close) }
    },
    bare: async () => {
      const client = new pg.Client({ connectionString: named(await make(base)) })
      await client.connect()
      return { run: (statement) => client.query(statement), close: () => client.end() }
    },
    remove: async () => {
      for (const name of names) await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

/** Folders of PGlite, each founded as `prepare` does it. */
export const folders = async (prepare) => {
  const home = mkdtempSync(join(tmpdir(), 'knockdown-bench-'))
  const base = join(home, 'base')
  const store = await right(Sql.open({ folder: base, migrate: true }))
  await prepare(store)
  await right(store.close)
  let count = 0
  const copy = async () => {
    const folder = join(home, String((count += 1)))
    cpSync(base, folder, { recursive: true })
    return create(folder)
  }
  return {
    name: 'PGlite',
    open: async () => {
      const instance = await copy()
      let statements
      const embedded = {
        query: (text, values, options) => {
          statements?.push([text, values, options])
          return instance.query(text, values, options)
        },
      }
      const store = await right(Sql.open({ pglite: embedded }))
      const recorded = async (run) => {
        statements = []
        await run()
        return statements
      }
      return {
        store,
        recorded,
        close: async () => {
          await right(store.close)
          await instance.close()
        },
      }
    },
    bare: async () => {
      const instance = await copy()
      return { run: (statement) => instance.query(...statement), close: () => instance.close() }
    },
    remove: () => {
      rmSync(home, { recursive: true })
      return Promise.resolve()
    },
  }
}
