/**
 * What --database names, and what is told where it cannot be opened.
 */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stores, whereOf } from '../../src/cli/Database.js'
import { parsed, session } from './live.js'

const wanted =
  'wanted a folder, a URL such as postgres://localhost/auctions, or memory: for a store that is gone with the process'

test('a folder, a server and memory are told apart, and no password is ever shown', () => {
  expect(whereOf('memory:')).toEqual(E.right({ _tag: 'Memory' }))
  const url = 'postgres://ann:s3cret@host:5432/x?sslmode=require'
  expect(whereOf(url)).toEqual(E.right({ _tag: 'Server', url }))
  expect(whereOf('postgresql:///x')).toEqual(E.right({ _tag: 'Server', url: 'postgresql:///x' }))
  for (const folder of ['auctions', './a b', '/var/lib/x', 'C:\\x', 'postgres'])
    expect(whereOf(folder)).toEqual(E.right({ _tag: 'Folder', folder }))
  const refused = (database: string): string | false => {
    const found = whereOf(database)
    return E.isLeft(found) && found.left
  }
  expect(refused('mysql://ann:s3cret@host/x')).toBe(`--database: found "mysql://host/x", ${wanted}`)
  expect(refused('postgres://ann:s3cret@host:port/x')).toBe(
    `--database: found "postgres://host:port/x", ${wanted}`,
  )
  expect(refused('')).toBe(`--database: found "", ${wanted}`)
  expect(refused('memory')).toBe(false)
})

test('an address without a scheme is no folder, and nothing of it that may be secret is shown', () => {
  const shown = {
    'ann:s3cret@localhost/x': 'localhost/x',
    'a:s3cret@localhost/x': 'localhost/x',
    's3cret@localhost': 'localhost',
    'ann:s3cret/s3@cret@localhost/x': 'localhost/x',
    '//ann:s3cret@localhost/x': 'localhost/x',
    'mysql://ann:s3 cret@localhost/x': 'mysql://localhost/x',
    'postgres://ann:s3 cret@host:port/x': 'postgres://host:port/x',
    'postgres:ann:s3cret@localhost/x': 'localhost/x',
    'postgres:/ann:s3cret@localhost/x': 'localhost/x',
    'host=localhost password=s3cret': 'host=localhost password=',
    "dbname=x password = 's3cret s3cret'": 'dbname=x password =',
  }
  for (const [database, found] of Object.entries(shown))
    expect(whereOf(database), database).toEqual(
      E.left(`--database: found ${JSON.stringify(found)}, ${wanted}`),
    )
  for (const folder of ['./ann@home', '/var/ann@home/x', 'C:\\ann@home'])
    expect(whereOf(folder)).toEqual(E.right({ _tag: 'Folder', folder }))
})

describe('a database', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'knockdown-database-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  const run = (argv: string, input = '') => session(argv.split(' '), { stores, input })

  test('PRT-3 in a folder is made, kept, followed, and listed', async () => {
    const database = `--database ${join(folder, 'd')}`
    expect(await run(`lots ${database}`)).toEqual({
      status: 2,
      out: '',
      err: `knockdown: --database: found "${join(folder, 'd')}", wanted a folder that is there\n`,
    })
    expect(await run(`migrate ${database}`)).toEqual({
      status: 0,
      out: 'The tables are up to date.\n',
      err: '',
    })
    const ask = '{"id":"q","ask":{"_tag":"Quote","asset":"ETH","risk":"1","market":"1"}}\n'
    const first = await run(`engine ${database} --grant prices`, ask)
    expect(parsed(first.out)).toMatchObject([{ id: 'q', refusal: { _tag: 'NotEstablished' } }])
    expect((await run(`lots ${database}`)).out).toContain('no lot is open')
  }, 60_000)

  test('of a server that does not answer is told in one line', async () => {
    const { err, out, status } = await run('lots --database postgres://ann:s3cret@127.0.0.1:1/x')
    expect([status, out]).toEqual([2, ''])
    expect(err).toMatch(/^knockdown: the store does not answer: [^\n]*ECONNREFUSED[^\n]*\n$/)
    expect(err).not.toContain('s3cret')
  })

  test('is made in no folder of something else, and in no file', async () => {
    const foreign = join(folder, 'foreign')
    mkdirSync(foreign)
    const file = join(foreign, 'file')
    writeFileSync(file, 'something else')
    const told = {
      [foreign]: 'a database, an empty folder or a new one: this has other files',
      [file]: 'a folder: this is a file',
    }
    for (const [place, right] of Object.entries(told))
      for (const command of ['engine', 'migrate', 'lots'])
        expect(await run(`${command} --database ${place}`), `${command} ${place}`).toEqual({
          status: 2,
          out: '',
          err: `knockdown: --database: found "${place}", wanted ${right}\n`,
        })
    expect(readdirSync(foreign)).toEqual(['file'])
  })

  test('is not migrated for a role without a name, or with one that PostgreSQL would cut', async () => {
    for (const role of ['', 'r'.repeat(64), 'é'.repeat(32)])
      expect(
        await session(['migrate', '--database', join(folder, 'roles'), '--role', role], {
          stores,
          input: '',
        }),
      ).toEqual({
        status: 2,
        out: '',
        err: `knockdown: --role: found "${role}", wanted the name of a role, of 1 to 63 bytes\n`,
      })
  })

  test('in memory has no tables to migrate', async () => {
    expect(await run('migrate --database memory:')).toMatchObject({
      status: 2,
      err: 'knockdown: --database: found "memory:", wanted a folder or a URL: memory has no tables\n',
    })
  })
})
