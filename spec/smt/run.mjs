/**
 * The step laws of the core in SMT-LIB, by two solvers: laws and lemmas have no counterexample, false claims have one,
 * which is a counterexample in the TypeScript too; and the functions the laws are about compute what the TypeScript does.
 *
 * --spec DIR and --dist DIR: other laws, another build (for ./bite). --only PART: the files whose path has it in.
 */

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { casesOf } from './agree.mjs'
import { coreOf } from './core.mjs'
import { replays } from './replay.mjs'
import {
  ask,
  isCircular,
  preludeOf,
  premises,
  questionOf,
  readAll,
  solvers,
  valuesIn,
} from './solve.mjs'

const home = join(import.meta.dirname, '../..')
const { values: flags } = parseArgs({
  options: {
    spec: { type: 'string' },
    dist: { type: 'string' },
    only: { type: 'string' },
    build: { type: 'string' },
  },
})
const root = flags.spec ?? import.meta.dirname
const build = flags.build ?? join(home, 'build/spec/smt')
const core = await coreOf(flags.dist ?? join(home, 'dist'))
const isAsked = ({ folder, name }) => `${folder}/${name}`.includes(flags.only ?? '')

const [lemmas, laws, refuted] = ['lemmas', 'laws', 'refuted'].map((folder) => readAll(root, folder))
const context = { root, lemmas, prelude: preludeOf(root) }
rmSync(build, { recursive: true, force: true })
mkdirSync(build, { recursive: true })

const both = async (name, question, wanted) => {
  const answers = []
  for (const solver of Object.keys(solvers)) {
    const { answer, text } = await ask(join(build, solver), solver, name, question)
    answers.push({
      solver,
      text,
      fault: answer === wanted ? undefined : `${solver} says ${answer}, not ${wanted}`,
    })
  }
  return answers
}

const faultsOf = (answers) => answers.flatMap(({ fault }) => (fault === undefined ? [] : [fault]))

/** A law: what it presumes can be, and what contradicts it cannot. */
const checkLaw = async (file) => {
  const question = questionOf(context, file)
  const answers = await both(file.name, `${question}\n(check-sat)\n`, 'unsat')
  if (file.folder === 'lemmas') return faultsOf(answers)
  const { answer } = await ask(
    join(build, 'premises'),
    'z3',
    file.name,
    `${premises(question)}\n(check-sat)\n`,
  )
  return [
    ...faultsOf(answers),
    ...(answer === 'sat' ? [] : [`z3 says ${answer} of what it presumes, not sat`]),
  ]
}

const shown = (values, names) => names.map((name) => `${name} ${values[name]}`).join(', ')

/** What a counterexample comes to in the code: nothing, or why it is none there. */
const replayed = (file, values) => {
  const { broken, says } = replays[file.name](core, values)
  return [
    ...Object.entries(says)
      .filter(([name, value]) => file.show.includes(name) && values[name] !== value)
      .map(([name, value]) => `the code says ${name} ${value}, not ${values[name]}`),
    ...(broken ? [] : ['the claim is not broken in the code']),
  ]
}

const checkRefuted = async (file) => {
  const question = `${questionOf(context, file)}\n(check-sat)\n(get-value (${file.show.join(' ')}))\n`
  const answers = await both(file.name, question, 'sat')
  const faults = answers.flatMap(({ fault, solver, text }) => {
    if (fault !== undefined) return [fault]
    const values = valuesIn(text)
    if (file.show.some((name) => values[name] === undefined))
      return [`${solver} shows no ${file.show.join(', ')}`]
    if (solver === 'z3') console.log(`  not so: ${file.name}: ${shown(values, file.show)}`)
    return replayed(file, values).map((why) => `${solver}: ${why}`)
  })
  return faults
}

/** The prelude against the code, all cases in one question. */
const checkAgreement = async () => {
  const cases = casesOf(core)
  const names = cases.map((_, i) => `case-${i}`)
  const question = [
    '(set-logic QF_NIA)',
    '(set-option :produce-models true)',
    context.prelude,
    ...cases.map(({ asked }, i) => `(define-fun ${names[i]} () Int ${asked})`),
    '(check-sat)',
    `(get-value (${names.join(' ')}))`,
  ].join('\n')
  const answers = await both('agree', question, 'sat')
  const faults = answers.flatMap(({ fault, solver, text }) => {
    if (fault !== undefined) return [fault]
    const values = valuesIn(text)
    const wrong = cases.flatMap(({ asked, says }, i) =>
      values[names[i]] === says
        ? []
        : [`${solver}: ${asked} is ${values[names[i]]}, the code says ${says}`],
    )
    return wrong.slice(0, 3)
  })
  return { faults, count: cases.length }
}

const missing = [
  ...refuted
    .filter(({ name }) => replays[name] === undefined)
    .map(({ name }) => `${name}: no replay`),
  ...Object.keys(replays)
    .filter((name) => refuted.every((file) => file.name !== name))
    .map((name) => `${name}: a replay of nothing`),
  ...lemmas
    .filter(({ name }) => isCircular(lemmas, name))
    .map(({ name }) => `${name}: leans on itself`),
  ...[...laws, ...refuted]
    .filter(({ rules }) => rules.length === 0)
    .map(({ name }) => `${name}: names no rule`),
]

const failed = missing.map((why) => `FAILED ${why}`)
const work = [...lemmas, ...laws, ...refuted].filter(isAsked)
const queue = [...work]
const worker = async () => {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const faults = await (file.folder === 'refuted' ? checkRefuted(file) : checkLaw(file))
    failed.push(...faults.map((fault) => `FAILED ${file.folder}/${file.name}: ${fault}`))
  }
}
await Promise.all([worker(), worker()])
const agreement = 'agree'.includes(flags.only ?? '')
  ? await checkAgreement()
  : { faults: [], count: 0 }
failed.push(...agreement.faults.map((fault) => `FAILED agree: ${fault}`))

for (const line of failed) console.log(line)
const count = (folder) => work.filter((file) => file.folder === folder).length
const rules = new Set(work.flatMap((file) => file.rules))
const said = [
  `${count('laws')} laws of ${rules.size} rules and ${count('lemmas')} lemmas hold`,
  `${count('refuted')} false claims are refuted, in the code too`,
  `${agreement.count} values are those of the code`,
  'by z3 and by cvc5',
]
console.log(failed.length === 0 ? `smt: ${said.join('; ')}` : `smt: ${failed.length} failed`)
process.exitCode = failed.length === 0 && work.length + agreement.count > 0 ? 0 : 1
