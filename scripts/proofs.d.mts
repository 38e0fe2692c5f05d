/** A theorem of spec/coq, the rule that it shows, and its file. */
export interface Theorem {
  readonly theorem: string
  readonly rule: string
  readonly file: string
}

/** A file of a layer, and a rule that it names. */
export interface Named {
  readonly rule: string
  readonly file: string
}

/** A law of spec/invariants.md, the rules that hold it, and what is known to break it. */
export interface Law {
  readonly law: string
  readonly says: string
  readonly rules: readonly string[]
  readonly broken: string
}

export function theorems(root?: string): readonly Theorem[]
export function questions(root?: string): readonly Named[]
export function models(root?: string): readonly Named[]
export function laws(root?: string): readonly Law[]
export function reasons(root?: string): Readonly<Record<string, string>>
export function reasonFor(given: Readonly<Record<string, string>>, id: string): string | undefined
