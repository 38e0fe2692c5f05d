/**
 * Reads the rules of spec/, where they are tested and where the code cites them, and writes
 * spec/README.md, the index of them all. `--check` fails if that file is out of date.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { laws, models, questions, reasonFor, reasons, theorems } from './proofs.mjs'

const here = join(import.meta.dirname, '..')

/** Words that look like the id of a rule. */
const words = ['ISO-8601', 'SHA-256', 'UTF-8', 'UTF-16']

const files = (root, folder, ending) =>
  readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }))

const parse = ({ name, text }) =>
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)

const walk = (node, visit) => {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

// What the pages say

const sentence = (text) => {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return /^(.*?\.)(?= [A-Z(`]|$)/.exec(flat)?.[1] ?? flat
}

/** The pages of rules, without the index of them. */
export const pages = (root = here) =>
  files(root, 'spec', '.md').filter(({ name }) => /^\d\d-[a-z]+\.md$/.test(name))

/** Every rule: its id, its page, its first sentence. */
export const rules = (root = here) =>
  pages(root).flatMap(({ name, text }) =>
    Array.from(text.matchAll(/^\*\*([A-Z]{3}-\d+)\*\* ([^]*?)(?=^$|^```|^\||(?![^]))/gm)).map(
      ([, id, body]) => ({ id, page: name, first: sentence(body) }),
    ),
  )

// What the tests say

const chain = (callee) =>
  ts.isPropertyAccessExpression(callee)
    ? [...chain(callee.expression), callee.name.text]
    : ts.isCallExpression(callee)
      ? chain(callee.expression)
      : ts.isIdentifier(callee)
        ? [callee.text]
        : []

const switchedOff = [
  'skip',
  'todo',
  'skipIf',
  'runIf',
  'fails',
  'only',
  'xit',
  'xtest',
  'xdescribe',
]

/** A test's options may switch it off, too. */
const isOff = (names, args) =>
  names.some((name) => switchedOff.includes(name)) ||
  args.some(
    (argument) =>
      ts.isObjectLiteralExpression(argument) &&
      argument.properties.some(
        ({ name }) => name !== undefined && switchedOff.includes(name.getText()),
      ),
  )

const titleOf = ([title]) =>
  title !== undefined && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title))
    ? (title.text ?? title.head.text)
    : ''

const ruleOf = (title) => /^([A-Z]{3}-\d+)\b/.exec(title)?.[1]

/** The cases that src/testing holds any store to. */
export const cases = (root = here) =>
  files(root, 'src/testing', '.ts').flatMap((file) => {
    const found = []
    walk(parse(file), (node) => {
      if (!ts.isCallExpression(node) || chain(node.expression)[0] !== 'storeCase') return
      const title = titleOf(node.arguments)
      found.push({ title, rule: ruleOf(title) })
    })
    return found
  })

/** Whether a contract is given nothing but the runner's own `test`. */
const isRun = ([register]) => register !== undefined && chain(register).join('.') === 'test'

/**
 * The tests whose titles begin with the id of a rule, and those that are switched off. A file that
 * holds a store to the contract has all its cases.
 */
export const tests = (root = here) => {
  const contract = cases(root)
  return files(root, 'test', '.test.ts').flatMap((file) => {
    const found = []
    walk(parse(file), (node) => {
      if (!ts.isCallExpression(node)) return
      const names = chain(node.expression)
      const off = isOff(names, node.arguments)
      if (names[0] === 'StoreContract' && names[1] === 'holds')
        for (const one of contract)
          found.push({ file: file.name, ...one, off: off || !isRun(node.arguments) })
      if (!['law', 'test', 'it', 'describe', 'suite'].includes(names[0])) return
      const title = titleOf(node.arguments)
      const rule = ['law', 'test'].includes(names[0]) ? ruleOf(title) : undefined
      found.push({ file: file.name, title, rule, off })
    })
    return found
  })
}

// What the code says

/** The ids in a text, those between two of a range included: DUT-1 to DUT-3. */
const idsIn = (text) => {
  const plain = words.reduce((rest, word) => rest.replaceAll(word, ''), text)
  const ranges = Array.from(
    plain.matchAll(/\b([A-Z]{3})-(\d+)\s+(?:\*\s+)?to\s+(?:\*\s+)?\1-(\d+)\b/g),
  )
  return [
    ...Array.from(plain.matchAll(/\b([A-Z]{3}-\d+)\b/g), ([id]) => id),
    ...ranges.flatMap(([, page, from, to]) =>
      Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => `${page}-${Number(from) + i}`),
    ),
  ]
}

