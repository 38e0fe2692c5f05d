/**
 * dss: the recorded lines that come with the tests.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, 'dss')

/** The files, by name. */
export const files: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl.gz'))
  .sort()

/** The lines of a file. */
export const linesOf = (file: string): readonly string[] =>
  gunzipSync(readFileSync(join(folder, file)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
