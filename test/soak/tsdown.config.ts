/** Builds what `npm run soak` runs, from source. */

import type { UserConfig } from 'tsdown'

const config: UserConfig = {
  cwd: '../..',
  entry: { main: 'test/soak/main.ts', worker: 'test/soak/worker.ts' },
  outDir: 'build/soak',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  dts: false,
  logLevel: 'error',
}

export default config
