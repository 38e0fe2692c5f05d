/**
 * A store in a folder: what was stored is there when it is opened again, though its process was killed.
 */

import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { compiled } from './children.js'
import { left, right } from './databases.js'
import { nothing } from '../../../src/engine/Port.js'
import { entry, noise, write } from './writes.js'

test('PRT-3 a folder is opened by one process, and what that one stored is there when it was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'knockdown-folder-'))
  const programs = compiled()
  try {
    const child = programs.start(`
      const { Sql } = await import('ADAPTER/index.js')
      const { right: store } = await Sql.open({ folder: '${folder}', migrate: true })()
      const append = { ...${JSON.stringify(nothing)}, entries: [${JSON.stringify(entry('s', 1))}] }
      console.log((await store.append(append)())._tag)
    `)
    expect(await child.hear()).toBe('Right')
    expect(await left(Sql.open({ folder }))).toEqual({
      _tag: 'Unavailable',
      what: 'store',
      why: `${folder}: process ${child.pid} has it open`,
    })
    await child.kill()

    const store = await right(Sql.open({ folder }))
    await right(store.append(write({ entries: [entry('s', 2)] })))
    expect((await right(store.since(undefined, 9))).entries).toEqual([entry('s', 1), entry('s', 2)])
    await right(store.close)
    await right((await right(Sql.open({ folder }))).close)
  } finally {
    await programs.remove()
    rmSync(folder, { recursive: true })
  }
}, 120_000)

/** What of a folder and all that is in it the group or others may do anything with. */
const openToOthers = (folder: string): readonly string[] =>
  [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  ].filter((path) => (statSync(path).mode & 0o077) !== 0)

test('PRT-3 nobody but its owner may read or write a folder, or anything in it, whoever made the folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'knockdown-folder-'))
  const usual = process.umask(0)
  try {
    const made = join(home, 'made')
    mkdirSync(made)
    for (const folder of [join(home, 'new'), made]) {
      const store = await right(Sql.open({ folder, migrate: true }))
      await right(store.append(write({ entries: [entry('s', 1)] })))
      expect(openToOthers(folder)).toEqual([])
      await right(store.close)
      expect(openToOthers(folder)).toEqual([])
    }
    // As one that was made before has it.
    chmodSync(made, 0o755)
    chmodSync(join(made, 'PG_VERSION'), 0o666)
    await right((await right(Sql.open({ folder: made }))).close)
    expect(openToOthers(made)).toEqual([])
  } finally {
    process.umask(usual)
    rmSync(home, { recursive: true })
  }
}, 120_000)

test('PRT-3 where the log cannot be written all that is asked is refused until the folder is opened again, and then what was stored is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'knockdown-folder-'))
  // What the next file of the log is first called, before it has a name of its own.
  const inTheWay = join(folder, 'pg_wal', 'xlogtemp.42')
  try {
    const store = await right(Sql.open({ folder, migrate: true }))
    mkdirSync(inTheWay)
    let stored = 0
    let why: unknown
    const next = (sequence: number) => ({
      ...entry('s', sequence),
      data: noise(`${sequence}`, 1e6),
    })
    while (why === undefined && stored < 40) {
      const result = await store.append(write({ entries: [next(stored + 1)] }))()
      if (result._tag === 'Right') stored += 1
      else why = result.left
    }
    const stopped = {
      _tag: 'Unavailable',
      what: 'store',
      why: 'the embedded database has stopped, as on a full disk: open the store again',
    }
    expect(why).toEqual(stopped)
    expect(stored).toBeGreaterThan(0)
    rmdirSync(inTheWay)
    expect(await left(store.since(undefined, 1))).toEqual(stopped)
    expect(await left(store.append(write({ entries: [next(stored + 1)] })))).toEqual(stopped)
    expect(await left(store.alone(['house'], () => TE.right(undefined)))).toEqual(stopped)
    await right(store.close)

    const again = await right(Sql.open({ folder }))
    const kept = (await right(again.since(undefined, 99))).entries
    expect(kept.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: stored }, (_, index) => index + 1),
    )
    await right(again.append(write({ entries: [next(stored + 1)] })))
    await right(again.close)
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)
