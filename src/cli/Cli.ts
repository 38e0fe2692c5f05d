/**
 * Cli: the command line: its commands on files, and how any command is carried out.
 *
 * Exit status 0: done. 1: a check failed. 2: bad input or output, told in one line on stderr.
 */

import { Command, CommanderError } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { TermsJson } from '../codec/index.js'
import { Presets, Stage } from '../tuning/index.js'
import { complaint, type Io, mismatch, type Problem } from './Io.js'
import * as Drawn from './Drawn.js'
import * as Quote from './Quote.js'
import * as Replay from './Replay.js'
import * as Scene from './Scene.js'
import * as Outline from './Outline.js'
import type * as Setup from './Setup.js'
import { days, defaults } from './Setup.js'
import * as Simulate from './Simulate.js'
import * as Stored from './Stored.js'
import { study } from './Study.js'
import * as Tuned from './Tuned.js'
import * as WhatIf from './WhatIf.js'

export type { Io } from './Io.js'

/** What a process ends with. */
export type Status = 0 | 1 | 2

type Done = (outcome: Stored.Outcome) => void

const presets = Object.keys(Presets.presets).join(', ')

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]

/** The flags that say what a day is, and which terms meet it. */
const ofDay = (command: Command): Command =>
  command
    .option(
      '--prices <day|file>',
      `one of the days that come with the package, ${days.join(', ')}, or a CSV with columns as in its data/README.md`,
      defaults.prices,
    )
    .option(
      '--positions <n|file>',
      'how many positions to draw, or a CSV with the columns id,collateral,debt',
      defaults.positions,
    )
    .option(
      '--terms <name|file>',
      `${presets}, or JSON as \`knockdown terms\` prints it. Replaces the terms of the auction that it sells by, Dutch or English; may be given once for each`,
      collect,
    )
    .option('--auction <kind>', 'dutch, english or both', defaults.auction)
    .option('--seed <integer>', 'what positions and bidders are drawn by', defaults.seed)
    .option('--block <seconds>', 'the time from block to block', defaults.block)
    .option(
      '--oracle-delay <seconds>',
      'how old the price is that the auction knows',
      defaults.oracleDelay,
    )
    .option('--bidders <n>', 'how many bidders', defaults.bidders)
    .option('--capital <money>', 'what all bidders have together', defaults.capital)
    .option('--gas <gwei>', "a gas price for the whole day, instead of the file's")
    .option(
      '--until <seconds|time>',
      `when to stop: seconds after the last row, or a time such as 2020-03-13T12:00:00Z (default: when every lot has ended, or nothing but new starts of lots has happened for a day and two cycles of a lot; at most ${Stage.FOLLOWED / 86_400} days after the last row)`,
    )
    .option('--unchecked', 'take a file of terms that are known to lose money')

const simulate = (program: Command, done: Done, io: Io) =>
  ofDay(program.command('simulate'))
    .description(
      'Replay a crash day through a book of positions by a Dutch and an English auction, with the same bidders.',
    )
    .option(
      '--scenario <file>',
      'a JSON file of a scenario (docs/scenarios.md), instead of all that says what the day is: its market, its book, its bidders',
    )
    .option('--json', 'print one JSON document with exact figures')
    .option('--lots', 'with --json, tell of each lot as well')
    .option(
      '--log <file>',
      "write what happened as the log of a Clipper, for `knockdown replay`; with --auction dutch and a Clipper's terms",
    )
    .option('--report <file>', Drawn.help.report)
    .option('--svg <folder>', Drawn.help.svg)
    .addHelpText(
      'after',
      `
Example:
  knockdown simulate --prices 2021-05-19 --capital 5000000 --auction both
  knockdown simulate --positions 200 --report day.html --svg pictures`,
    )
    .action((flags: Simulate.Flags, command: Command) => {
      done(Simulate.simulate(io, Scene.written(flags, command, ['seed', 'auction'])))
    })

const scenario = (program: Command, done: Done, io: Io) =>
  ofDay(program.command('scenario'))
    .description(
      'Print the scenario that `simulate` runs with the same flags, as JSON: to be changed, and given to `simulate --scenario`.',
    )
    .addHelpText(
      'after',
      `
Example:
  knockdown scenario --prices 2021-05-19 --auction dutch > crash.json
  knockdown simulate --scenario crash.json`,
    )
    .action((flags: Setup.Flags) => {
      done(Outline.outline(io, flags))
    })

const replay = (program: Command, done: Done, io: Io) =>
  program
    .command('replay')
    .description(
      'Check the log of a Clipper, event by event: every price, payment and slice, and that each call was allowed.',
    )
    .argument(
      '<log>',
      'JSON lines as in spec/15-log.md: the terms, then events and changes of terms',
    )
    .option('--json', 'print one JSON document with exact figures')
    .addHelpText(
      'after',
      `
Exit status: 0 nothing differs, 1 something does, 2 the log cannot be read.

Example:
  knockdown simulate --terms maker-clipper --auction dutch --log day.jsonl
  knockdown replay day.jsonl`,
    )
    .action((file: string, flags: Replay.Flags) => {
      done(Replay.replay(io, file, flags))
    })

