/**
 * Eigen: the eigenvectors and eigenvalues of a symmetric matrix.
 *
 * Source: Jacobi's rotations (1846), cyclic.
 */

export type Matrix = readonly (readonly number[])[]

export interface Eigen {
  readonly values: readonly number[]
  /** Each a column: `vectors[i][j]` is the i-th coordinate of the j-th. */
  readonly vectors: Matrix
}

export const identity = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)))

/** Sweeps after which what is left beside the diagonal is nothing, for any matrix of a size that is used here. */
const SWEEPS = 60

/** Turns rows and columns p and q so that what stands at their crossing is nothing. */
const turn = (a: number[][], v: number[][], p: number, q: number): void => {
  const at = (m: number[][], i: number, j: number): number => (m[i] as number[])[j] as number
  const set = (m: number[][], i: number, j: number, value: number): void => {
    ;(m[i] as number[])[j] = value
  }
  const crossing = at(a, p, q)
  if (crossing === 0) return
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * crossing)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  const mix = (m: number[][], i: number, j: number, k: number, l: number): void => {
    const [x, y] = [at(m, i, j), at(m, k, l)]
    set(m, i, j, c * x - s * y)
    set(m, k, l, s * x + c * y)
  }
  for (let i = 0; i < a.length; i++) mix(a, i, p, i, q)
  for (let i = 0; i < a.length; i++) mix(a, p, i, q, i)
  for (let i = 0; i < a.length; i++) mix(v, i, p, i, q)
}

/** Of a matrix that is equal to itself mirrored at its diagonal. */
export const of = (matrix: Matrix): Eigen => {
  const a = matrix.map((row) => [...row])
  const v = identity(a.length).map((row) => [...row])
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isDone = a.every((row, i) => row.every((value, j) => i === j || value === 0))
    if (isDone) break
    for (let p = 0; p < a.length; p++) for (let q = p + 1; q < a.length; q++) turn(a, v, p, q)
  }
  return { values: a.map((row, i) => row[i] as number), vectors: v }
}
