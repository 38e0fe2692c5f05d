/**
 * Hazard: a setting that is known to lose money, and the nearest one that would pass.
 *
 * Laws: CRV-5 (spec/03-curves.md), PAR-1 to PAR-25 (spec/08-parameters.md).
 */

/** What a setting counts, so that a reader can be told it in decimals. */
export type Unit = 'Wad' | 'Ray' | 'Rad' | 'Duration' | 'Count'

/** A setting out of bounds. It would pass `AtLeast` or `AtMost` the `bound`, all else being the same. */
export type Hazard = OutOfBounds | WrongChoice

interface Common {
  readonly _tag: 'Hazard'
  readonly rule: `PAR-${number}` | `CRV-${number}`
  /** The path of the setting in its terms, such as 'sale.curve.stepEvery'. */
  readonly parameter: string
}

export interface OutOfBounds extends Common {
  readonly unit: Unit
  readonly given: bigint
  readonly needs: 'AtLeast' | 'AtMost'
  readonly bound: bigint
}

/** A setting that is no number. */
export interface WrongChoice extends Common {
  readonly unit: 'Choice'
  readonly given: string
  readonly needs: 'Is'
  readonly bound: string
}

type Rule = Hazard['rule']

/** No hazard where `given` is at least `bound`. */
export const atLeast = (
  rule: Rule,
  parameter: string,
  unit: Unit,
  given: bigint,
  bound: bigint,
): readonly Hazard[] =>
  given >= bound ? [] : [{ _tag: 'Hazard', rule, parameter, unit, given, needs: 'AtLeast', bound }]

/** No hazard where `given` is at most `bound`. */
export const atMost = (
  rule: Rule,
  parameter: string,
  unit: Unit,
  given: bigint,
  bound: bigint,
): readonly Hazard[] =>
  given <= bound ? [] : [{ _tag: 'Hazard', rule, parameter, unit, given, needs: 'AtMost', bound }]

/** No hazard where `given` is `bound`. */
export const is = (
  rule: Rule,
  parameter: string,
  given: string,
  bound: string,
): readonly Hazard[] =>
  given === bound
    ? []
    : [{ _tag: 'Hazard', rule, parameter, unit: 'Choice', given, needs: 'Is', bound }]
