/**
 * Which faults are planted: those that the flags ask for. Which may survive: those with an excuse.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { modules, root } from './modules.mjs'
import { faultsIn } from './plant.mjs'

export const label = ({ kind, line, module, what }) => `${module}.ts:${line} ${kind}: ${what}`

/** Faults that nobody can see, with the reason: by module and what. */
const excusesPath = join(root, 'scripts/faults.json')
const excuses = existsSync(excusesPath) ? JSON.parse(readFileSync(excusesPath, 'utf8')) : []
export const excuse = ({ kind, module, what }) =>
  excuses.find((one) => one.module === module && one.kind === kind && one.what === what)

/** All faults in a tree that the flags ask for. */
const allFaults = (root, options) => {
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

/** Some of a list, drawn from a seed. */
const drawn = (all, options) => {
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

/** The faults in a tree that the flags ask for, or as many of them as they sample. */
export const chosen = (root, options) => drawn(allFaults(root, options), options)
