/** Builds what `npm run soak` runs, from source. */

import type { UserConfig } from 'tsdown'
import { program } from '../program.js'

const config: UserConfig = {
  ...program,
  entry: { main: 'test/soak/main.ts', worker: 'test/soak/worker.ts' },
  outDir: 'build/soak',
}

export default config
