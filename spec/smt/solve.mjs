/**
 * A question to a solver: its text made of the prelude, what is given, the lemmas used and the file itself; and the answer.
 */

import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Seconds of processor time for one question; a wall clock would blame a solver for a busy machine. */
const limit = 20

export const solvers = {
  z3: (file) => ['z3', '-smt2', file],
  cvc5: (file) => ['cvc5', '--lang=smt2', file],
}

const header = (text, key) =>
  Array.from(text.matchAll(new RegExp(`^; ${key}: (.+)$`, 'gm')), ([, value]) => value.trim())

const read = (folder, name) => readFileSync(join(folder, name), 'utf8')

const filesOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.smt2'))
    .sort()

/** A file of a folder: what its head says, and its text. */
const fileOf = (root, folder, name) => {
  const text = read(join(root, folder), name)
  return {
    folder,
    name: name.replace(/\.smt2$/, ''),
    text,
    rules: header(text, 'rule'),
    given: header(text, 'given'),
    lemmas: header(text, 'lemma'),
    show: header(text, 'show').flatMap((line) => line.split(' ')),
  }
}

export const readAll = (root, folder) =>
  filesOf(join(root, folder)).map((name) => fileOf(root, folder, name))

export const preludeOf = (root) =>
  filesOf(join(root, 'prelude'))
    .map((name) => read(join(root, 'prelude'), name))
    .join('\n')

const named = (lemmas, name) => {
  const lemma = lemmas.find((one) => one.name === name)
  if (lemma === undefined) throw new Error(`no lemma ${name}`)
  return lemma
}

/** The statement of a lemma, without its proof. */
const statement = ({ text }) => text.split('\n; proof\n')[0]

/** The question that a file asks. It names all the lemmas that it uses; that none leans on itself `isCircular` says. */
export const questionOf = ({ lemmas, prelude, root }, file) => {
  return [
    '(set-logic QF_NIA)',
    '(set-option :produce-models true)',
    prelude,
    ...file.lemmas.map((name) => statement(named(lemmas, name))),
    ...file.given.map((name) => read(join(root, 'given'), `${name}.smt2`)),
    file.text,
  ].join('\n')
}

/** Whether a lemma leans on itself, by way of others. */
export const isCircular = (lemmas, name, seen = []) =>
  seen.includes(name) ||
  (lemmas.find((one) => one.name === name)?.lemmas ?? []).some((next) =>
    isCircular(lemmas, next, [...seen, name]),
  )

/** The text of a law up to its claim, which is its last assertion. */
export const premises = (question) => question.slice(0, question.lastIndexOf('\n(assert (not '))

const run = (command) =>
  new Promise((resolve) => {
    const child = spawn('bash', ['-c', `ulimit -t ${limit}; exec "$@"`, 'bash', ...command])
    const out = []
    child.stdout.on('data', (data) => out.push(data))
    child.stderr.on('data', (data) => out.push(data))
    child.on('close', (status) => resolve({ status, text: Buffer.concat(out).toString('utf8') }))
  })

/** What a solver says of a question: sat, unsat, or what went wrong; and all that it printed. */
export const ask = async (folder, solver, name, question) => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.smt2`)
  writeFileSync(file, question)
  const { status, text } = await run(solvers[solver](file))
  const [first = ''] = text.split('\n')
  const answer = ['sat', 'unsat'].includes(first)
    ? first
    : status === 0
      ? first
      : `no answer in ${limit} s of processor time (${first.slice(0, 80)})`
  return { answer, text }
}

/** The values that a solver printed for (get-value …), by name: whole numbers, true as 1 and false as 0. */
export const valuesIn = (text) =>
  Object.fromEntries(
    Array.from(
      text.matchAll(/\(\s*([a-z][\w-]*)\s+(?:\(-\s+(\d+)\)|(\d+)|(true|false))\s*\)/g),
      ([, name, negative, positive, bool]) => [
        name,
        bool === undefined
          ? negative === undefined
            ? BigInt(positive)
            : -BigInt(negative)
          : BigInt(bool === 'true'),
      ],
    ),
  )
