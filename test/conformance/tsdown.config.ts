/** Builds what `npm run conformance` runs, from source. */

import type { UserConfig } from 'tsdown'
import { program } from '../program.js'

const config: UserConfig = {
  ...program,
  entry: { main: 'test/conformance/main.ts' },
  outDir: 'build/conformance',
}

export default config
