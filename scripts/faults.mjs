/**
 * Plants faults in a copy of the core, one at a time, and runs the tests that should notice.
 *
 *   node scripts/faults.mjs [--file Ledger] [--kind move] [--match Ledger.ts:72] [--sample 40 --seed 1] [--list]
 *
 * Prints a line for each fault and a summary; the exit status is 1 if a fault survives. `--match`, which may
 * be given several times, takes the faults whose line holds that text. Kinds:
 *   move    two accounts of a posting exchanged, a posting of one unit more, a posting left out
 *   order   two neighbouring checks exchanged
 *   check   a check left out
 *   fact    a field of a refusal, event or any other tagged value changed
 *   compare a comparison flipped: < and <=, > and >=, === and !==; && and ||
 *   round   floor and ceil exchanged, min and max
 * A fault that changes nothing that anyone can see is listed in scripts/faults.json, with the reason.
 */

import childProcess from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { clearTimeout, setTimeout } from 'node:timers'
import { parseArgs } from 'node:util'
import ts from 'typescript'

const root = join(import.meta.dirname, '..')

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    kind: { type: 'string' },
    match: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
})

// Which tests should notice

const opening = ['Auction', 'Check', 'House', 'Position', 'Reward', 'Seizure']

/** Of each module of the core, the tests in test/core that are about it; all others come after. */
const about = {
  Auction: opening,
  Bid: ['Bid', 'English'],
  Check: [...opening, 'Dutch', 'English', 'Treasury'],
  Curve: ['Curve'],
  Dutch: ['Dutch'],
  English: ['English', 'Bid'],
  Event: [],
  Fixed: ['Fixed', 'Curve'],
  Hazard: ['Terms', 'TreasuryTerms', 'Shape'],
  House: opening,
  Ledger: ['Ledger'],
  Lot: ['Lot', 'Dutch', 'English'],
  Position: opening,
  Reward: opening,
  Safety: ['Terms', 'TermsSafety'],
  Sale: ['Dutch'],
  Seizure: opening,
  Shape: ['Shape'],
  Terms: ['Terms', 'TermsSafety'],
  Treasury: ['Treasury'],
  TreasuryTerms: ['TreasuryTerms', 'Treasury'],
}

const modules = Object.keys(about).filter((name) =>
  existsSync(join(root, 'src/core', `${name}.ts`)),
)

// Where faults can be planted

/** Replaces a part of a text. */
const fault = (kind, node, text, what) => ({
  kind,
  start: node.getStart(),
  end: node.getEnd(),
  text,
  what,
})

const flips = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
])

const swaps = new Map([
  ['floor', 'ceil'],
  ['ceil', 'floor'],
])

const short = (text) => {
  const flat = text.replaceAll(/\s+/g, ' ')
  return flat.length > 60 ? `${flat.slice(0, 57)}...` : flat
}

/** Another value of the same type, if there is one to be had. */
const other = (checker, expression) => {
  const type = checker.getTypeAtLocation(expression)
  const text = `(${expression.getText()})`
  const parts = type.isUnion() ? type.types : [type]
  const has = (flag) =>
    parts.some((part) => (checker.getBaseTypeOfLiteralType(part).flags & flag) !== 0)
  const bigint = parts.some((part) =>
    (part.isIntersection() ? part.types : [part]).some(
      (one) => (one.flags & ts.TypeFlags.BigIntLike) !== 0,
    ),
  )
  const orNone = (more, first) =>
    has(ts.TypeFlags.Undefined) ? `(${text} === undefined ? ${first} : ${more})` : more
  if (bigint) return orNone(`${text} + 1n`, '1n')
  if (has(ts.TypeFlags.NumberLike)) return orNone(`${text} + 1`, '1')
  if (has(ts.TypeFlags.StringLike)) return orNone(`${text} + '!'`, `'!'`)
  if (has(ts.TypeFlags.BooleanLike)) return `!${text}`
  if (has(ts.TypeFlags.Undefined)) return `(${text} === undefined ? { fault: 1 } : undefined)`
  return has(ts.TypeFlags.Object) && !checker.isArrayType(type)
    ? `({ ...${text}, fault: 1 })`
    : undefined
}

/** A statement that refuses: `if (…) return …`. */
const isCheck = (node) =>
  ts.isIfStatement(node) &&
  node.elseStatement === undefined &&
  (ts.isReturnStatement(node.thenStatement) ||
    (ts.isBlock(node.thenStatement) &&
      ts.isReturnStatement(node.thenStatement.statements[0] ?? node)))

const exchanged = ({ statements }) =>
  statements.flatMap((statement, i) => {
    if (!isCheck(statement)) return []
    const later = statements.findIndex(
      (one, j) => j > i && !ts.isVariableStatement(one) && !ts.isFunctionDeclaration(one),
    )
    const second = statements[later]
    if (second === undefined || !isCheck(second)) return []
    const between = statements.slice(i + 1, later).map((one) => one.getText())
    return [
      {
        kind: 'order',
        start: statement.getStart(),
        end: second.getEnd(),
        text: [...between, second.getText(), statement.getText()].join('\n'),
        what: `${short(second.expression.getText())} before ${short(statement.expression.getText())}`,
      },
    ]
  })

