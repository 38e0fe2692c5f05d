/**
 * Packs the package and installs it in a fresh project, where it brings its three dependencies and
 * no more. There one program is type-checked and run twice, as an ES module and as CommonJS; the
 * command line is run; and Vitest runs a test that uses `knockdown/testing`.
 */

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const { exports, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The entries that need no peer, as `knockdown` or `knockdown/codec`. */
const entries = Object.keys(exports)
  .filter((entry) => !['./otel', './sql', './testing', './package.json'].includes(entry))
  .map((entry) => entry.replace('.', 'knockdown'))

const program = `
import { Fixed } from 'knockdown'
import { Decimal } from 'knockdown/codec'
${entries.map((entry, index) => `import * as entry${index} from '${entry}'`).join('\n')}

const price: Fixed.Ray = Fixed.ray(1500n * Fixed.RAY)
const half: string = Decimal.formatRay(Fixed.ray(Fixed.mulDiv(price, 1n, 2n, 'floor')))
if (half !== '750') throw new Error(half)

// @ts-expect-error: a Wad is not a Ray
Decimal.formatRay(Fixed.WAD)

const members = (entry: object): object =>
  Object.entries(entry)
    .filter(([name]) => name !== 'default')
    .map(([name, value]) => [name, Object.keys(value as object).sort()])
console.log(JSON.stringify([${entries.map((_, index) => `members(entry${index})`).join(', ')}]))
`

const stores = `
import { Sql } from 'knockdown/sql'

const open = async (where: Sql.Where): Promise<string> => {
  const store = await Sql.open(where)()
  return store._tag === 'Left' && store.left._tag === 'Unavailable' ? store.left.why : store._tag
}

void open({ url: 'postgres://localhost/auctions' })
  .then(console.log)
  .then(() => open({ folder: 'auctions' }))
  .then(console.log)
`

const telemetry = `
import { Engine } from 'knockdown/engine'
import { Memory } from 'knockdown/memory'
import { Otel } from 'knockdown/otel'

const store = Otel.store(Memory.make())
const engine = Otel.engine(Engine.make({ store, clock: Engine.systemClock }))
const stop = Otel.watch(store, Engine.systemClock)
void engine
  .execute(new Set())([{ id: 'a', ask: { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel' } } }])()
  .then(([answer]) => console.log(answer?._tag))
  .then(stop)
`

const contract = `
import * as testing from 'knockdown/testing'
import { expect, test } from 'vitest'

test('knockdown/testing loads in Vitest', () => {
  expect(Object.keys(testing)).not.toEqual([])
})
`

const project = mkdtempSync(join(tmpdir(), 'knockdown-'))
const modules = join(project, 'node_modules')

const run = (command, ...args) =>
  execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const write = (name, text) => {
  writeFileSync(join(project, name), text)
}

/** Type-checks and compiles, the types of the package and of its dependencies included. */
const compile = (...args) => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const flags = ['--strict', '--target', 'es2022', '--module', 'nodenext']
  const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, ...args], {
    cwd: project,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout)
}

