/**
 * Holds the public types to the reports in etc/api, one for each entry of the package, so that no
 * change to them goes unseen. With --write, writes the reports.
 *
 * A report is made from what `tsc` declares: the built declarations no longer show what a
 * namespace holds. What an entry takes from another it imports there from `knockdown`, so that
 * each type stands in one report.
 */

import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ConsoleMessageId, Extractor, ExtractorConfig } from '@microsoft/api-extractor'

const root = join(import.meta.dirname, '../..')
const reports = join(root, 'etc/api')
const write = process.argv.includes('--write')
const temporary = mkdtempSync(join(tmpdir(), 'knockdown-api-'))

const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const writeJson = (file, value) => {
  writeFileSync(file, JSON.stringify(value))
}

const { exports } = readJson('package.json')
const entries = Object.keys(exports)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry) => entry.slice(2))
/** Where the module of an entry is declared: that of an adapter is not in the folder of its name. */
const moduleOf = (entry) =>
  exports[entry ? `./${entry}` : '.'].import.types.replace('./dist/', '').replace('.d.mts', '.d.ts')
const reportOf = (entry) => `${entry || 'index'}.api.md`

/** Declares src/ in `folder`, and says whether it could. */
const declare = (folder) => {
  const compilerOptions = { noEmit: false, noCheck: true, emitDeclarationOnly: true }
  const config = join(temporary, 'tsconfig.json')
  writeJson(config, {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { ...compilerOptions, rootDir: join(root, 'src'), outDir: folder },
    include: [join(root, 'src')],
  })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return spawnSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' }).status === 0
}

/** Copies the package in `self` to `folder`, where a room imports others from the package. */
const detach = (self, folder) => {
  cpSync(self, folder, { recursive: true })
  const named = { name: 'knockdown', type: 'module' }
  const modules = entries.map((entry) => [entry ? `./${entry}` : '.', `./${moduleOf(entry)}`])
  writeJson(join(self, 'package.json'), { ...named, exports: Object.fromEntries(modules) })
  writeJson(join(folder, 'package.json'), named)

  for (const file of readdirSync(self, { recursive: true }))
    if (file.endsWith('.d.ts') && dirname(file) !== '.') {
      const text = readFileSync(join(self, file), 'utf8')
      const imports = text.replace(/(?<=from ')(?:\.\.\/)+(\w+)\/index\.js(?=')/g, (path, room) =>
        room === 'core' ? 'knockdown' : entries.includes(room) ? `knockdown/${room}` : path,
      )
      writeFileSync(join(folder, file), imports)
    }
}

/** Whether the report of an entry is the one committed; or writes it. */
const isReported = (folder, entry) => {
  const entryPoint = join(folder, moduleOf(entry))
  const { compilerOptions } = readJson('tsconfig.json')
  const quiet = { default: { logLevel: 'none' } }
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: entryPoint,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions, files: [entryPoint] } },
      apiReport: {
        enabled: true,
        includeForgottenExports: true,
        reportFileName: reportOf(entry),
        reportFolder: reports,
        reportTempFolder: temporary,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: quiet, tsdocMessageReporting: quiet },
    },
    packageJsonFullPath: join(folder, 'package.json'),
  })
  const { apiReportChanged, succeeded } = Extractor.invoke(config, {
    localBuild: write,
    printApiReportDiff: !write,
    messageCallback: (message) => {
      message.handled =
        message.category === 'console' && message.messageId !== ConsoleMessageId.ApiReportDiff
    },
  })
  return succeeded && !apiReportChanged
}

const compare = () => {
  const folder = join(temporary, 'types')
  const self = join(folder, 'node_modules/knockdown')
  symlinkSync(join(root, 'node_modules'), join(temporary, 'node_modules'))
  if (!declare(self)) return false
  detach(self, folder)

  mkdirSync(reports, { recursive: true })
  const changed = entries.filter((entry) => !isReported(folder, entry)).map(reportOf)
  const stale = readdirSync(reports).filter((name) => !entries.map(reportOf).includes(name))
  if (write) for (const name of stale) rmSync(join(reports, name))
  if (write || changed.length + stale.length === 0) return true
  console.error(`etc/api differs from the public types: ${[...changed, ...stale].join(', ')}.`)
  console.error("If that is meant, run 'npm run api' and commit what it writes.")
  return false
}

try {
  process.exitCode = compare() ? 0 : 1
} finally {
  rmSync(temporary, { recursive: true })
}
