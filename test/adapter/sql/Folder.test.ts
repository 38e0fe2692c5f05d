/**
 * A store in a folder: what was stored is there when it is opened again, though its process was killed.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { compiled } from './children.js'
import { left, right } from './databases.js'
import { nothing } from '../../../src/engine/Port.js'
import { entry, write } from './writes.js'

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
