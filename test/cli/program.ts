/**
 * Program: the command line as it is built, in a folder of its own, for tests that drive it as other programs do.
 */

import { join } from 'node:path'
import { build } from 'tsdown'
import configs from '../../tsdown.config.js'
import { root } from '../spec.js'

/** Builds it, and answers where it is. */
export const program = async (folder: string): Promise<string> => {
  const [, cli] = configs
  if (cli === undefined) throw new Error('the command line is not built')
  await build({
    ...cli,
    entry: { [`${folder}/main`]: 'src/cli/main.ts', [`${folder}/worker`]: 'src/cli/worker.ts' },
    outputOptions: { chunkFileNames: `${folder}/[name].mjs` },
    config: false,
    outDir: join(root, 'build'),
    clean: false,
    logLevel: 'silent',
  })
  return join(root, 'build', folder, 'main.mjs')
}
