/**
 * Of many processes that want a folder one has it, whichever of them is killed.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as FolderLock from '../../../src/adapter/sql/FolderLock.js'
import { type Child, compiled, type Programs } from './children.js'

const temporary = mkdtempSync(join(tmpdir(), 'knockdown-lock-'))
let programs: Programs
beforeAll(() => {
  programs = compiled()
})
afterAll(async () => {
  await programs.remove()
  rmSync(temporary, { recursive: true })
})

let folders = 0
const next = (): string => join(temporary, `${(folders += 1)}`)
const lockOf = (folder: string): string => join(folder, 'knockdown.lock')

/** Takes each folder that it is told of, and lets go of it when it is told no name. */
const taker = `
  let release = () => undefined
  console.log('here')
  for await (const folder of hear)
    if (folder === '') {
      release()
      console.log('free')
    } else
      try {
        release = FolderLock.take(folder)
        console.log('held')
      } catch (error) {
        console.log(error.message)
      }
`

const start = async (): Promise<Child> => {
  const child = programs.start(taker)
  await child.hear()
  return child
}

const take = async (child: Child, folder: string): Promise<string> => {
  child.say(folder)
  return child.hear()
}

test('who has a folder is named, until it lets go', async () => {
  const folder = next()
  const child = await start()
  expect(await take(child, folder)).toBe('held')
  const words = `${folder}: process ${child.pid} has it open`
  expect(() => FolderLock.take(folder)).toThrow(words)
  expect(await take(child, folder)).toBe(words)
  expect(await take(child, '')).toBe('free')
  expect(readdirSync(folder)).toEqual([])
  const release = FolderLock.take(folder)
  expect(await take(child, folder)).toBe(`${folder}: process ${process.pid} has it open`)
  release()
  expect(await take(child, folder)).toBe('held')
})

test('a folder of a process that was killed is free', async () => {
  const folder = next()
  for (const time of ['first', 'second', 'third']) {
    const child = await start()
    expect(await take(child, folder), time).toBe('held')
    expect(readdirSync(folder)).toEqual(['knockdown.lock'])
    await child.kill()
  }
  FolderLock.take(folder)()
  expect(readdirSync(folder)).toEqual([])
})

test('a folder of a process whose number another has now is free', () => {
  const folder = next()
  FolderLock.take(folder)
  const holder = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as object
  writeFileSync(lockOf(folder), JSON.stringify({ ...holder, began: 'long ago' }))
  FolderLock.take(folder)()
})

test('of a process on another machine nothing is known: it has the folder', () => {
  const folder = next()
  FolderLock.take(folder)
  const holder = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as object
  writeFileSync(lockOf(folder), JSON.stringify({ ...holder, pid: 7, host: 'elsewhere' }))
  expect(() => FolderLock.take(folder)).toThrow(
    `${folder}: process 7 on elsewhere has it open; if that is gone, remove ${lockOf(folder)}`,
  )
})

test('of a process whose number counts in another container nothing is known: it has the folder', () => {
  const folder = next()
  FolderLock.take(folder)
  const holder = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as object
  writeFileSync(lockOf(folder), JSON.stringify({ ...holder, began: 'long ago', space: 'pid:[7]' }))
  expect(() => FolderLock.take(folder)).toThrow(
    `${folder}: process ${process.pid} in another container of ${hostname()} has it open; if that is gone, remove ${lockOf(folder)}`,
  )
})

test('a lock that names no process is named, and what to do', () => {
  for (const text of ['', '{"token":"t"', '{}', 'null']) {
    const folder = next()
    FolderLock.take(folder)
    writeFileSync(lockOf(folder), text)
    expect(() => FolderLock.take(folder), text).toThrow(
      `${lockOf(folder)} names no process; if none has the folder open, remove it`,
    )
    rmSync(lockOf(folder))
    FolderLock.take(folder)()
  }
})

test('of many that find a folder whose holder is gone one has it', async () => {
  const children = await Promise.all(Array.from({ length: 4 }, start))
  const gone = await start()
  await gone.kill()
  for (let round = 0; round < 100; round += 1) {
    const folder = next()
    FolderLock.take(folder)
    const own = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as object
    const holder = { ...own, token: `t${round}`, pid: gone.pid, began: 'long ago' }
    writeFileSync(lockOf(folder), JSON.stringify(holder))
    const answers = await Promise.all(children.map((child) => take(child, folder)))
    const holds = answers.indexOf('held')
    expect(answers.filter((answer) => answer === 'held')).toEqual(['held'])
    const words = `${folder}: process ${children[holds]?.pid} has it open`
    expect(answers.filter((answer) => answer !== 'held')).toEqual([words, words, words])
    expect(readdirSync(folder)).toEqual(['knockdown.lock'])
  }
})

test('many that take and let go of a folder again and again never have it together', async () => {
  const folder = next()
  FolderLock.take(folder)()
  const inside = join(folder, 'inside')
  const program = `
    import { closeSync, openSync, rmSync } from 'node:fs'
    let turns = 0
    while (turns < 100) {
      let release
      try {
        release = FolderLock.take('${folder}')
      } catch {
        continue
      }
      closeSync(openSync('${inside}', 'wx'))
      rmSync('${inside}')
      release()
      turns += 1
    }
    console.log('done')
  `
  const children = Array.from({ length: 4 }, () => programs.start(program))
  expect(await Promise.all(children.map(({ hear }) => hear()))).toEqual(Array(4).fill('done'))
  expect(readdirSync(folder)).toEqual([])
})
