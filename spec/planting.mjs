/**
 * A fault planted in a copy of a layer, or of the build: what the bites of the layers share.
 */

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const home = join(import.meta.dirname, '..')

/** Makes a fresh copy of the layer `here`, and of the build, with one text in the place of another; which has to be there, once. */
export const plantIn = (here, copy) => (file, from, to) => {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  cpSync(here, join(copy, 'spec'), { recursive: true })
  cpSync(join(home, 'dist'), join(copy, 'dist'), { recursive: true })
  const path = join(copy, file.startsWith('dist/') ? '' : 'spec', file)
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${file} has not once: ${from}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
}
