/**
 * The commands that tune, on short days and few positions.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/Cli.js'
import type { Io } from '../../src/cli/Io.js'
import { Numbers } from '../../src/report/index.js'
import { Figures, Statistics } from '../../src/tuning/index.js'
import { days as folder } from './days.js'
import { inMemory } from './io.js'

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

const shared = '--days days --positions 8 --capital 20000 --seeds 2 --block 60'

/** Carries a command out; files that it writes are there afterwards. Asked to stop after so many checks, if it is. */
const tuned = async (
  argv: string,
  files: Record<string, string> = { ...folder },
  stopAfter = Infinity,
): Promise<Ran> => {
  let checks = 0
  const { err, io, out } = inMemory(files, () => ++checks > stopAfter)
  const status = await run(argv.split(' '), io)
  return { status, out: out(), err: err() }
}

const tune = `tune ${shared} --vary markup,stepEvery=30:300:log --budget 5`

test('TUN-14 tune says what is best, and how sure that is on days that were not searched', async () => {
  const { err, out, status } = await tuned(tune)
  expect(err).toBe('')
  expect(status).toBe(0)
  expect(out).toMatch(/^Settings of dutch-default with the least mean loss: 5 tried on 2 runs each/)
  expect(out).toContain('(days/1.csv; seeds 1 to 2)')
  expect(out).toContain('(days/2.csv; seeds 3 to 4)')
  expect(out).toMatch(/^markup +1\.2 +/m)
  expect(out).toMatch(/^best − in force +/m)
})

test('TUN-14 the JSON of it has terms that simulate takes', async () => {
  const { out } = await tuned(`${tune} --json`)
  const document = JSON.parse(out) as Record<string, Record<string, unknown>>
  expect(document).toMatchObject({ objective: 'loss', tried: 5, failed: [] })
  expect(Object.keys(document.settings?.best as object)).toEqual(['markup', 'stepEvery'])
  const files = { ...folder, 'best.json': JSON.stringify(document.terms) }
  const compared = await tuned(`compare dutch-default best.json ${shared} --json`, files)
  expect(compared.err).toBe('')
  expect(JSON.parse(compared.out)).toMatchObject({ a: 'dutch-default', b: 'best.json' })
})

test('TUN-15 what is stopped goes on from its rows, and ends as it would have', async () => {
  const whole = { ...folder }
  const at = { ...folder }
  const first = await tuned(`${tune} --csv runs.csv`, whole)
  const stopped = await tuned(`${tune} --csv runs.csv`, at, 2)
  expect(stopped.status).toBe(2)
  expect(stopped.err).toMatch(
    /^knockdown: stopped: \d+ runs are kept in runs\.csv; the same command goes on from there\n$/,
  )
  const kept = at['runs.csv'] ?? ''
  expect(kept.split('\n').length).toBeGreaterThan(2)
  expect(whole['runs.csv']?.startsWith(kept)).toBe(true)
  // What is kept is believed: it is not run again.
  const last = kept.trimEnd().split('\n').at(-1) ?? ''
  at['runs.csv'] = kept.replace(last, last.replace(/[^,]+$/, '7'))
  const second = await tuned(`${tune} --csv runs.csv`, at)
  expect(second.out).toBe(first.out)
  expect(at['runs.csv']).toContain(last.replace(/[^,]+$/, '7'))
})

test('TUN-17 debt that the best settings leave open is told: without money nothing is sold, and nothing lost', async () => {
  const poor = shared.replace('--capital 20000', '--capital 0 --until 3600')
  const argv = `tune ${poor} --vary markup --budget 3`
  const { out } = await tuned(argv)
  expect(out).toMatch(/^on the runs that were searched +0 +0 +0$/m)
  const [, left, inForce] =
    /^The best settings leave a debt of ([\d.,]+) open on average \(those in force ([\d.,]+)\), which is not in loss: docs\/metrics\.md\.$/m.exec(
      out,
    ) ?? []
  expect(left).toBeDefined()
  expect(left).toBe(inForce)
  const { open, searched } = JSON.parse((await tuned(`${argv} --json`)).out) as {
    open: { best: readonly number[]; inForce: readonly number[] }
    searched: { cases: readonly unknown[] }
  }
  expect(open.best.length).toBe(2 * searched.cases.length)
  expect(open.best).toEqual(open.inForce)
  expect(Numbers.shown(Statistics.mean(open.best))).toBe(left)
  expect((await tuned(`${argv} --objective open`)).out).not.toContain('leave a debt')
  const rich = tune.replace('--capital 20000', '--capital 20000000')
  expect((await tuned(rich)).out).not.toContain('leave a debt')

  const swept = `sweep ${poor} --vary markup=1.05:1.4 --grid 2`
  expect((await tuned(swept)).out).toMatch(
    /^The first settings leave a debt of [\d.,]+ open on average, which is not in loss: docs\/metrics\.md\.$/m,
  )
  expect((await tuned(`${swept} --objective loss,open`)).out).not.toContain('leave a debt')
  const { settings } = JSON.parse((await tuned(`${swept} --json`)).out) as {
    settings: readonly { open: number }[]
  }
  expect(settings.map((one) => one.open > 0)).toEqual([true, true])
})

