/**
 * Laws of Tree, which a watch keeps its order in: spec/22-book.md.
 */

import fc from 'fast-check'
import * as Tree from '../../src/watch/Tree.js'
import { law } from '../law.js'

const order: Tree.Order<number> = (a, b) => a - b

const all = (tree: Tree.Tree<number>): readonly number[] =>
  Tree.stretch(
    tree,
    () => false,
    () => true,
  )

const depth = (tree: Tree.Tree<number>): number =>
  tree === undefined ? 0 : 1 + Math.max(depth(tree.left), depth(tree.right))

const isBalanced = (tree: Tree.Tree<number>): boolean => {
  if (tree === undefined) return true
  const [left, right] = [Tree.size(tree.left) + 1, Tree.size(tree.right) + 1]
  return (
    left <= 3 * right &&
    right <= 3 * left &&
    tree.size === left + right - 1 &&
    isBalanced(tree.left) &&
    isBalanced(tree.right)
  )
}

const most = (size: number): number => 2.41 * Math.log2(size + 1)

/** Numbers that come, or go where they are below zero; mostly in runs, which are hard to keep in balance. */
const steps = fc
  .array(fc.tuple(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -3, max: 9 })), {
    maxLength: 40,
  })
  .map((runs) =>
    runs.flatMap(([from, length]) =>
      Array.from({ length: Math.abs(length) * 3 }, (_, i) => ({
        item: Math.abs(from) + i,
        comes: from > 0 || length > 3,
      })),
    ),
  )

law(
  'BOK-6',
  'whatever comes and goes, the tree holds what a set would, in order and in balance',
  fc.property(steps, fc.boolean(), (steps, isMade) => {
    const start = isMade ? Array.from({ length: 50 }, (_, i) => 2 * i) : []
    const set = new Set(start)
    let tree = Tree.ofSorted(start)
    return steps.every(({ comes, item }) => {
      tree = comes ? Tree.add(order, item, tree) : Tree.remove(order, item, tree)
      if (comes) set.add(item)
      else set.delete(item)
      const isKept =
        Tree.size(tree) === set.size && (Tree.find(order, item, tree) === item) === set.has(item)
      return isKept && isBalanced(tree) && depth(tree) <= most(set.size)
    })
  }),
)

law(
  'BOK-6',
  'a tree is read in order',
  fc.property(steps, (steps) => {
    const set = new Set(steps.map(({ item }) => item))
    const tree = steps.reduce<Tree.Tree<number>>(
      (tree, { item }) => Tree.add(order, item, tree),
      undefined,
    )
    return all(tree).join() === [...set].sort(order).join()
  }),
)

law(
  'BOK-6',
  'a stretch looks at its answers and two ways down, and at nothing else',
  fc.property(
    fc.constantFrom(1, 10, 1000, 100_000),
    fc.nat(10 ** 6),
    fc.nat(50),
    (size, from, length) => {
      const tree = Tree.ofSorted(Array.from({ length: size }, (_, i) => i))
      const first = from % size
      let looks = 0
      const found = Tree.stretch(
        tree,
        (item) => {
          looks += 1
          return item < first
        },
        (item) => item < first + length,
      )
      const wanted = Math.min(length, size - first)
      return (
        found.length === wanted &&
        found.every((item, i) => item === first + i) &&
        looks <= wanted + 2 * most(size)
      )
    },
  ),
  { numRuns: 100 },
)
