/**
 * Tuned: the commands that try settings of terms on days of prices.
 */

import type { Command } from 'commander'
import { Figures } from '../tuning/index.js'
import * as Asked from './Asked.js'
import * as Contrast from './Contrast.js'
import * as Drawn from './Drawn.js'
import * as Expect from './Expect.js'
import type { Io } from './Io.js'
import * as Scene from './Scene.js'
import * as Setup from './Setup.js'
import type { Outcome } from './Stored.js'
import * as Sweep from './Sweep.js'
import * as Tune from './Tune.js'

type Done = (outcome: Outcome) => void

/** The flags that say what is tried on what. */
const common = (command: Command): Command =>
  command
    .option(
      '--days <folder>',
      `a folder of CSV files of prices with columns as in data/README.md (default: the days that come with the package, ${Setup.days.join(', ')})`,
    )
    .option('--scenario <file>', 'as for simulate, instead of days')
    .option('--hold-out <day>', 'the day that is kept for the end (default: the last)')
    .option('--seeds <n>', 'how many seeds each day is run with', Asked.defaults.seeds)
    .option('--positions <n|file>', 'as for simulate', Asked.defaults.positions)
    .option('--block <seconds>', 'as for simulate', Setup.defaults.block)
    .option('--oracle-delay <seconds>', 'as for simulate', Setup.defaults.oracleDelay)
    .option('--bidders <n>', 'as for simulate', Setup.defaults.bidders)
    .option('--capital <money>', 'as for simulate', Setup.defaults.capital)
    .option('--gas <gwei>', 'as for simulate')
    .option('--until <seconds|time>', 'as for simulate')
    .option(
      '--threads <n>',
      'how many threads; 0: as many as there are processors, or with --database none',
      '0',
    )
    .option(
      '--database <url>',
      'let those carry the runs out who `work` at this server, and keep every run there',
    )
    .option('--csv <file>', 'keep every run in this file, and go on from what it has')
    .option('--json', 'print one JSON document')

const tune = (program: Command, done: Done, io: Io): Command =>
  common(
    program
      .command('tune')
      .description(
        'Look for settings of terms under which days like these cost least, and say how sure that is.',
      )
      .requiredOption(
        '--vary <settings>',
        'what is varied, as in markup,stepEvery=10:300:log: a setting by its name or path, and its range',
      )
      .option('--terms <name|file>', 'the terms that are in force', Asked.defaults.terms)
      .option(
        '--objective <figure>',
        `what is to be little: ${Figures.names.join(', ')} (docs/metrics.md)`,
        Asked.defaults.objective,
      )
      .option('--budget <n>', 'how many settings are tried', Asked.defaults.budget)
      .option('--seed <integer>', 'what the search draws by', '1')
      .option(
        '--save <file>',
        'write the best terms to this file, as `knockdown terms` prints them',
      )
      .option('--report <file>', Drawn.help.report)
      .option('--svg <folder>', Drawn.help.svg),
  )
    .addHelpText(
      'after',
      `
Example:
  knockdown tune --vary markup,keepPerStep,stepEvery --objective loss --budget 40 --csv runs.csv --save best.json`,
    )
    .action((flags: Tune.Flags, command: Command) => {
      done(Tune.tune(io, Scene.written(flags, command)))
    })

const sweep = (program: Command, done: Done, io: Io): Command =>
  common(
    program
      .command('sweep')
      .description('Try settings of terms all over their ranges, and say which are best.')
      .requiredOption('--vary <settings>', 'as for tune')
      .option('--terms <name|file>', 'the terms that are varied', Asked.defaults.terms)
      .option(
        '--objective <figures>',
        `what is to be little: ${Figures.names.join(', ')}; of several, with commas between, those settings that no other is better than in all`,
        Asked.defaults.objective,
      )
      .option('--grid <n>', 'try a grid of so many values of each setting')
      .option('--points <n>', 'try so many settings that fill their ranges evenly (default: 50)')
      .option('--seed <integer>', 'what the points are shifted by', '1')
      .option('--report <file>', Drawn.help.report)
      .option('--svg <folder>', Drawn.help.svg),
  )
    .addHelpText(
      'after',
      `
Example:
  knockdown sweep --vary markup,stepEvery --objective badDebt,ownersLoss --points 30 --csv sweep.csv`,
    )
    .action((flags: Sweep.Flags, command: Command) => {
      done(Sweep.sweep(io, Scene.written(flags, command)))
    })

const expect = (program: Command, done: Done, io: Io): Command =>
  common(
    program
      .command('expect')
      .description(
        'Run terms on days and seeds, or on a scenario, and say what is to be expected: each figure with its error, its quantiles and its worst part.',
      )
      .argument('<terms>', 'terms: a name, or JSON as `knockdown terms` prints it')
      .option('--unchecked', 'take terms that are known to lose money'),
  )
    .addHelpText(
      'after',
      `
Example:
  knockdown expect dutch-default --seeds 20 --capital 5000000`,
    )
    .action((name: string, flags: Asked.RunFlags, command: Command) => {
      done(Expect.expect(io, name, Scene.written(flags, command)))
    })

const compare = (program: Command, done: Done, io: Io): Command =>
  common(
    program
      .command('compare')
      .description(
        'Run two sets of terms on the same days and seeds, and say in which figures they differ.',
      )
      .argument('<a>', 'terms: a name, or JSON as `knockdown terms` prints it')
      .argument('<b>', 'the others')
      .option('--unchecked', 'take terms that are known to lose money')
      .option('--report <file>', Drawn.help.report)
      .option('--svg <folder>', Drawn.help.svg),
  )
    .addHelpText(
      'after',
      `
Example:
  knockdown compare dutch-default english-default --seeds 5`,
    )
    .action((a: string, b: string, flags: Contrast.Flags, command: Command) => {
      done(Contrast.contrast(io, a, b, Scene.written(flags, command)))
    })

/** These commands, in the order in which they are listed. */
export const adders: readonly ((program: Command, done: Done, io: Io) => Command)[] = [
  tune,
  sweep,
  compare,
  expect,
]
