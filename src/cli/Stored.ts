/**
 * Stored: the commands that work on a store of events, as the command line has them.
 */

import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Schemas } from '../codec/index.js'
import { EngineSchemas, Engine as Engines } from '../engine/index.js'
import * as Engine from './Engine.js'
import { type Io, mismatch, type Problem, type Roles } from './Io.js'
import * as Lots from './Lots.js'
import * as Payments from './Payments.js'
import * as Verify from './Verify.js'
import * as Work from './Work.js'

/** What a command comes to: the status that the process ends with, or why it was not carried out. */
export type Outcome = E.Either<Problem, 0 | 1 | 2> | Promise<E.Either<Problem, 0 | 1 | 2>>

type Add = (program: Command, done: (outcome: Outcome) => void, io: Io) => void

const database = [
  '--database <folder|url>',
  'where the events are: a folder, which no other process has open; postgres://user@host/name; or memory:, which is gone with the process',
] as const

const engine: Add = (program, done, io) =>
  program
    .command('engine')
    .description(
      'Carry out commands from standard input, each a line of JSON, and answer each by a line; or follow what is stored.',
    )
    .requiredOption(...database)
    .option(
      '--terms <folder>',
      'put the JSON files of terms in it in force first: one file a version of a line, one of the treasury; its tokens.json says in how many decimal places money and tokens are paid',
    )
    .option(
      '--grant <list>',
      `what the commands may do besides bidding, with commas between: ${Engines.authorities.join(', ')}`,
    )
    .option('--unchecked', 'take terms that are known to lose money')
    .option(
      '--max-price-age <seconds>',
      'from which age on a price is stale',
      Engine.defaults.maxPriceAge,
    )
    .option(
      '--skew <seconds>',
      'how far the clock may be behind what a command touches',
      Engine.defaults.skew,
    )
    .option(
      '--follow',
      'read no commands; print a line for every event there is and then for each as it comes, from whichever process',
    )
    .option('--after <cursor>', 'with --follow, go on after a cursor that it printed')
    .option('--batch <n>', 'how many lines are handled together at most', Engine.defaults.batch)
    .addHelpText(
      'after',
      `
Lines that come together are stored together, and each is answered by one line, in their order:
  {"id": …, "events": […]}          what happened: stream, sequence and event of each
  {"id": …, "refusal": {…}}         why nothing happened: _tag, rule and facts
  {"id": …, "failure": {…}}         the store does not answer: the same line may come again
  {"line": 7, "problem": {…}}       the line is none: rule, field, found and wanted; an empty one, one that is
                                    longer than 1 MiB, and one that is not UTF-8 are such lines too
A command is done once: the same line again has the same answer. knockdown schema tells what may stand in lines.

With --follow a line is {"cursor": …, "stream": …, "sequence": …, "command": …, "event": {…}}. Events that were read
together have one cursor, on their last line. It ends when it is asked to (SIGTERM), or when nobody reads it.

The file terms/tokens.json: {"money": 6, "tokens": [{"token": "ETH", "places": 18}]}
The file terms/treasury.json: {"line": "TREASURY", "version": 1, "width": "unbounded", "wait": "3600", "surplus": {"token": "GOV", "lot": "10000", "buffer": "50000", "limit": "30000", "minFirstBid": "1", "sale": {"_tag": "English", "minRaise": "0.05", "bidLasts": "10800", "lasts": "172800", "ending": {"_tag": "Extended", "by": "10800", "hardEnd": "345600"}, "reserve": "0", "held": "escrow", "growth": "0", "edges": "halfOpen"}}, "debt": {"token": "GOV", "lot": "50000", "tokens": "250", "sale": {"_tag": "English", "minRaise": "0.05", "bidLasts": "10800", "lasts": "172800", "ending": {"_tag": "Extended", "by": "10800", "hardEnd": "345600"}, "reserve": "0", "held": "escrow", "growth": "0.5", "edges": "halfOpen"}}}
The file commands.jsonl: {"id": "price 1", "ask": {"_tag": "Quote", "asset": "ETH", "risk": "150", "market": "150"}}

Example:
  knockdown terms dutch-default > terms/eth.json
  knockdown engine --database auctions --terms terms --grant prices < commands.jsonl`,
    )
    .action((flags: Engine.Flags) => {
      done(Engine.engine(io, flags))
    })

const lots: Add = (program, done, io) =>
  program
    .command('lots')
    .description(
      'List the lots that are open: what each costs now, what is bid, and the time left.',
    )
    .requiredOption(...database)
    .option('--watch', 'go on: print them again whenever they change; on a terminal, every second')
    .option('--json', 'print each list as one line of JSON with exact figures')
    .option(
      '--at <time>',
      'what they cost at another time: seconds since 1970, or a time such as 2020-03-12T18:30:00Z',
    )
    .addHelpText(
      'after',
      `
The time left of a lot that is sold at a falling price is until it is stale; of one that is sold by bids, until
the best bid has won or the auction is over.

Example:
  knockdown lots --database auctions`,
    )
    .action((flags: Lots.Flags) => {
      done(Lots.lots(io, flags))
    })