/** Which file cites which rules. */
export const citations = (root = here) =>
  ['src', 'test', 'spec'].flatMap((folder) =>
    files(root, folder, folder === 'spec' ? '.md' : '.ts')
      .filter(({ name }) => folder !== 'spec' || name !== 'README.md')
      .map(({ name, text }) => ({ file: `${folder}/${name}`, rules: [...new Set(idsIn(text))] })),
  )

/** The numbers that a stage may be: as written, or as a parameter is given, or else is by default. */
const stagesOf = (core, constants, at) => {
  if (ts.isNumericLiteral(at)) return [Number(at.text)]
  if (constants.has(at.text)) return [constants.get(at.text)]
  const made = ts.findAncestor(at, (node) => ts.isArrowFunction(node))
  const place = made?.parameters.findIndex(({ name }) => name.getText() === at.text) ?? -1
  if (place < 0 || !ts.isVariableDeclaration(made.parent)) return [NaN]
  const name = made.parent.name.getText()
  const stages = new Set()
  const byDefault = made.parameters[place].initializer
  for (const file of core)
    walk(file, (node) => {
      if (!ts.isCallExpression(node) || chain(node.expression).at(-1) !== name) return
      const given = node.arguments[place] ?? byDefault
      stages.add(given !== undefined && ts.isNumericLiteral(given) ? Number(given.text) : NaN)
    })
  return [...stages]
}

/** Every refusal of src/core: its tag, rule and first sentence, and the stage at which it is checked. */
export const refusals = (root = here) => {
  const core = files(root, 'src/core', '.ts').map(parse)
  const stages = new Map()
  const found = []
  const literal = (node) =>
    node !== undefined && ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)
      ? node.literal.text
      : undefined
  const comment = (node) =>
    sentence(
      (ts.getJSDocCommentsAndTags(node)[0]?.getText() ?? '').replaceAll(
        /^\/\*\*|\*\/$|^\s*\*/gm,
        '',
      ),
    )
  const member = (node, name) =>
    literal(node.members?.find((one) => one.name?.getText() === name)?.type)
  for (const file of core) {
    const constants = new Map()
    walk(file, (node) => {
      if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
        if (ts.isNumericLiteral(node.initializer))
          constants.set(node.name.getText(), Number(node.initializer.text))
        if (node.name.getText() === 'stages' && ts.isObjectLiteralExpression(node.initializer))
          for (const { initializer, name } of node.initializer.properties)
            stages.set(name.getText(), Number(initializer.getText()))
      }
    })
    walk(file, (node) => {
      const base = ts.isTypeAliasDeclaration(node)
        ? node.type
        : ts.isInterfaceDeclaration(node)
          ? node.heritageClauses?.[0]?.types[0]
          : undefined
      const name = base?.typeName?.getText() ?? base?.expression?.getText()
      if (name === 'Refused' && base.typeArguments?.length === 2) {
        const [tag, rule] = base.typeArguments.map(literal)
        if (tag !== undefined && rule !== undefined) found.push({ tag, rule, when: comment(node) })
      } else if (ts.isInterfaceDeclaration(node) && node.name.text === 'NoPrice')
        found.push({ tag: member(node, '_tag'), rule: member(node, 'rule'), when: comment(node) })
      if (ts.isCallExpression(node) && node.expression.getText() === 'outOfRange') {
        const [what, at] = node.arguments
        if (ts.isStringLiteral(what))
          for (const stage of stagesOf(core, constants, at))
            found.push({
              tag: 'OutOfRange',
              rule: 'FIX-5',
              when: `${what.text} (src/core/${file.fileName})`,
              stage,
            })
      }
    })
  }
  const placed = found
    .filter(({ stage, tag }) => stage !== undefined || tag !== 'OutOfRange')
    .map((one) => ({ stage: stages.get(one.tag), ...one }))
  const unique = new Map(placed.map((one) => [`${one.stage} ${one.tag} ${one.when}`, one]))
  return [...unique.values()].sort(
    (a, b) => a.stage - b.stage || (`${a.tag} ${a.when}` < `${b.tag} ${b.when}` ? -1 : 1),
  )
}

// The index

