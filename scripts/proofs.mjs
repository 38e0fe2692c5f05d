/**
 * Reads what spec/ shows of each rule besides its tests: theorems in Coq, questions to solvers, models that are run;
 * which systems are known to break it; and why a rule has no theorem, where it has none.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const here = join(import.meta.dirname, '..')

const read = (root, folder, endings) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
        .map((name) => name.replaceAll('\\', '/'))
        .filter(
          (name) => !name.includes('node_modules/') && endings.some((end) => name.endsWith(end)),
        )
        .sort()
        .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }))
    : []

/** The theorems of spec/coq: their names begin with the rule that they show, as DUT_5_paid. */
export const theorems = (root = here) =>
  read(root, 'spec/coq/proofs', ['.v']).flatMap(({ name, text }) =>
    Array.from(
      text.matchAll(/^ *Theorem (([A-Z]{3})_(\d+)\w*)/gm),
      ([, theorem, page, number]) => ({
        theorem,
        rule: `${page}-${number}`,
        file: name.replace('.v', ''),
      }),
    ),
  )

/** The files of a layer that name a rule, on a line of their own: `rule: DUT-5`. */
const named = (root, folder, endings) =>
  read(root, folder, endings).flatMap(({ name, text }) =>
    Array.from(text.matchAll(/^(?:;|\/\/|\/?\*)\s*rule: ([A-Z]{3}-\d+)\b.*$/gm), ([, rule]) => ({
      rule,
      file: name,
    })),
  )

/** The laws that both solvers show, a file each. */
export const questions = (root = here) =>
  named(root, 'spec/smt', ['.smt2']).filter(({ file }) => /^(laws|lemmas)\//.test(file))

/** The models that are run: Quint's and Spin's. */
export const models = (root = here) => [
  ...named(root, 'spec/quint', ['.qnt']).map((one) => ({ ...one, file: `quint/${one.file}` })),
  ...named(root, 'spec/spin', ['.pml']).map((one) => ({ ...one, file: `spin/${one.file}` })),
]

/** The laws of spec/invariants.md: the rules that hold each, and the systems known to break it. */
export const laws = (root = here) =>
  Array.from(
    readFileSync(join(root, 'spec/invariants.md'), 'utf8').matchAll(
      /^\| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]*) \|$/gm,
    ),
    ([, law, says, held, broken]) => ({
      law: law.trim(),
      says: says.trim(),
      rules: held.match(/\b[A-Z]{3}-\d+\b/g) ?? [],
      broken: broken.trim(),
    }),
  ).filter(({ law }) => /^[ID]\d/.test(law))

/** Why a rule has no theorem: of a rule by itself, or of all of its page. */
export const reasons = (root = here) =>
  JSON.parse(readFileSync(join(root, 'spec/unproved.json'), 'utf8'))

/** The stated reason of a rule: its own, or its page's. */
export const reasonFor = (given, id) => given[id] ?? given[id.slice(0, 3)]
