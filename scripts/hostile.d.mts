/** The `n`-th line, as bytes, by a seed; each time the same. */
export const hostile: (seed: number, n: number) => Uint8Array

/** A line of ten megabytes, of one of several kinds. */
export const huge: (n: number) => Uint8Array
