/** Builds what `npm run vectors` runs, from source. */

import type { UserConfig } from 'tsdown'
import { program } from '../program.js'

const config: UserConfig = {
  ...program,
  entry: { vectors: 'test/vectors/main.ts' },
  outDir: 'build',
}

export default config
