/**
 * The build: the library file by file, as ES modules and as CommonJS; the command line with
 * all that is not a dependency of the package inside it.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TsdownPlugin, UserConfig } from 'tsdown'

/** Copies the licenses of what is bundled, as they ask for. */
const licenses: TsdownPlugin = {
  name: 'licenses',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((file) =>
      'moduleIds' in file ? file.moduleIds : [],
    )
    const packages = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? [])
    const texts = [...new Set(packages)].sort().map((folder) => {
      const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
      if (file === undefined) return this.error(`${folder} has no license to copy`)
      const name = folder.replace(/.*node_modules\//, '')
      return `${name}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
    })
    this.emitFile({ type: 'asset', fileName: 'cli/LICENSES.txt', source: texts.join('\n---\n\n') })
  },
}

const shared: UserConfig = { target: 'es2022', fixedExtension: true }

const library: UserConfig = {
  ...shared,
  entry: [
    'src/index.ts',
    'src/{codec,engine,maker,market,study,testing,tuning,watch}/index.ts',
    'src/adapter/*/index.ts',
  ],
  format: ['esm', 'cjs'],
  platform: 'neutral',
  // Of an adapter.
  deps: { neverBundle: [/^node:/] },
  unbundle: true,
  dts: true,
}

const cli: UserConfig = {
  ...shared,
  entry: { 'cli/main': 'src/cli/main.ts', 'cli/worker': 'src/cli/worker.ts' },
  format: 'esm',
  platform: 'node',
  dts: false,
  // What only some commands need is loaded when one does.
  outputOptions: { chunkFileNames: 'cli/[name].mjs' },
  plugins: [licenses],
}

const configs: UserConfig[] = [library, cli]

export default configs
