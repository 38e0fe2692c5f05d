/**
 * Runs the model from fixed seeds, with its invariants and witnesses, and takes the TypeScript through every trace.
 *
 * --spec DIR and --dist DIR: another model, another build; --samples N: traces of each seed; --build DIR (for ./bite).
 */

import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const here = import.meta.dirname
const home = join(here, '../..')
const { values } = parseArgs({
  options: {
    spec: { type: 'string', default: here },
    dist: { type: 'string', default: join(home, 'dist') },
    samples: { type: 'string', default: '160' },
    build: { type: 'string', default: join(home, 'build/spec/quint/run') },
  },
})
const flags = { ...values }
for (const name of ['spec', 'dist', 'build']) flags[name] = resolve(values[name])
const tools = join(home, 'build/spec/quint/tools')
const seeds = ['0x1', '0x2']
const steps = 60

const run = (command, args, cwd = here) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd })
    const out = []
    child.stdout.on('data', (data) => out.push(data))
    child.stderr.on('data', (data) => out.push(data))
    child.on('close', (status) => resolve({ status, text: Buffer.concat(out).toString('utf8') }))
  })

/** Quint, from its own lock file, without the scripts of packages; once, until that file changes. */
const install = async () => {
  const files = ['package.json', 'package-lock.json', '.npmrc']
  const isSame = (name) =>
    existsSync(join(tools, name)) &&
    readFileSync(join(tools, name)).equals(readFileSync(join(here, name)))
  if (files.every(isSame) && existsSync(join(tools, 'node_modules/.bin/quint'))) return
  rmSync(tools, { recursive: true, force: true })
  mkdirSync(tools, { recursive: true })
  for (const name of files) cpSync(join(here, name), join(tools, name))
  const { status, text } = await run(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    tools,
  )
  if (status !== 0)
    throw new Error(`quint could not be installed: ${text.trim().split('\n').pop()}`)
}

const quint = (...args) => run(join(tools, 'node_modules/.bin/quint'), args, flags.spec)

/** The names that the model defines, in the part under a heading. */
const model = readFileSync(join(flags.spec, 'liquidation.qnt'), 'utf8')
const [, always = '', seen = ''] = model.split('// ---- ')
const names = (text) => Array.from(text.matchAll(/^ {2}val (\w+)/gm), ([, name]) => name)
const invariants = names(always)
const witnesses = names(seen).filter((name) => name.startsWith('saw'))

const common = (seed) => [
  ...['run', 'liquidation.qnt', '--backend=typescript', '--verbosity=1', `--seed=${seed}`],
  ...[`--max-steps=${steps}`, `--max-samples=${flags.samples}`, '--invariants', ...invariants],
]

/** Which invariant is violated: quint names it only where it stops at the first trace. */
const named = async (seed) => {
  const { text } = await quint(...common(seed))
  return Array.from(text.matchAll(/❌ (\w+)/g), ([, name]) => `invariant ${name}, from ${seed}`)
}

const simulate = async (seed) => {
  const out = join(flags.build, `${seed}-{seq}.itf.json`)
  const { status, text } = await quint(
    ...common(seed),
    ...['--witnesses', ...witnesses],
    ...[`--n-traces=${flags.samples}`, `--out-itf=${out}`],
  )
  const isSound = status === 0 && text.includes('[ok] No violation found')
  const violated = isSound ? [] : await named(seed)
  const count = (name) =>
    Number(new RegExp(`^${name} was witnessed in (\\d+) trace`, 'm').exec(text)?.[1] ?? 0)
  return {
    counts: witnesses.map((name) => [name, count(name)]),
    faults:
      isSound || violated.length > 0
        ? violated
        : [`quint, from ${seed}: ${text.trim().slice(0, 400)}`],
  }
}

await install()
rmSync(flags.build, { recursive: true, force: true })
mkdirSync(flags.build, { recursive: true })
const { status, text } = await quint('typecheck', 'liquidation.qnt')
const results = status === 0 ? await Promise.all(seeds.map(simulate)) : []
const total = (name) =>
  results.reduce((sum, { counts }) => sum + counts.find(([one]) => one === name)[1], 0)
const isRun = results.length > 0 && results.every(({ faults }) => faults.length === 0)
const traces = readdirSync(flags.build)
  .filter((name) => name.endsWith('.itf.json'))
  .map((name) => join(flags.build, name))
const replay = isRun
  ? await run(process.execPath, [join(here, 'replay.mjs'), flags.dist, ...traces])
  : { text: '' }
const [count, taken] = replay.text.trim().split('\n').pop().split(' ')

const failed = [
  ...(status === 0 ? [] : [`typecheck: ${text.trim().slice(0, 400)}`]),
  ...results.flatMap(({ faults }) => faults),
  ...(isRun
    ? witnesses.filter((name) => total(name) === 0).map((name) => `witness ${name}: not seen`)
    : []),
  ...(replay.status === 0 || !isRun ? [] : [`replay: ${replay.text.trim().split('\n')[0]}`]),
  ...(invariants.length === 0 || witnesses.length === 0
    ? ['the model has no invariants, or no witnesses']
    : []),
]
for (const line of failed) console.log(`FAILED ${line}`)
const rarest = Math.min(...witnesses.map(total))
console.log(
  failed.length === 0
    ? `quint: ${invariants.length} invariants hold in ${count} traces of ${steps} commands from fixed seeds; ` +
        `${witnesses.length} states are reached, each in ${rarest} traces at least; the TypeScript takes all ${taken} steps alike`
    : `quint: ${failed.length} failed`,
)
process.exitCode = failed.length === 0 ? 0 : 1
