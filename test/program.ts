/** How a program of the tests is built from source, to be run by itself. */

import type { UserConfig } from 'tsdown'

export const program: UserConfig = {
  cwd: '../..',
  format: 'esm',
  platform: 'node',
  target: 'es2022',
  fixedExtension: true,
  dts: false,
  logLevel: 'error',
}
