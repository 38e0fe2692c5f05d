/**
 * The commands of docs/tuning.md, one after the other, print what stands below them; and the script of it runs.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { run } from '../../src/cli/Cli.js'
import { root } from '../spec.js'
import { inMemory } from './io.js'

const page = readFileSync(join(root, 'docs/tuning.md'), 'utf8')

/** A command, and what the page shows of what it prints: all, or nothing. */
const steps = [
  ...page.matchAll(/^```sh\nknockdown ([^\n]*)\n```\n(?:```text\n([^]*?)^```$)?/gm),
].map(([, command = '', expected]) => [command, expected] as const)

test('the walk-through of docs/tuning.md prints what it says', async () => {
  expect(steps.length).toBe(7)
  let drawn = ''
  const files: Record<string, string> = {}
  for (const [command, expected] of steps) {
    const { err, io, out } = inMemory(files)
    expect(await run(command.split(' '), io)).toBe(0)
    expect(err()).toBe('')
    expect(out()).toBe(expected ?? out())
    if (command.includes('--report day.html')) drawn = out()
  }
  expect(drawn).toMatch(/\n6 pictures: day\.html\n$/)
  expect(Object.keys(files)).toEqual([
    'runs.csv',
    'best.json',
    'both.html',
    'front.html',
    'day.html',
    'day.jsonl',
  ])
})

test('examples/tune.ts finds settings', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import('../../examples/tune.js')
  const told = log.mock.calls.map(([line]) => String(line))
  log.mockRestore()
  expect(told.length).toBe(3)
  expect(told.every((line) => /^markup 1\.\d+, stepEvery \d+: \d+$/.test(line))).toBe(true)
})
