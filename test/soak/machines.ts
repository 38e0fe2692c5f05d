/**
 * Machines: processes that carry out the runs of a command at a database, killed with -9 while they do.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import { Client } from 'pg'
import type { Random } from '../random.js'

/** What there was in the end. */
export interface Outcome {
  readonly kills: number
  readonly tasks: number
  readonly finished: number
  readonly failed: number
  readonly attempts: number
  /** Tasks of which more than one end was stored. */
  readonly doubled: number
  /** What the command printed. */
  readonly out: string
}

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<{ readonly status: number | null; readonly out: string }>
  readonly isOver: () => boolean
}

const running = new Set<ChildProcess>()

/** None outlives its parent. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** The command line as a process of its own. */
export const start = (program: string, argv: readonly string[]): Running => {
  const child = spawn(process.execPath, [program, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  let out = ''
  let isOver = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  return {
    child,
    isOver: () => isOver,
    ended: new Promise((resolve) => {
      child.once('close', (status) => {
        isOver = true
        running.delete(child)
        resolve({ status, out })
      })
    }),
  }
}

const counts = `select (select count(*) from knockdown.tasks)::int as tasks,
  (select count(*) from knockdown.tasks where result is not null)::int as finished,
  (select count(*) from knockdown.tasks where failure is not null)::int as failed,
  (select count(*) from knockdown.attempts)::int as attempts,
  (select count(*) from (select from ends group by job, task having count(*) > 1) as more)::int as doubled`

/** Every end that is stored is noted as well, by the server itself. */
const noting = `
  create table ends (job text, task text);
  create function note_end() returns trigger language plpgsql as
    'begin insert into public.ends values (new.job, new.task); return new; end';
  create trigger note_end after update on knockdown.tasks
    for each row when (new.finished_at is not null) execute function note_end()`

/** Workers by turns are killed as soon as they have begun a few tasks, some moments later. */
export const killed = async (
  program: string,
  url: string,
  argv: readonly string[],
  kills: number,
  random: Random,
): Promise<Outcome> => {
  const client = new Client(url)
  await client.connect()
  await client.query(noting)
  const begunBy = async ({ pid }: ChildProcess): Promise<number> => {
    const { rows } = await client.query<{ begun: number }>(
      'select count(*)::int as begun from knockdown.attempts where worker like $1',
      [`% ${pid}`],
    )
    return rows[0]?.begun ?? 0
  }
  const worker = (): Running => start(program, ['work', '--threads', '1', '--database', url])
  const asks = start(program, [...argv, '--database', url])
  const workers = [worker(), worker()]
  for (let kill = 0; kill < kills; kill += 1) {
    const [doomed] = workers.splice(0, 1) as [Running]
    const enough = 1 + random.below(3)
    while ((await begunBy(doomed.child)) < enough)
      if (asks.isOver()) throw new Error(`the work was done after ${kill} kills`)
    for (let moments = random.below(40); moments > 0; moments -= 1) await client.query('select 1')
    doomed.child.kill('SIGKILL')
    await doomed.ended
    workers.push(worker())
  }
  const { out, status } = await asks.ended
  if (status !== 0) throw new Error(`the command ended with ${status}`)
  for (const { child, ended } of workers) {
    child.kill('SIGINT')
    if ((await ended).status !== 0) throw new Error('a worker did not end well')
  }
  const { rows } = await client.query<Omit<Outcome, 'kills' | 'out'>>(counts)
  await client.end()
  return { kills, out, ...(rows[0] as Omit<Outcome, 'kills' | 'out'>) }
}