const head = `# The rules

Everything that this package promises is a rule with an id, such as DUT-3. The rule stands on one of these pages; a refusal carries its id;
the tests that hold it have the id first in their titles; comments and proofs cite it. A test (\`test/trace.test.ts\`) checks that these agree.
This page is made by \`npm run spec:index\`.

## How to read a rule

A rule is a few plain sentences. What stands in parentheses says where another system, mostly MakerDAO's, does it differently. Below the rule
stand examples, one a line: \`expression // what it comes to\`. They are JavaScript over the package's own exports, and are run with the tests.

A Wad counts units of 10^-18 (collateral, tokens), a Ray 10^-27 (prices, shares), a Rad 10^-45 (money, debt). An amount times a price is
money, exactly. Every division says how it is rounded.

## The concepts

A **position** is a loan: collateral against a debt. A **line** is the positions that share terms, a ceiling and a breaker. When a position is
unsafe, a **seizure** puts its collateral up for sale in one **lot** an asset: \`collateral\`, \`debt\` (what it owed) and \`target\` (the
debt and a penalty). A **Dutch** lot sells at a price that falls until somebody takes it; an **English** one by bids: first more for all of it,
then the same for less. When a lot closes, money has paid the debt first and then the penalty; collateral that is left goes to the owner; debt
that is left is **bad**. The **house** holds the totals that limit new lots; the **treasury** holds the protocol's surplus and its losses.

A **command** is decided once: it is refused, with the facts, or it becomes **events**. State is a fold of events. Every transfer of value is a
**posting** that follows from one event.

## The order of checks

Of two rules that a command breaks, the one of the lower stage is named. A host merges its own checks (who may ask, who can pay) in by stage:
\`Check.stage\` gives the stage of a refusal.

| stage | refusal | rule | when |
|---|---|---|---|
`

const cell = (text) => text.replaceAll('|', '\\|')

/** The text of spec/README.md. */
export const index = (root = here) => {
  const all = rules(root)
  const page = new Map(all.map(({ id, page }) => [id, page]))
  const link = (id) => (page.has(id) ? `[${id}](${page.get(id)})` : id)
  const tested = tests(root).filter(({ off, rule }) => rule !== undefined && !off)
  const cited = citations(root).filter(({ file }) => file.startsWith('src/'))
  const holds = (id) => {
    const counts = new Map()
    for (const { file } of tested.filter(({ rule }) => rule === id))
      counts.set(file, (counts.get(file) ?? 0) + 1)
    return [...counts]
      .map(([file, count]) => `${file.replace('.test.ts', '')} (${count})`)
      .join(', ')
  }
  const where = (id) =>
    cited
      .filter(({ rules }) => rules.includes(id))
      .map(({ file }) => file.replace(/^src\/|\.ts$/g, ''))
      .join(', ')
  const listed = (found, id) =>
    [...new Set(found.filter(({ rule }) => rule === id).map(({ file }) => file))].join(', ')
  const [proved, asked, run] = [theorems(root), questions(root), models(root)]
  const [given, known] = [reasons(root), laws(root)]
  const proof = (id) => {
    const found = proved.filter(({ rule }) => rule === id)
    return found.length > 0
      ? [...new Set(found.map(({ file }) => file))]
          .map((file) => `${file} (${found.filter((one) => one.file === file).length})`)
          .join(', ')
      : `none: ${reasonFor(given, id) ?? '?'}`
  }
  const questionsOf = (id) => {
    const count = new Set(asked.filter(({ rule }) => rule === id).map(({ file }) => file)).size
    return count === 0 ? '' : `${count}`
  }
  const broken = (id) =>
    known
      .filter(({ broken, rules }) => broken !== '' && rules.includes(id))
      .map(({ law }) => law)
      .join(', ')
  return [
    head,
    refusals(root)
      .map(
        ({ rule, stage, tag, when }) => `| ${stage} | ${tag} | ${link(rule)} | ${cell(when)} |\n`,
      )
      .join(''),
    '\n## The rules, and what holds each\n\n',
    'Tests, how many in a file; theorems in Coq (spec/coq/proofs), or why there is none; laws put to two solvers\n',
    '(spec/smt/laws); models that are run (spec/quint, spec/spin); the modules of src/ that cite the rule; the laws of\n',
    '[invariants.md](invariants.md) that it holds and that systems are known to break.\n\n',
    '| rule | | tests | proof | SMT | model | code | broken elsewhere |\n|---|---|---|---|---|---|---|---|\n',
    all
      .map(
        ({ first, id }) =>
          `| ${[link(id), cell(first), holds(id), proof(id), questionsOf(id), listed(run, id), where(id), broken(id)].join(' | ')} |\n`,
      )
      .join(''),
  ].join('')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(here, 'spec/README.md')
  const text = index()
  if (!process.argv.includes('--check')) writeFileSync(path, text)
  else if (readFileSync(path, 'utf8') !== text) {
    console.error('spec/README.md is out of date: run npm run spec:index')
    process.exitCode = 1
  }
}
