/** Builds what `npm run vectors` runs, from source. */

import type { UserConfig } from 'tsdown'

const config: UserConfig = {
  cwd: '../..',
  entry: { vectors: 'test/vectors/main.ts' },
  outDir: 'build',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  dts: false,
  logLevel: 'error',
}

export default config