const whatIf = (program: Command, done: Done, io: Io) =>
  program
    .command('whatif')
    .description(
      'Sell the lots of a log again with other settings, each bidder paying the price that he is recorded to have paid.',
    )
    .argument(
      '<log>',
      'the log of a Clipper as in spec/15-log.md, or what `knockdown engine --follow` printed',
    )
    .requiredOption(
      '--set <settings>',
      'what is other than it was, as in markup=1.1,stepEvery=30: settings as for tune',
    )
    .option('--terms <name|file>', 'the terms in force, where the log does not tell them')
    .option('--unchecked', 'take settings that are known to lose money')
    .option('--json', 'print one JSON document with exact figures for each lot')
    .addHelpText(
      'after',
      `
Example:
  knockdown simulate --terms maker-clipper --auction dutch --positions 60 --log day.jsonl
  knockdown whatif day.jsonl --set markup=1.3,stepEvery=60`,
    )
    .action((file: string, flags: WhatIf.Flags) => {
      done(WhatIf.whatIf(io, file, flags))
    })

const quote = (program: Command, done: Done, io: Io) =>
  program
    .command('quote')
    .description(
      'The price of a Dutch lot at an instant: whether it is stale, what an amount costs, when it reaches a price.',
    )
    .argument('<file>', 'JSON with the fields "terms" (a name or in full) and "lot"')
    .requiredOption('--at <time>', 'seconds since 1970, or a time such as 2020-03-12T18:30:00Z')
    .option('--amount <amount>', 'tell what this much collateral costs')
    .option('--reach <price>', 'tell when the price is first at or below this')
    .option('--terms <name|file>', "terms to use instead of the file's")
    .option('--unchecked', 'take terms that are known to lose money')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
The file lot.json: {"terms": "dutch-default", "lot": {"asset": "ETH", "collateral": "1000", "debt": "100000", "target": "113000", "startPrice": "150", "startedAt": 1584030000}}

Example:
  knockdown quote lot.json --at 1584031000 --amount 2.5 --reach 120`,
    )
    .action((file: string, flags: Quote.Flags) => {
      done(Quote.quote(io, file, flags))
    })

const terms = (program: Command, done: Done, io: Io) =>
  program
    .command('terms')
    .description('The terms of a name as JSON, to change and give to --terms.')
    .argument('<name>', presets)
    .addHelpText('after', '\nExample:\n  knockdown terms dutch-default > terms.json')
    .action((name: string) => {
      if (!Object.hasOwn(Presets.presets, name)) {
        done(E.left(mismatch('terms', name, presets)))
        return
      }
      io.out(`${TermsJson.format(Presets.presets[name as Presets.Name])}\n`)
      done(E.right(0))
    })

/** Every command, in the order in which they are listed. */
const adders = [
  simulate,
  scenario,
  replay,
  whatIf,
  quote,
  terms,
  ...Tuned.adders,
  study,
  ...Stored.adders,
]

const namesOf = ({ commands }: Command): readonly string[] => commands.map((one) => one.name())

/** Names as a sentence has them: a, b or c. */
const listed = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`

/** What commander has to say, without its label, and where help is. */
const rejected = (
  { code, message }: CommanderError,
  argv: readonly string[],
  names: readonly string[],
): Problem => {
  // It answers the help of what it does not know with its own, and no message.
  if (code === 'commander.help')
    return mismatch('help', argv[1] ?? '', `${listed(names)} (see knockdown --help)`)
  const command = names.find((name) => name === argv[0])
  const help = command === undefined ? 'knockdown --help' : `knockdown ${command} --help`
  // What it means instead is on a line of its own.
  return `${message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')} (see ${help})`
}

/** A flag that is given twice, though only one of them can count. */
const repeated = (argv: readonly string[]): string | undefined =>
  argv
    .flatMap((word) => /^--[a-z-]+/.exec(word) ?? [])
    .find(
      (flag, i, flags) =>
        flags.indexOf(flag) !== i && (flag !== '--terms' || argv[0] !== 'simulate'),
    )

/**
 * Carries out a command line, given without the program's name; the status that the process ends with, at once or, of
 * a command that works on a store, when it is done.
 */
export const run = (argv: readonly string[], io: Io): Status | Promise<Status> => {
  const fail = (problem: Problem): Status => {
    io.err(complaint(problem))
    return 2
  }
  const statusOf = (outcome: E.Either<Problem, Status>): Status =>
    E.isLeft(outcome) ? fail(outcome.left) : outcome.right
  let status: Status | Promise<Status> = 0
  const done: Done = (outcome) => {
    status = outcome instanceof Promise ? outcome.then(statusOf) : statusOf(outcome)
  }
  const program = new Command('knockdown')
    .description(
      'Liquidation auctions: what a crash day costs under them, what a lot costs now, and an engine that runs them.',
    )
    .version(io.version)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => undefined })
    .addHelpText(
      'after',
      `
Exit status: 0 done, 1 a check failed, 2 bad input or output.

Example:
  knockdown simulate --seed 7`,
    )
  for (const add of adders) add(program, done, io)
  const names = namesOf(program)
  if (argv.length === 0)
    return fail(`a command is missing: ${listed(names)} (see knockdown --help)`)
  const twice = repeated(argv)
  if (twice !== undefined) return fail(`${twice}: found twice, wanted once`)
  try {
    program.parse(argv, { from: 'user' })
    return status
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : fail(rejected(error, argv, names))
  }
}
