/**
 * Plants faults in a copy of the tree, one at a time, and runs the tests that should notice.
 */

import childProcess from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clearTimeout, setTimeout } from 'node:timers'
import { chosen, excuse, label } from './choose.mjs'
import { about, modules, root } from './modules.mjs'

/** Leaves tests in the order in which they were given. */
function InOrder() {
  return { shard: (some) => some, sort: (some) => some }
}

/** The processes in which tests run. */
const workers = new Set()
const { fork } = childProcess

/** Runs something; tests that then do not end within a time are ended with their process. */
async function within(milliseconds, something) {
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    for (const worker of workers) worker.kill('SIGKILL')
  }, milliseconds)
  try {
    return await something(() => isLate)
  } finally {
    clearTimeout(timer)
  }
}

/** Plants each fault in turn; the status that the process ends with. */
export async function run(options) {
  childProcess.fork = (...how) => {
    const worker = fork(...how)
    workers.add(worker)
    worker.on('exit', () => workers.delete(worker))
    return worker
  }
  syncBuiltinESMExports()
  const copy = mkdtempSync(join(tmpdir(), 'knockdown-faults-'))
  process.env.FC_RUNS ??= '60'
  for (const name of [
    'src',
    'test',
    'spec',
    'scripts',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    'README.md',
  ])
    cpSync(join(root, name), join(copy, name), { recursive: true })
  for (const name of ['node_modules', 'data']) symlinkSync(join(root, name), join(copy, name))
  // The copy stays as it is while somebody works on the tree.
  const faults = chosen(copy, options)
  const { createVitest } = await import('vitest/node')
  const vitest = await createVitest('test', {
    root: copy,
    config: join(copy, 'vitest.config.ts'),
    watch: false,
    reporters: [{}],
    testTimeout: 20_000,
    maxWorkers: 1,
    // One worker loads each module once for all its tests, and takes them in the order that it is given.
    isolate: false,
    sequence: { sequencer: InOrder },
  })
  try {
    await vitest.standalone()
    return await plantAll(vitest, copy, faults)
  } finally {
    await vitest.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function plantAll(vitest, copy, faults) {
  const sources = new Map(
    modules.map((name) => [name, readFileSync(join(copy, 'src/core', `${name}.ts`), 'utf8')]),
  )
  const specs = await vitest.globTestSpecifications()
  const at = (spec) => spec.moduleId.slice(copy.length + 1)
  const isFor = (names) => (spec) =>
    names.some((name) => new RegExp(`^test/core/${name}(\\.|$)`).test(at(spec)))
  const everywhere = specs.filter((spec) =>
    /^test\/(core|history|engine)\/|^test\/spec\.test/.test(at(spec)),
  )

  // A fault may make a loop endless, which no test notices by itself.
  let patience = 600_000
  /** The files of a run in which a test fails, each with the first that does. */
  const failures = async (some) => {
    // Vitest keeps the results of earlier runs, which would count as this one's.
    for (const kept of ['filesMap', 'idMap', 'errorsSet']) vitest.state[kept].clear()
    const { isLate, testModules, unhandledErrors } = await within(patience, async (isLate) => ({
      ...(await vitest.runTestSpecifications(some)),
      isLate: isLate(),
    }))
    if (isLate) return [{ file: '', what: `no end within ${patience / 1000} seconds` }]
    if (testModules.some((one) => !some.some(({ moduleId }) => moduleId === one.moduleId)))
      throw new Error('results of another run')
    const failed = testModules.flatMap((one) => {
      const [test] = [...one.children.allTests('failed')]
      const file = at({ moduleId: one.moduleId })
      if (test !== undefined) return [{ file, what: `${file}: ${test.name}` }]
      return one.state() === 'failed' ? [{ file, what: `${file} does not load` }] : []
    })
    return failed.length > 0 || unhandledErrors.length === 0
      ? failed
      : [{ file: '', what: 'an error outside a test' }]
  }

  const start = Date.now()
  const red = await failures(everywhere)
  patience = 30_000 + 2 * (Date.now() - start)
  for (const { what } of red) console.log(`left out, for it fails without a fault: ${what}`)
  const green = everywhere.filter((spec) => !red.some(({ file }) => file === at(spec)))
  vitest.config.bail = 1

  const took = new Map(
    vitest.state
      .getTestModules()
      .map((one) => [at(one), one.diagnostic().collectDuration + one.diagnostic().duration]),
  )
  // Neighbours are mostly noticed by the same tests: what noticed the last faults goes first.
  const lastCaught = new Map()
  const inTurn = (module) => {
    const isNear = isFor(about[module])
    const key = (spec) => [
      -(lastCaught.get(at(spec)) ?? 0),
      isNear(spec) ? 0 : 1,
      took.get(at(spec)),
    ]
    return [...green].sort((a, b) => {
      const [x, y] = [key(a), key(b)]
      return x[0] - y[0] || x[1] - y[1] || x[2] - y[2]
    })
  }

  const survivors = []
  let [caught, excused] = [0, 0]
  let module
  for (const one of faults) {
    if (one.module !== module) lastCaught.clear()
    module = one.module
    const path = join(copy, 'src/core', `${one.module}.ts`)
    const whole = sources.get(one.module)
    const restore = () => {
      writeFileSync(path, whole)
      vitest.invalidateFile(path)
    }
    writeFileSync(path, whole.slice(0, one.start) + one.text + whole.slice(one.end))
    vitest.invalidateFile(path)
    const [by] = await failures(inTurn(module))
    restore()
    if (by !== undefined) {
      caught += 1
      lastCaught.set(by.file, caught)
      console.log(`caught    ${label(one)} | ${by.what}`)
    } else if (excuse(one) !== undefined) {
      excused += 1
      console.log(`excused   ${label(one)} | ${excuse(one).why}`)
    } else {
      survivors.push(one)
      console.log(`NOT CAUGHT ${label(one)}`)
    }
  }
  // Without a fault all pass again: else what was caught tells nothing.
  const [control] = await failures(green)
  if (control !== undefined) throw new Error(`fails without a fault: ${control.what}`)
  console.log(
    `\n${faults.length} faults: ${caught} caught, ${excused} excused, ${survivors.length} not caught`,
  )
  for (const one of survivors) console.log(`  ${label(one)}`)
  return survivors.length > 0 ? 1 : 0
}