const install = () => {
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', project]
  const tarball = execFileSync('npm', pack, { cwd: root, encoding: 'utf8' }).trim()
  write('package.json', '{ "type": "module" }')
  run('npm', 'install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`)
  const installed = readdirSync(modules).filter((name) => !name.startsWith('.'))
  assert.deepEqual(installed.sort(), ['bignumber.js', 'fp-ts', 'io-ts', 'knockdown', 'tinypool'])
}

const useLibrary = () => {
  write('consumer.ts', program)
  write('consumer.cts', program)
  compile('consumer.ts', 'consumer.cts')
  const asModule = run(process.execPath, 'consumer.js')
  assert.equal(run(process.execPath, 'consumer.cjs'), asModule, 'both formats export the same')
}

const useCommandLine = () => {
  const knockdown = (...args) =>
    spawnSync('npx', ['--no', '--', 'knockdown', ...args], { cwd: project, encoding: 'utf8' })
  const help = knockdown('--help')
  assert.equal(help.status, 0, help.stderr)
  assert.match(help.stdout, /^Usage: knockdown/)
  const unknown = knockdown('no-such-command')
  assert.equal(unknown.status, 2)
  assert.doesNotMatch(unknown.stderr, /^ {4}at /m)
  const logged = (file) =>
    knockdown(
      ...['simulate', '--positions', '20', '--auction', 'dutch', '--terms', 'maker-clipper'],
      ...['--log', file],
    )
  assert.equal(logged('day.jsonl').status, 0)
  assert.equal(knockdown('replay', 'day.jsonl').status, 0)
  const before = readdirSync(project)
  const drawn = knockdown('simulate', '--report', 'day.html', '--svg', 'pictures')
  assert.equal(drawn.status, 2)
  // npm may have words of its own to say first.
  assert.equal(
    drawn.stderr.replaceAll(/^npm .*\n/gm, ''),
    'knockdown: --report: a package that it takes is missing: npm install vega vega-lite\n',
  )
  const [nowhere, folder] = [logged('nowhere/day.jsonl'), logged('node_modules')]
  assert.deepEqual([nowhere.status, folder.status], [2, 2])
  assert.match(nowhere.stderr, /^knockdown: --log: .*there is no such folder$/m)
  assert.match(folder.stderr, /^knockdown: --log: .*this is a folder$/m)
  assert.deepEqual(readdirSync(project), before, 'nothing half-written is left')
  const bundled = knockdown('simulate', '--prices', '2021-05-19', '--positions', '5')
  assert.equal(bundled.status, 0, bundled.stderr)
  useFullDisk()
}

/** A write that fails is told in one line, on whichever stream; not every system has such a device. */
const useFullDisk = () => {
  if (!existsSync('/dev/full')) return
  const full = openSync('/dev/full', 'w')
  const main = join(modules, 'knockdown/dist/cli/main.mjs')
  const knockdown = (args, stdio) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', stdio })
  const { status, stderr } = knockdown(['terms', 'dutch-default'], ['ignore', full, 'pipe'])
  assert.equal(stderr, 'knockdown: the output cannot be written (ENOSPC)\n')
  assert.equal(status, 2)
  assert.equal(knockdown(['no-such-command'], ['ignore', 'pipe', full]).status, 2)
  closeSync(full)
}

const link = (...peers) => {
  for (const peer of peers) {
    mkdirSync(dirname(join(modules, peer)), { recursive: true })
    if (!existsSync(join(modules, peer)))
      symlinkSync(join(root, 'node_modules', peer), join(modules, peer))
  }
}

/** A store needs the package of its own database, and says which that is. */
const useStores = () => {
  link('kysely')
  write('stores.ts', stores)
  write('stores.cts', stores)
  compile('stores.ts', 'stores.cts')
  for (const program of ['stores.js', 'stores.cjs'])
    assert.equal(
      run(process.execPath, program),
      'the package pg is missing: npm install pg\n' +
        'the package @electric-sql/pglite is missing: npm install @electric-sql/pglite\n',
    )
}

/** Where no SDK is set up, telling of an engine changes nothing. */
const useTelemetry = () => {
  link('@opentelemetry/api')
  write('telemetry.ts', telemetry)
  write('telemetry.cts', telemetry)
  compile('telemetry.ts', 'telemetry.cts')
  for (const program of ['telemetry.js', 'telemetry.cjs'])
    assert.equal(run(process.execPath, program), 'Refused\n')
}

const useContracts = () => {
  link(...Object.keys(peerDependencies))
  write('contract.test.ts', contract)
  write('contract.cts', contract)
  compile('--skipLibCheck', '--noEmit', 'contract.test.ts', 'contract.cts')
  run(process.execPath, join(modules, 'vitest/vitest.mjs'), 'run', '--root', project)
}

try {
  install()
  useLibrary()
  useCommandLine()
  useStores()
  useTelemetry()
  useContracts()
} finally {
  rmSync(project, { recursive: true })
}
