/**
 * Tree: things in an order, kept in it while they come and go; what was a tree before stays one.
 *
 * Source: weight-balanced trees (Nievergelt and Reingold, 1973), with the bounds 3 and 2 that Hirai and
 * Yamamoto (2011) prove to be enough.
 */

// Model

/** Below zero where the first comes before the second; zero where both have the same place. */
export type Order<A> = (a: A, b: A) => number

interface Node<A> {
  readonly item: A
  readonly left: Tree<A>
  readonly right: Tree<A>
  readonly size: number
}

/** Nothing is the tree of nothing. */
export type Tree<A> = Node<A> | undefined

// Queries

export const size = <A>(tree: Tree<A>): number => tree?.size ?? 0

/** The item that has the same place as another, if there is one. */
export const find = <A>(order: Order<A>, item: A, tree: Tree<A>): A | undefined => {
  let at = tree
  while (at !== undefined) {
    const side = order(item, at.item)
    if (side === 0) return at.item
    at = side < 0 ? at.left : at.right
  }
  return undefined
}

/**
 * The items that are `reached` and not `passed`, in order. Those that are reached come first in the
 * order, and of them those that are passed: so only branches with answers are looked into, and two ways down.
 */
export const stretch = <A>(
  tree: Tree<A>,
  passed: (item: A) => boolean,
  reached: (item: A) => boolean,
): readonly A[] => {
  const found: A[] = []
  const visit = (at: Tree<A>): void => {
    if (at === undefined) return
    const [isReached, isPassed] = [reached(at.item), passed(at.item)]
    if (!isPassed) visit(at.left)
    if (isReached && !isPassed) found.push(at.item)
    if (isReached) visit(at.right)
  }
  visit(tree)
  return found
}

// Constructors

const join = <A>(item: A, left: Tree<A>, right: Tree<A>): Node<A> => ({
  item,
  left,
  right,
  size: size(left) + size(right) + 1,
})

/** The tree of items that are in order already. */
export const ofSorted = <A>(items: readonly A[]): Tree<A> => {
  const part = (from: number, until: number): Tree<A> => {
    if (from >= until) return undefined
    const middle = (from + until) >> 1
    return join(items[middle] as A, part(from, middle), part(middle + 1, until))
  }
  return part(0, items.length)
}

// Transitions

const weight = <A>(tree: Tree<A>): number => size(tree) + 1

const turnLeft = <A>(item: A, left: Tree<A>, right: Node<A>): Node<A> => {
  const inner = right.left
  return inner === undefined || weight(inner) < 2 * weight(right.right)
    ? join(right.item, join(item, left, inner), right.right)
    : join(inner.item, join(item, left, inner.left), join(right.item, inner.right, right.right))
}

const turnRight = <A>(item: A, left: Node<A>, right: Tree<A>): Node<A> => {
  const inner = left.right
  return inner === undefined || weight(inner) < 2 * weight(left.left)
    ? join(left.item, left.left, join(item, inner, right))
    : join(inner.item, join(left.item, left.left, inner.left), join(item, inner.right, right))
}

/** A tree of two that one item came into or went out of since they were in balance. */
const balanced = <A>(item: A, left: Tree<A>, right: Tree<A>): Node<A> => {
  if (right !== undefined && weight(right) > 3 * weight(left)) return turnLeft(item, left, right)
  if (left !== undefined && weight(left) > 3 * weight(right)) return turnRight(item, left, right)
  return join(item, left, right)
}

/** With an item, in the place of one that has the same place. */
export const add = <A>(order: Order<A>, item: A, tree: Tree<A>): Node<A> => {
  if (tree === undefined) return join(item, undefined, undefined)
  const side = order(item, tree.item)
  if (side === 0) return join(item, tree.left, tree.right)
  return side < 0
    ? balanced(tree.item, add(order, item, tree.left), tree.right)
    : balanced(tree.item, tree.left, add(order, item, tree.right))
}

const first = <A>(tree: Node<A>): A => (tree.left === undefined ? tree.item : first(tree.left))

const withoutFirst = <A>(tree: Node<A>): Tree<A> =>
  tree.left === undefined ? tree.right : balanced(tree.item, withoutFirst(tree.left), tree.right)

/** Without the item that has the same place as another; as it is, where there is none. */
export const remove = <A>(order: Order<A>, item: A, tree: Tree<A>): Tree<A> => {
  if (tree === undefined) return undefined
  const { left, right } = tree
  const side = order(item, tree.item)
  if (side < 0) return balanced(tree.item, remove(order, item, left), right)
  if (side > 0) return balanced(tree.item, left, remove(order, item, right))
  return right === undefined ? left : balanced(first(right), left, withoutFirst(right))
}
