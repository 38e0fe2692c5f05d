/**
 * Durable: a folder of PGlite that is on the disk when it says so, and that nobody else may read or write.
 *
 * PGlite runs PostgreSQL without fsync, since its file system has none. This one has: what PostgreSQL wants on the disk
 * is written there before it goes on, so that what was answered survives the machine's power, as on a server.
 *
 * Laws: PRT-3 (spec/10-ports.md); docs/stores.md says what survives what.
 */

import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PGlite as Instance } from '@electric-sql/pglite'
import * as FolderLock from './FolderLock.js'
import * as Own from './Own.js'

// What is used of Emscripten's file system, which PGlite does not declare

type Node = object

interface NodeFs {
  readonly realPath: (node: Node) => string
  readonly stream_ops: Record<string, unknown>
  readonly node_ops: { mknod: (into: Node, ...rest: unknown[]) => unknown }
}

interface Module {
  readonly FS: { readonly filesystems: { readonly NODEFS: NodeFs } }
}

/** An open file or folder. */
interface Open {
  readonly nfd: number
}

// The disk

/** Puts on the disk what a path names: a file's content, or a folder's names. */
const syncPath = (path: string): void => {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a folder and all that is in it the owner's alone, and puts it on the disk. */
const settleAll = (folder: string): void => {
  Own.keep(folder)
  for (const one of readdirSync(folder, { withFileTypes: true })) {
    // Whoever else would have the folder writes his name there, and takes it away again.
    if (FolderLock.isOwn(one.name)) continue
    const path = join(folder, one.name)
    if (one.isDirectory()) settleAll(path)
    else if (one.isFile()) {
      Own.keep(path)
      syncPath(path)
    }
  }
  syncPath(folder)
}

/**
 * Gives the file system what PostgreSQL's fsync needs. Where PostgreSQL renames a file that matters it asks for the
 * folder, too; where it makes one for a table it does not, and once its tables are on the disk it looks for none of them in
 * the log: so the name of a new file goes to the disk at once.
 */
const withSync = ({ FS }: Module): void => {
  const { node_ops, realPath, stream_ops } = FS.filesystems.NODEFS
  stream_ops['fsync'] = ({ nfd }: Open): number => {
    fsyncSync(nfd)
    return 0
  }
  const { mknod } = node_ops
  node_ops.mknod = (into, ...rest) => {
    const made = mknod(into, ...rest)
    syncPath(realPath(into))
    return made
  }
}

// Opening

/** PGlite's own settings turn fsync off, and its usual way to write the log there has no counterpart in its file system. */
const startParams = (usual: readonly string[]): string[] => [
  ...usual.filter((one) => one !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
]

/** An instance in a folder: what it has stored is on the disk. */
export const create = async (folder: string): Promise<Instance> => {
  const { PGlite } = await import('@electric-sql/pglite')
  const { NodeFS } = await import('@electric-sql/pglite/nodefs')
  class Synced extends NodeFS {
    override async init(...given: Parameters<InstanceType<typeof NodeFS>['init']>) {
      const { emscriptenOpts } = await super.init(...given)
      const preRun = [
        ...(emscriptenOpts.preRun ?? []),
        (module: unknown) => {
          withSync(module as Module)
        },
      ]
      return { emscriptenOpts: { ...emscriptenOpts, preRun } }
    }
  }
  const instance = await PGlite.create({
    fs: new Synced(folder),
    startParams: startParams(PGlite.defaultStartParams),
  })
  // A new database was written by another program, without fsync, and for everybody to write.
  settleAll(folder)
  return instance
}
