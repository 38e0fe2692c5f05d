/**
 * What the contracts did, done again: here every tenth scenario, in .ci/run all of them.
 */

import { describe, expect, test } from 'vitest'
import { files, linesOf } from './dss.js'
import { replay } from './replay.js'

/** The files, and how many scenarios each has. */
const scenarios = {
  'abacus.jsonl.gz': 1856,
  'clip.jsonl.gz': 436,
  'dog.jsonl.gz': 300,
  'flap.jsonl.gz': 150,
  'flip.jsonl.gz': 300,
  'flop.jsonl.gz': 150,
}

test('all six files are there, whole', () => {
  expect(Object.fromEntries(files.map((file) => [file, linesOf(file).length]))).toEqual(scenarios)
})

describe('every tenth scenario is as recorded', () => {
  test.each(files)('MKR-2 %s', (file) => {
    const tenth = linesOf(file).filter((_, i) => i % 10 === 0)
    const replayed = tenth.map((line) => replay(JSON.parse(line)))
    expect(
      replayed.flatMap(({ id, mismatches }) => mismatches.map((one) => ({ id, ...one }))),
    ).toEqual([])
    expect(replayed.length).toBeGreaterThanOrEqual(15)
    expect(replayed.every(({ steps }) => steps > 0)).toBe(true)
  })
})
