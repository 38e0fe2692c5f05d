/**
 * What is on the disk when the power goes: of every file what it held when it was last synced, under the names that its
 * folder had when that was. Whatever a store has answered must be in that.
 */

import type * as Fs from 'node:fs'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { Audit } from '../../../src/engine/index.js'
import { nothing } from '../../../src/engine/Port.js'
import { right } from './databases.js'
import { entry, noise, write } from './writes.js'

/** By inode: what a file held, or what names a folder had, when it was synced last. */
const disk = vi.hoisted(() => ({
  files: new Map<bigint, Buffer>(),
  folders: new Map<bigint, ReadonlyMap<string, bigint>>(),
}))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof Fs>()
  const fsyncSync = (file: number): void => {
    fs.fsyncSync(file)
    const { ino, ...stats } = fs.fstatSync(file, { bigint: true })
    const path = `/proc/self/fd/${file}`
    if (Number(stats.mode) & 0o040000 && !(Number(stats.mode) & 0o100000)) {
      const names = fs
        .readdirSync(path)
        .map((name) => [name, fs.statSync(join(path, name), { bigint: true }).ino] as const)
      disk.folders.set(ino, new Map(names))
    } else disk.files.set(ino, fs.readFileSync(path))
  }
  return { ...fs, default: { ...fs, fsyncSync }, fsyncSync }
})

/** Writes what is on the disk of a folder into another one. */
const restore = (inode: bigint, into: string): void => {
  mkdirSync(into, { recursive: true, mode: 0o700 })
  for (const [name, one] of disk.folders.get(inode) ?? []) {
    // The lock names this process, which is still there.
    if (name.startsWith('knockdown.lock')) continue
    const path = join(into, name)
    if (disk.folders.has(one)) restore(one, path)
    else writeFileSync(path, disk.files.get(one) ?? '', { mode: 0o600 })
  }
}

const { statSync } = await vi.importActual<typeof Fs>('node:fs')

test('PRT-3 what a folder has answered is there after the power went at any moment', async () => {
  const home = mkdtempSync(join(tmpdir(), 'knockdown-power-'))
  const folder = join(home, 'live')
  try {
    const store = await right(Sql.open({ folder, migrate: true }))
    const root = statSync(folder, { bigint: true }).ino
    // Some are as long as to go on in the next file of the log, which has 16 megabytes.
    const sizes = [1, 1, 9_000_000, 1, 9_000_000, 1]
    const all = sizes.map((size, i) => ({ ...entry('s', i + 1), data: noise(String(i), size) }))
    const cuts = new Map([1, 3, all.length].map((cut) => [`after ${cut}`, cut]))
    for (const [i, one] of all.entries()) {
      await right(store.append(write({ entries: [one] })))
      if (cuts.has(`after ${i + 1}`)) restore(root, join(home, `after ${i + 1}`))
    }
    await right(store.close)
    // At its end PostgreSQL has put its tables on the disk, and would not look for them in the log again.
    restore(root, join(home, 'closed'))
    for (const [folder, cut] of [...cuts, ['closed', all.length] as const]) {
      const after = await right(Sql.open({ folder: join(home, folder) }))
      const found = await right(after.since(undefined, 99))
      expect(found.entries).toEqual(all.slice(0, cut))
      await right(after.append({ ...nothing, entries: [entry('s', cut + 1)] }))
      expect((await right(Audit.run(after))).entries).toBe(0)
      await right(after.close)
    }
  } finally {
    rmSync(home, { recursive: true })
  }
}, 300_000)
