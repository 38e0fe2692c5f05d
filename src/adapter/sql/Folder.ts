/**
 * Folder: one that is made where it is not there, with those above it.
 *
 * Node makes those above as well, where it is asked to, but never ends where the system says that one is missing though
 * all are there: so it does under `/proc`, where nobody makes a folder.
 */

import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Makes a folder, for its owner only if `mode` says so. Throws what the system says where it cannot be made. */
export const make = (path: string, mode?: number): void => {
  const above = dirname(resolve(path))
  try {
    if (!existsSync(above)) make(above, mode)
    mkdirSync(path, mode)
  } catch (error) {
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error
  }
}
