/** Builds what `npm run lab` runs, from source. */

import type { UserConfig } from 'tsdown'

const config: UserConfig = {
  cwd: '../..',
  entry: { main: 'test/lab/main.ts' },
  outDir: 'build/lab',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  dts: false,
  logLevel: 'error',
}

export default config
