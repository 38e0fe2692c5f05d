/**
 * Own: files that are their owner's alone.
 */

import { chmodSync, statSync } from 'node:fs'

/** What the owner may do, and what the group and all others may. */
const OWNER = 0o700
const OTHERS = 0o077

/** Takes from others what they may do with a file or a folder. One that is so already may be on a disk that takes no change of it. */
export const keep = (path: string): void => {
  const { mode } = statSync(path)
  if ((mode & OTHERS) !== 0) chmodSync(path, mode & OWNER)
}