const inObject = (checker, node) =>
  node.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property))
      return [fault('fact', property, '', `without ${short(property.getText())}`)]
    const name = property.name?.getText()
    if (name === undefined) return []
    if (ts.isShorthandPropertyAssignment(property)) {
      const changed = other(checker, property.name)
      return changed === undefined
        ? []
        : [fault('fact', property, `${name}: ${changed}`, `${name} changed`)]
    }
    const value = property.initializer
    if (value === undefined || ts.isObjectLiteralExpression(value)) return []
    const changed = other(checker, value)
    return changed === undefined
      ? []
      : [fault('fact', property, `${name}: ${changed}`, `${name} changed`)]
  })

const hasTag = (node) => node.properties.some((property) => property.name?.getText() === '_tag')

const inMove = (checker, node) => {
  const [asset, from, to, amount] = node.arguments.map((argument) => argument.getText())
  const moved = `${asset}: ${short(from)} to ${short(to)}`
  return [
    fault('move', node, `move(${asset}, ${to}, ${from}, ${amount})`, `${moved}, the other way`),
    fault('move', node, `move(${asset}, ${from}, ${to}, (${amount}) + 1n)`, `${moved}, one more`),
    ...(ts.isArrayLiteralExpression(node.parent)
      ? [fault('move', node, '...[]', `${moved}, left out`)]
      : []),
  ]
}

/** All faults that can be planted in a file. */
const faultsIn = (checker, file) => {
  const found = []
  const visit = (node) => {
    if (ts.isBlock(node)) found.push(...exchanged(node))
    if (isCheck(node))
      found.push(fault('check', node, '', `without ${short(node.expression.getText())}`))
    if (ts.isBinaryExpression(node)) {
      const flipped = flips.get(node.operatorToken.getText())
      if (flipped !== undefined)
        found.push(
          fault('compare', node.operatorToken, flipped, `${short(node.getText())}: ${flipped}`),
        )
    }
    if (ts.isStringLiteral(node) && swaps.has(node.text) && ts.isCallExpression(node.parent))
      found.push(
        fault(
          'round',
          node,
          `'${swaps.get(node.text)}'`,
          `${short(node.parent.getText())}: ${swaps.get(node.text)}`,
        ),
      )
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText()
      if (called === 'move') found.push(...inMove(checker, node))
      if (called === 'min' || called === 'max')
        found.push(
          fault(
            'round',
            node.expression,
            called === 'min' ? 'max' : 'min',
            `${short(node.getText())}: the other`,
          ),
        )
    }
    if (ts.isObjectLiteralExpression(node) && hasTag(node)) found.push(...inObject(checker, node))
    node.forEachChild(visit)
  }
  visit(file)
  const lines = file.getLineStarts()
  return found.map((one) => ({
    ...one,
    module: basename(file.fileName, '.ts'),
    line: lines.filter((start) => start <= one.start).length,
  }))
}

const allFaults = (root) => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options: compiler } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram(
    modules.map((name) => join(root, 'src/core', `${name}.ts`)),
    compiler,
  )
  const checker = program.getTypeChecker()
  return modules
    .filter((name) => options.file === undefined || options.file.split(',').includes(name))
    .flatMap((name) =>
      faultsIn(checker, program.getSourceFile(join(root, 'src/core', `${name}.ts`))),
    )
    .filter(({ kind }) => options.kind === undefined || options.kind.split(',').includes(kind))
    .filter((one) => options.match?.some((part) => label(one).includes(part)) ?? true)
}

/** Faults that nobody can see, with the reason: by module and what. */
const excusesPath = join(root, 'scripts/faults.json')
const excuses = existsSync(excusesPath) ? JSON.parse(readFileSync(excusesPath, 'utf8')) : []
const excuse = ({ kind, module, what }) =>
  excuses.find((one) => one.module === module && one.kind === kind && one.what === what)

/** Some of a list, drawn from a seed. */
const drawn = (all) => {
  if (options.sample === undefined) return all
  let state = Number(options.seed) >>> 0
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return all
    .map((one) => ({ one, place: next() }))
    .sort((a, b) => a.place - b.place)
    .slice(0, Number(options.sample))
    .map(({ one }) => one)
    .sort((a, b) => a.module.localeCompare(b.module) || a.start - b.start)
}

const label = ({ kind, line, module, what }) => `${module}.ts:${line} ${kind}: ${what}`

// Running

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

if (options.list) {
  const all = drawn(allFaults(root))
  for (const one of all) console.log(label(one))
  console.log(`${all.length} faults`)
} else process.exitCode = await run()

async function run() {
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
  const chosen = drawn(allFaults(copy))
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
    return await plantAll(vitest, copy, chosen)
  } finally {
    await vitest.close()
    rmSync(copy, { recursive: true, force: true })
  }
}

async function plantAll(vitest, copy, chosen) {
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
  for (const one of chosen) {
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
    `\n${chosen.length} faults: ${caught} caught, ${excused} excused, ${survivors.length} not caught`,
  )
  for (const one of survivors) console.log(`  ${label(one)}`)
  return survivors.length > 0 ? 1 : 0
}
