/**
 * The fold of an audit, one entry at a time: what is wrong is named by the rule that it breaks first.
 */

import { expect, test } from 'vitest'
import { Chain, type Port, Record } from '../../src/engine/index.js'
import * as AuditFold from '../../src/engine/AuditFold.js'
import { accountingOpened, accountingTaken } from '../examples/accounting.js'

const entryOf = (record: Record.Record, after: Chain.End = Chain.start): Port.Entry =>
  Chain.link(after, { stream: Record.streamOf(record), command: 'c', ...Record.write(record) })

const faultOf = (
  entries: readonly Port.Entry[],
  snapshots: ReadonlyMap<string, Port.Snapshot> = new Map(),
): AuditFold.Fault | undefined => {
  const fold = AuditFold.begin(snapshots, undefined)
  return entries.reduce<AuditFold.Fault | undefined>(
    (fault, entry) => fault ?? AuditFold.next(fold, entry, [], []),
    undefined,
  )
}

test('PRT-15 a lot that its first entry does not open is named by that', () => {
  const taken = entryOf(accountingTaken)
  expect(faultOf([taken])).toEqual({
    rule: 'PRT-3',
    where: `${taken.stream} #1`,
    what: 'a lot',
    expected: 'opened by its first entry',
    found: 'Taken',
  })
})

test('PRT-15 a seizure of a position that nobody held is named by that', () => {
  expect(faultOf([entryOf(accountingOpened)])).toMatchObject({
    rule: 'PRT-11',
    what: 'the position',
    expected: 'one that is held',
  })
})

test('PRT-15 a snapshot in a format that is not known is named, one in an older format is not read', () => {
  const quoted = entryOf({
    _tag: 'Quoted',
    at: 7,
    asset: 'ETH',
    risk: 1n as never,
    market: 1n as never,
  })
  const { hash, sequence, stream } = quoted
  const of = (format: number) =>
    faultOf([quoted], new Map([[stream, { stream, sequence, hash, format, state: '{}' }]]))
  expect(of(Record.format + 1)).toMatchObject({
    rule: 'PRT-17',
    what: 'the format of the snapshot',
  })
  expect(of(Record.format)).toMatchObject({ rule: 'PRT-18' })
  expect(of(Record.format - 1)).toBeUndefined()
})
