/** Builds what `npm run lab` runs, from source. */

import type { UserConfig } from 'tsdown'
import { program } from '../program.js'

const config: UserConfig = {
  ...program,
  entry: { main: 'test/lab/main.ts' },
  outDir: 'build/lab',
}

export default config
