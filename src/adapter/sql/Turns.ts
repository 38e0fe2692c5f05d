/**
 * Turns: one at a time, in the order in which they came.
 */

/** Waits until all that came before have left, and answers how to leave. */
export type Turns = () => Promise<() => void>

export const make = (): Turns => {
  let last = Promise.resolve()
  return async () => {
    const before = last
    let leave = (): void => undefined
    last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}
