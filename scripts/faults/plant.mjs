/**
 * Where faults can be planted in a file, and what is put there: each is a part of the text and what replaces it.
 */

import { basename } from 'node:path'
import ts from 'typescript'

/** Replaces a part of a text. */
const fault = (kind, node, text, what) => ({
  kind,
  start: node.getStart(),
  end: node.getEnd(),
  text,
  what,
})

const flips = new Map([
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['===', '!=='],
  ['!==', '==='],
  ['&&', '||'],
  ['||', '&&'],
])

const swaps = new Map([
  ['floor', 'ceil'],
  ['ceil', 'floor'],
])

const short = (text) => {
  const flat = text.replaceAll(/\s+/g, ' ')
  return flat.length > 60 ? `${flat.slice(0, 57)}...` : flat
}

/** Another value of the same type, if there is one to be had. */
const other = (checker, expression) => {
  const type = checker.getTypeAtLocation(expression)
  const text = `(${expression.getText()})`
  const parts = type.isUnion() ? type.types : [type]
  const has = (flag) =>
    parts.some((part) => (checker.getBaseTypeOfLiteralType(part).flags & flag) !== 0)
  const bigint = parts.some((part) =>
    (part.isIntersection() ? part.types : [part]).some(
      (one) => (one.flags & ts.TypeFlags.BigIntLike) !== 0,
    ),
  )
  const orNone = (more, first) =>
    has(ts.TypeFlags.Undefined) ? `(${text} === undefined ? ${first} : ${more})` : more
  if (bigint) return orNone(`${text} + 1n`, '1n')
  if (has(ts.TypeFlags.NumberLike)) return orNone(`${text} + 1`, '1')
  if (has(ts.TypeFlags.StringLike)) return orNone(`${text} + '!'`, `'!'`)
  if (has(ts.TypeFlags.BooleanLike)) return `!${text}`
  if (has(ts.TypeFlags.Undefined)) return `(${text} === undefined ? { fault: 1 } : undefined)`
  return has(ts.TypeFlags.Object) && !checker.isArrayType(type)
    ? `({ ...${text}, fault: 1 })`
    : undefined
}

/** A statement that refuses: `if (…) return …`. */
const isCheck = (node) =>
  ts.isIfStatement(node) &&
  node.elseStatement === undefined &&
  (ts.isReturnStatement(node.thenStatement) ||
    (ts.isBlock(node.thenStatement) &&
      ts.isReturnStatement(node.thenStatement.statements[0] ?? node)))

const exchanged = ({ statements }) =>
  statements.flatMap((statement, i) => {
    if (!isCheck(statement)) return []
    const later = statements.findIndex(
      (one, j) => j > i && !ts.isVariableStatement(one) && !ts.isFunctionDeclaration(one),
    )
    const second = statements[later]
    if (second === undefined || !isCheck(second)) return []
    const between = statements.slice(i + 1, later).map((one) => one.getText())
    return [
      {
        kind: 'order',
        start: statement.getStart(),
        end: second.getEnd(),
        text: [...between, second.getText(), statement.getText()].join('\n'),
        what: `${short(second.expression.getText())} before ${short(statement.expression.getText())}`,
      },
    ]
  })

const inObject = (checker, node) =>
  node.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property))
      return [fault('fact', property, '', `without ${short(property.getText())}`)]
    const name = property.name?.getText()
    if (name === undefined) return []
    if (ts.isShorthandPropertyAssignment(property)) {
      const changed = other(checker, property.name)
      return changed === undefined
        ? []
        : [fault('fact', property, `${name}: ${changed}`, `${name} changed`)]
    }
    const value = property.initializer
    if (value === undefined || ts.isObjectLiteralExpression(value)) return []
    const changed = other(checker, value)
    return changed === undefined
      ? []
      : [fault('fact', property, `${name}: ${changed}`, `${name} changed`)]
  })

const hasTag = (node) => node.properties.some((property) => property.name?.getText() === '_tag')

const inMove = (checker, node) => {
  const [asset, from, to, amount] = node.arguments.map((argument) => argument.getText())
  const moved = `${asset}: ${short(from)} to ${short(to)}`
  return [
    fault('move', node, `move(${asset}, ${to}, ${from}, ${amount})`, `${moved}, the other way`),
    fault('move', node, `move(${asset}, ${from}, ${to}, (${amount}) + 1n)`, `${moved}, one more`),
    ...(ts.isArrayLiteralExpression(node.parent)
      ? [fault('move', node, '...[]', `${moved}, left out`)]
      : []),
  ]
}

/** All faults that can be planted in a file. */
export const faultsIn = (checker, file) => {
  const found = []
  const visit = (node) => {
    if (ts.isBlock(node)) found.push(...exchanged(node))
    if (isCheck(node))
      found.push(fault('check', node, '', `without ${short(node.expression.getText())}`))
    if (ts.isBinaryExpression(node)) {
      const flipped = flips.get(node.operatorToken.getText())
      if (flipped !== undefined)
        found.push(
          fault('compare', node.operatorToken, flipped, `${short(node.getText())}: ${flipped}`),
        )
    }
    if (ts.isStringLiteral(node) && swaps.has(node.text) && ts.isCallExpression(node.parent))
      found.push(
        fault(
          'round',
          node,
          `'${swaps.get(node.text)}'`,
          `${short(node.parent.getText())}: ${swaps.get(node.text)}`,
        ),
      )
    if (ts.isCallExpression(node)) {
      const called = node.expression.getText()
      if (called === 'move') found.push(...inMove(checker, node))
      if (called === 'min' || called === 'max')
        found.push(
          fault(
            'round',
            node.expression,
            called === 'min' ? 'max' : 'min',
            `${short(node.getText())}: the other`,
          ),
        )
    }
    if (ts.isObjectLiteralExpression(node) && hasTag(node)) found.push(...inObject(checker, node))
    node.forEachChild(visit)
  }
  visit(file)
  const lines = file.getLineStarts()
  return found.map((one) => ({
    ...one,
    module: basename(file.fileName, '.ts'),
    line: lines.filter((start) => start <= one.start).length,
  }))
}
