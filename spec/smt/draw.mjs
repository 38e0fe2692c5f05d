/**
 * Numbers drawn from a fixed seed, and terms of SMT-LIB made of them.
 */

/** Numbers from a fixed seed: a linear congruence on 64 bits. */
export const drawer = (seed) => {
  let state = seed
  const upTo = (most) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n)
    return (state >> 16n) % (most + 1n)
  }
  return { upTo, from: (least, most) => least + upTo(most - least), flip: () => upTo(1n) === 1n }
}

const term = (value) =>
  typeof value === 'boolean' ? `${value}` : value < 0n ? `(- ${-value})` : `${value}`

/** An application of a function of the prelude. */
export const call = (name, ...args) =>
  `(${name} ${args.map((one) => (typeof one === 'string' ? one : term(one))).join(' ')})`

export const asInt = (bool) => `(ite ${bool} 1 0)`