test('TUN-7 sweep tells the settings with the least mean, or those that nothing is better than', async () => {
  const one = await tuned(`sweep ${shared} --vary markup=1.05:1.4 --grid 3`)
  expect(one.err).toBe('')
  expect(one.out).toMatch(/^3 settings of dutch-default, each on 2 runs/)
  expect(one.out.split('\n').filter((line) => /^1\./.test(line)).length).toBe(3)
  const two = await tuned(
    `sweep ${shared} --vary markup=1.05:1.4 --points 4 --objective badDebt,ownersLoss --json`,
  )
  const { settings } = JSON.parse(two.out) as {
    settings: { onFront: boolean; figures: Record<string, { mean: number }> }[]
  }
  expect(settings.length).toBe(4)
  expect(settings.some(({ onFront }) => onFront)).toBe(true)
})

test('TUN-3 compare of terms with themselves finds no difference', async () => {
  const { out } = await tuned(`compare dutch-default dutch-default ${shared}`)
  const differences = out.split('\n').filter((line) => /\(0 to 0\)$/.test(line))
  expect(differences.length).toBe(Figures.names.length)
})

test.each([
  [
    'tune --vary marcup=1:2',
    '--vary: found "marcup", wanted a setting of these terms, perhaps markup',
  ],
  [
    'tune --vary markup=2:1',
    '--vary: found "markup=2:1", wanted a range in which the first end is below the other',
  ],
  ['tune --vary markup=a:b', '--vary: found "markup=a:b", wanted name or name=from:to'],
  [
    'tune --vary minLeft',
    '--vary: found "minLeft", wanted name or name=from:to or name=from:to:log',
  ],
  ['tune --vary markup --objective los', '--objective: found "los", wanted one of loss, badDebt'],
  ['tune --vary markup --objective baddebt', 'cascadeDepth, largestDrop, perhaps badDebt\n'],
  ['tune --vary markup,markup=1.1:1.2', '--vary: found "markup", wanted each setting once'],
  [
    'sweep --vary markup --objective gas,gas',
    '--objective: found "gas,gas", wanted each figure once',
  ],
  [
    'tune --vary markup --budgett 3',
    "unknown option '--budgett' (Did you mean --budget?) (see knockdown tune --help)",
  ],
  ['twne', "unknown command 'twne' (Did you mean tune?) (see knockdown --help)"],
  [
    'tune --vary markup --save no/best.json',
    '--save: found "no/best.json", wanted a file that can be written: there is no such folder',
  ],
  [
    'tune --vary markup --save x.csv --csv ./x.csv',
    '--save: found "x.csv", wanted another file than that of --csv',
  ],
  [
    'tune --vary markup --csv no/runs.csv',
    '--csv: found "no/runs.csv", wanted a file that can be written: there is no such folder',
  ],
  ['expect dutch-defalt', 'maker-flipper, perhaps dutch-default, or a JSON file of terms'],
  ['tune --vary markup --days nowhere', '--days: found "nowhere", wanted a folder of CSV files'],
  [
    'tune --vary markup --days days --hold-out 3.csv',
    '--hold-out: found "3.csv", wanted one of several days',
  ],
  ['tune --vary markup --budget 0', '--budget: found "0", wanted a whole number from 1'],
  ['tune --vary markup --terms none', 'none: there is no such file, wanted one of dutch-default'],
  ['tune', "required option '--vary <settings>' not specified"],
  [
    'sweep --vary markup --grid 2 --points 2',
    '--points: found "2", wanted --grid or --points, not both',
  ],
  [
    'sweep --vary markup=3:4 --grid 2',
    '--vary: found "markup=3:4", wanted ranges in which some settings are safe',
  ],
  ['compare dutch-default none', 'none: there is no such file'],
])('what is wrong with %j is one line', async (argv, problem) => {
  const { err, out, status } = await tuned(argv)
  expect(err.split('\n').length).toBe(2)
  expect(err).toMatch(/^knockdown: /)
  expect(err).toContain(problem)
  expect(out).toBe('')
  expect(status).toBe(2)
})

