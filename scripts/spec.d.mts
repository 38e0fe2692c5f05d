/** A page of spec/. */
export interface Page {
  readonly name: string
  readonly text: string
}

/** A rule of spec/. */
export interface Rule {
  readonly id: string
  readonly page: string
  readonly first: string
}

/** A test, or a group of them, and the rule that its title begins with. */
export interface Test {
  readonly file: string
  readonly title: string
  readonly rule: string | undefined
  readonly off: boolean
}

/** The rules that a file cites. */
export interface Citation {
  readonly file: string
  readonly rules: readonly string[]
}

/** A refusal, and its place in the order of checks. */
export interface Refusal {
  readonly tag: string
  readonly rule: string
  readonly when: string
  readonly stage: number
}

export function pages(root?: string): readonly Page[]
export function rules(root?: string): readonly Rule[]
export function cases(root?: string): readonly Pick<Test, 'title' | 'rule'>[]
export function tests(root?: string): readonly Test[]
export function citations(root?: string): readonly Citation[]
export function refusals(root?: string): readonly Refusal[]
export function index(root?: string): string
