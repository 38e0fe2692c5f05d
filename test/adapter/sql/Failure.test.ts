import { expect, test } from 'vitest'
import * as Failure from '../../../src/adapter/sql/Failure.js'

test('what a driver throws is one line without what is secret', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['no way to postgres://kim:se/same@host/x:\n  at once', 'no way to postgres://host/x: at once'],
    ['bad option password=sesame here', 'bad option password here'],
    [
      'password authentication failed for user "kim"',
      'password authentication failed for user "kim"',
    ],
  ]
  for (const [message, why] of cases)
    expect(Failure.of(new Error(message))).toEqual({ _tag: 'Unavailable', what: 'store', why })
  const refused = new AggregateError([new Error('connect ECONNREFUSED ::1:1')], '')
  expect(Failure.of(refused)).toMatchObject({ why: 'connect ECONNREFUSED ::1:1' })
  expect(Failure.of('odd')).toMatchObject({ why: 'odd' })
})
