/**
 * Single: what one auction of the Monte Carlo kernel is, in numbers of floating point.
 *
 * There is no unit of money: the lot is one unit of collateral, worth one when the auction starts.
 *
 * Laws: MTC-3, MTC-4 (spec/17-montecarlo.md).
 */

import * as E from 'fp-ts/lib/Either.js'

// Model

/** How the price falls, as Curve of the core does it. */
export type Curve =
  /** To e^(−rate × seconds) of the start price. */
  | { readonly _tag: 'Exponential'; readonly rate: number }
  /** To `keep` of itself every so many seconds. */
  | { readonly _tag: 'Stairs'; readonly stepEvery: number; readonly keepPerStep: number }
  /** On a straight line to nothing. */
  | { readonly _tag: 'Linear'; readonly zeroAfter: number }

/** When blocks come: a fixed time apart, or each after an exponential wait of that mean. */
export interface Blocks {
  readonly _tag: 'Fixed' | 'Poisson'
  /** Seconds. */
  readonly every: number
}

export interface Setting {
  /** The standard deviation of the logarithm of the market price after one second. */
  readonly volatility: number
  /** The rate a second at which the expected market price grows. */
  readonly drift: number
  readonly blocks: Blocks
  readonly curve: Curve
  /** Whether the curve counts whole seconds, as a contract does, or all time that passes. */
  readonly clock: 'seconds' | 'continuous'
  /** The start price as a share of the market price. */
  readonly markup: number
  /** Below this price nothing is sold; zero waives it. */
  readonly reserve: number
  /** When a lot is stale: at this age, or below this share of its start price. */
  readonly reset: { readonly after: number; readonly below: number }
  /** The most that is paid for the lot; what is then left of it goes back to its owner. */
  readonly target: number
  /** What the buyer asks for: a share of the market price, and the gas of the sale. */
  readonly buyer: { readonly margin: number; readonly gas: number }
  /** After so many seconds a lot that nobody bought is left unsold. */
  readonly lasts: number
}

/** A setting that the kernel does not run, and what it needs (MTC-4). */
export interface Unusable {
  readonly _tag: 'Unusable'
  readonly rule: 'MTC-4'
  readonly parameter: string
  readonly given: number
  readonly needs: string
}

/** The most blocks a fixed time apart that an auction may last: a table holds one number for each. */
export const MOST_BLOCKS: number = 2 ** 20

// Constructors

/** A lot that sells until somebody buys it: no reserve, reset, target, margin or gas, on the continuous clock. */
export const plain: Omit<Setting, 'volatility' | 'blocks' | 'curve' | 'markup'> = {
  drift: 0,
  clock: 'continuous',
  reserve: 0,
  reset: { after: Infinity, below: 0 },
  target: Infinity,
  buyer: { margin: 0, gas: 0 },
  lasts: 1e9,
}

type Need = readonly [parameter: string, given: number, holds: boolean, needs: string]

const above = (parameter: string, given: number): Need => [
  parameter,
  given,
  given > 0 && given < Infinity,
  'above 0, and finite',
]

const atLeastZero = (parameter: string, given: number): Need => [
  parameter,
  given,
  given >= 0 && given < Infinity,
  'at least 0, and finite',
]

const ofCurve = (curve: Curve): readonly Need[] => {
  switch (curve._tag) {
    case 'Exponential':
      return [above('curve.rate', curve.rate)]
    case 'Linear':
      return [above('curve.zeroAfter', curve.zeroAfter)]
    case 'Stairs': {
      const { keepPerStep, stepEvery } = curve
      return [
        above('curve.stepEvery', stepEvery),
        [
          'curve.keepPerStep',
          keepPerStep,
          keepPerStep > 0 && keepPerStep <= 1,
          'above 0, at most 1',
        ],
      ]
    }
  }
}

/** The setting, or the first parameter of it that will not do (MTC-4). */
export const make = (setting: Setting): E.Either<Unusable, Setting> => {
  const { blocks, buyer, curve, drift, lasts, markup, reserve, reset, target, volatility } = setting
  const { after, below } = reset
  const most = MOST_BLOCKS * blocks.every
  const needs: readonly Need[] = [
    atLeastZero('volatility', volatility),
    ['drift', drift, Number.isFinite(drift), 'finite'],
    above('blocks.every', blocks.every),
    ...ofCurve(curve),
    above('markup', markup),
    atLeastZero('reserve', reserve),
    ['reset.after', after, after > 0, 'above 0'],
    ['reset.below', below, below >= 0 && below < 1, 'at least 0, and below 1'],
    ['target', target, target > 0, 'above 0'],
    [
      'buyer.margin',
      buyer.margin,
      buyer.margin >= 0 && buyer.margin < 1,
      'at least 0, and below 1',
    ],
    atLeastZero('buyer.gas', buyer.gas),
    above('lasts', lasts),
    [
      'lasts',
      lasts,
      blocks._tag === 'Poisson' || Math.min(lasts, after) < most,
      `or reset.after, less than ${MOST_BLOCKS} blocks`,
    ],
  ]
  const broken = needs.find(([, , holds]) => !holds)
  if (broken === undefined) return E.right(setting)
  const [parameter, given, , need] = broken
  return E.left({ _tag: 'Unusable', rule: 'MTC-4', parameter, given, needs: need })
}

// Queries

/** The share of its start price at which a lot is offered at an age (MTC-3). */
export const shareAt = (curve: Curve, age: number): number => {
  switch (curve._tag) {
    case 'Exponential':
      return Math.exp(-curve.rate * age)
    case 'Stairs':
      return curve.keepPerStep ** Math.floor(age / curve.stepEvery)
    case 'Linear':
      return Math.max(1 - age / curve.zeroAfter, 0)
  }
}

/** What the curve takes an age for (MTC-3). */
export const onClock = ({ clock }: Setting, age: number): number =>
  clock === 'seconds' ? Math.floor(age) : age

/** Whether a lot of this age, offered at this share of its start price, is stale (MTC-3, DUT-2). */
export const isStale = ({ reset }: Setting, age: number, share: number): boolean =>
  age >= reset.after || share < reset.below
