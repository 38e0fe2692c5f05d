/**
 * Stored: the commands that work on a store of events, as the command line has them.
 */

import type { Command } from 'commander'
import type * as E from 'fp-ts/lib/Either.js'
import { Engine as Engines } from '../engine/index.js'
import * as Engine from './Engine.js'
import type { Io, Problem } from './Io.js'

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

/** In the order in which they are listed. */
export const adders: readonly Add[] = [engine]
