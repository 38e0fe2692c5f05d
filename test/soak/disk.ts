/** Disk: a small one, that can be full. */

import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

export interface Disk {
  readonly path: string
  /** Fills it but for so many bytes. */
  readonly fill: (left: number) => void
  readonly free: () => void
  readonly remove: () => void
}

const running = new Set<() => void>()
process.on('exit', () => {
  for (const remove of running) remove()
})

const mount = (size: string, path: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]).status === 0

/** Nothing where this process may not mount one. */
export const make = (size: string): Disk | undefined => {
  const path = mkdtempSync(join(tmpdir(), 'knockdown-disk-'))
  if (!mount(size, path)) {
    rmSync(path, { recursive: true })
    return undefined
  }
  const filler = join(path, 'filler')
  const remove = (): void => {
    running.delete(remove)
    spawnSync('umount', ['--lazy', path])
    rmSync(path, { recursive: true, force: true })
  }
  running.add(remove)
  return {
    path,
    fill: (left) => {
      const file = openSync(filler, 'w')
      const block = Buffer.alloc(1 << 16)
      let written = 0
      try {
        for (;;) written += writeSync(file, block)
      } catch {
        // It is full.
      }
      ftruncateSync(file, Math.max(0, written - left))
      closeSync(file)
    },
    free: () => {
      rmSync(filler, { force: true })
    },
    remove,
  }
}

export const isPossible = (): boolean => {
  const disk = make('1m')
  disk?.remove()
  return disk !== undefined
}