test('TUN-15 a file of another command is refused, and stays as it is', async () => {
  const files = { ...folder, 'runs.csv': 'day,seed\n' }
  const { err, status } = await tuned(`${tune} --csv runs.csv`, files)
  expect(status).toBe(2)
  expect(err).toMatch(
    /^knockdown: runs\.csv:1: found "day,seed", wanted the columns day,seed,markup/,
  )
  expect(files['runs.csv']).toBe('day,seed\n')
})

test('TUN-15 rows are kept from the first on, or nothing is run: a file that cannot be read or written is told before', async () => {
  let ran = 0
  const at = async (parts: Partial<Io>, argv = `${tune} --csv runs.csv`) => {
    const { err, io, out } = inMemory({ ...folder, 'runs.csv': '', 'best.json': '' })
    const written: string[] = []
    const status = await run(argv.split(' '), {
      ...io,
      pool: (threads) => {
        const pool = io.pool(threads)
        return {
          ...pool,
          run: (job, trials) => {
            ran += trials.length
            return pool.run(job, trials)
          },
        }
      },
      write: (path) => {
        written.push(path)
        return E.right(undefined)
      },
      ...parts,
    })
    return { status, out: out(), err: err(), written }
  }
  const io = inMemory({ ...folder }).io
  const long: Partial<Io> = {
    read: (path) => (path === 'runs.csv' ? E.left('it is longer than all') : io.read(path)),
  }
  expect(await at(long)).toEqual({
    status: 2,
    out: '',
    err: 'knockdown: --csv: found "runs.csv", wanted a file that can be read: it is longer than all\n',
    written: [],
  })
  const full: Partial<Io> = { write: () => E.left('there is no room left') }
  expect(
    await at({ ...full, list: () => E.right([]) }, tune.replace('--days days ', '--csv runs.csv ')),
  ).toMatchObject({
    status: 2,
    err: 'knockdown: --csv: found "runs.csv", wanted a file that can be written: there is no room left\n',
  })
  expect(ran).toBe(0)

  // What was found is printed where the best terms cannot be kept.
  const found = await at(full, `${tune} --save best.json`)
  expect(found.status).toBe(2)
  expect(found.out).toContain('Settings of dutch-default with the least mean loss')
  expect(found.err).toBe(
    'knockdown: --save: found "best.json", wanted a file that can be written: there is no room left\n',
  )
  expect(ran).toBeGreaterThan(0)
})

test('TUN-15 a file that has the same settings of another command is refused, and left as it is', async () => {
  const sweep = `sweep ${shared} --vary markup=1.1:1.2 --grid 2 --csv runs.csv`
  const files: Record<string, string> = { ...folder }
  const first = await tuned(sweep, files)
  expect(first.err).toBe('')
  const kept = files['runs.csv']
  expect((await tuned(sweep, files)).out).toBe(first.out)
  for (const other of [
    sweep.replace('--capital 20000', '--capital 30000'),
    sweep.replace('--positions 8', '--positions 9'),
  ]) {
    const { err, status } = await tuned(other, files)
    expect(err).toMatch(
      /^knockdown: --csv: found "runs\.csv", wanted a file of this command: it has days\/1\.csv,1,1\.1 of another\n$/,
    )
    expect(status).toBe(2)
    expect(files['runs.csv']).toBe(kept)
  }
  const compare = `compare dutch-default english-default ${shared} --csv two.csv`
  expect((await tuned(compare, files)).err).toBe('')
  expect((await tuned(compare.replace('english-default', 'dutch-default'), files)).err).toContain(
    'of another',
  )
})
