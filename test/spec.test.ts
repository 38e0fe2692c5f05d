/**
 * Every example of spec/ comes out as the spec says.
 */

import { describe, expect, test } from 'vitest'
import { evaluate, examples, pages } from './spec.js'

for (const page of pages)
  describe(page.name, () => {
    test(`${page.name} has examples`, () => {
      expect(examples(page)).not.toEqual([])
    })

    for (const { expected, expression, line, rule } of examples(page))
      test(`${rule}: ${line}`, () => {
        expect(expected).not.toBe('')
        expect(evaluate(expression)).toStrictEqual(evaluate(expected))
      })
  })

test('a wrong example is noticed', () => {
  const [example] = examples({ name: 'x', text: '**FIX-1** x\n\n```example\n1n // 2n\n```\n' })
  expect(example).toEqual({ rule: 'FIX-1', line: '1n // 2n', expression: '1n', expected: '2n' })
  expect(evaluate('1n')).not.toStrictEqual(evaluate('2n'))
  expect(evaluate('new Map([[1, 2n]])')).not.toStrictEqual(evaluate('new Map([[1, 3n]])'))
  expect(() => evaluate('1 +')).toThrow(SyntaxError)
})