const payments: Add = (program, done, io) =>
  program
    .command('payments')
    .description('Hand out payments that were not sent yet, and note those that come back as sent.')
    .requiredOption(...database)
    .option('--json', 'print lines of JSON, as without it')
    .option('--follow', 'go on: print payments as they come')
    .option('--batch <n>', 'how many payments are handed out together', Engine.defaults.batch)
    .addHelpText(
      'after',
      `
Each payment is a line of JSON: its key, the stream and sequence of the event that it follows from, whether to
"collect" or "pay", the party, the token and how many whole units of it. Standard input says what became of each:
  {"sent": "<key>"}      it was carried out: it is noted, and does not come again
  {"unsent": "<key>"}    it was not: it comes again
When all that were handed out together are answered, the next ones come; where input ends, the others come again
when the command runs again. A payment may so come twice, always with the same key: carry it out once for each key.
Nobody else has a payment in hand meanwhile.

The file income.jsonl: {"id": "income 1", "ask": {"_tag": "ToTreasury", "command": {"_tag": "Receive", "from": "fees", "amount": "1500"}}}

Example:
  knockdown engine --database auctions --grant treasury < income.jsonl
  knockdown payments --database auctions`,
    )
    .action((flags: Payments.Flags) => {
      done(Payments.payments(io, flags))
    })

const migrate: Add = (program, done, io) =>
  program
    .command('migrate')
    .description('Make the tables of a database, or bring them up to date.')
    .requiredOption('--database <folder|url>', 'a folder, or postgres://user@host/name')
    .option(
      '--role <name>',
      'a role, which is made if need be, that may then carry out commands, and never change or remove an event',
    )
    .option(
      '--workers <name>',
      'a role, which is made if need be, that may then put tasks there and carry them out, and sees no event',
    )
    .addHelpText('after', '\nExample:\n  knockdown migrate --database auctions')
    .action(({ database, ...roles }: Roles & { readonly database: string }) => {
      done(
        pipe(
          io.live().stores.migrate(database, roles),
          TE.map((): 0 => {
            io.out('The tables are up to date.\n')
            return 0
          }),
        )(),
      )
    })

const verify: Add = (program, done, io) =>
  program
    .command('verify')
    .description('Fold a whole store again and say whether it is as it should be.')
    .requiredOption(...database)
    .option('--anchor <file>', 'a checkpoint that was kept elsewhere: the store must still have it')
    .option('--save-anchor <file>', 'where nothing is wrong, keep the last checkpoint in a file')
    .option('--json', 'print the counts, and what is wrong, as one line of JSON')
    .addHelpText(
      'after',
      `
It checks hashes, checkpoints, the transfers and payments of every event, totals, snapshots, outcomes, and every law of
the accounts, and names the first thing that is wrong; its status is 1 then.

Example:
  knockdown verify --database auctions --save-anchor anchor.json
  knockdown verify --database auctions --anchor anchor.json`,
    )
    .action((flags: Verify.Flags) => {
      done(Verify.verify(io, flags))
    })

const schemas = { ...Schemas.schemas, ...EngineSchemas.schemas }

const schema: Add = (program, done, io) =>
  program
    .command('schema')
    .description('The JSON Schemas of what is read and written, or one of them.')
    .argument('[name]', Object.keys(schemas).join(', '))
    .addHelpText('after', '\nExample:\n  knockdown schema request')
    .action((name: string | undefined) => {
      const known = Object.entries(schemas).find(([one]) => one === name)?.[1]
      if (name !== undefined && known === undefined) {
        done(E.left(mismatch('schema', name, Object.keys(schemas).join(', '))))
        return
      }
      io.out(`${JSON.stringify(known ?? schemas, null, 2)}\n`)
      done(E.right(0))
    })

const work: Add = (program, done, io) =>
  program
    .command('work')
    .description('Carry out the runs that tune, sweep, compare and expect put into a database.')
    .requiredOption('--database <url>', 'postgres://user@host/name')
    .option('--threads <n>', 'how many threads; 0: as many as there are processors', '0')
    .option('--once', 'end when no task is left, instead of waiting for more')
    .addHelpText(
      'after',
      `
Start it on as many machines as you like. A task is taken by one worker at a time, and its result is stored once; where a worker
is gone, however it ended, its tasks go to the others. One that cannot be carried out is marked as failed, with the reason.
It ends when it is asked to (Ctrl-C): the tasks in hand go back.

Example:
  knockdown work --database postgres://localhost/tuning --once`,
    )
    .action((flags: Work.Flags) => {
      done(Work.work(io, flags))
    })

/** In the order in which they are listed. */
export const adders: readonly Add[] = [engine, lots, payments, migrate, verify, work, schema]
