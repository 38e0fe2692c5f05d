/** The lines that establish a store and put the first lots up. */
export const founding: readonly string[]

/** What is granted to those who found a store, and to those who send the lines after that, as --grant has it. */
export const grantedToFound: string
export const granted: string
