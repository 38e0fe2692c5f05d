import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Csv, LogLines } from '../../src/codec/index.js'
import { Replay } from '../../src/maker/index.js'
import { linesOf } from '../vectors/dss.js'
import { logOf } from '../vectors/log.js'
import { object } from '../vectors/read.js'

const replayed = (text: string): Replay.Replayed => {
  const log = LogLines.parse(text)
  if (E.isLeft(log)) throw new Error(Csv.render('log')(log.left))
  return Replay.replay(log.right.terms, log.right.lines)
}

for (const file of ['clip.jsonl.gz', 'dog.jsonl.gz'])
  for (const isFed of [true, false])
    test(`LOG-11 every recorded scenario of ${file} is a log without a difference${isFed ? '' : ', and without the prices that starts read'}`, () => {
      let events = 0,
        changes = 0
      const diffs: unknown[] = []
      for (const line of linesOf(file)) {
        const sc = object(JSON.parse(line), 'scenario')
        const text = logOf(sc, isFed)
        const r = replayed(text)
        events += r.events
        changes += r.changes
        if (r.differences.length) diffs.push([sc['id'], r.differences])
      }
      console.log(file, isFed, events, changes, diffs.length)
      expect(diffs.slice(0, 3)).toEqual([])
    })
