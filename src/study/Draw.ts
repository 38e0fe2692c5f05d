/**
 * Draw: what chance decides in a day, as a function of its seed: who owns what, at which price takers buy, and the
 * order of every step.
 *
 * Each actor has a number of its own for each vault in each step, whether it acts or not, so that runs with the same
 * seed and the same number of vaults share them, whatever the rewards are.
 *
 * Laws: STB-2 to STB-4 (spec/26-stablesims.md).
 */

import { Fixed, Position, type Terms } from '../core/index.js'
import { Normal, Random, Xoshiro } from '../market/index.js'
import { ACTING, GAS, GAS_DEVIATION, groups, leverage, type Vault, wanted } from './Experiment.js'

// Model

/** What an owner has, and the part of the largest debt that it wants. */
interface Wish {
  readonly owner: Vault['owner']
  readonly collateral: Fixed.Wad
  readonly part: Fixed.Wad
}

/** Places in the order of a step, one after the other. They change with every step. */
interface Places {
  readonly state: Xoshiro.State
  readonly places: Int32Array
}

/** The order of a step: the places of the price and of each barker with each vault, and of all others with each lot. */
export interface Order {
  readonly barks: Places
  readonly others: Places
}

/** Normal numbers, one after the other. */
export interface Noise {
  readonly source: Normal.Source
  readonly numbers: Float64Array
  next: number
}

/** Who acts on a lot: resetters first, then takers. */
const ON_LOT = 2 * ACTING

// Constructors

const { WAD, wad } = Fixed

/** What a seed draws is of several streams. */
const stream = (seed: bigint, n: number): bigint => Random.word(seed, n)

/** A floating point number as millionths of a Wad: what is drawn has no more digits, on any machine. */
const millionths = (value: number): Fixed.Wad =>
  wad((BigInt(Math.round(Math.max(value, 0) * 1e6)) * WAD) / 1_000_000n)

const normals = (seed: bigint): Float64Array => {
  Normal.fill(Normal.make(Xoshiro.make(seed, 0), Xoshiro.make(seed, 1)))
  return Normal.numbers
}

/** What every owner wishes for, in the order of their groups (STB-2). */
const wishes = (seed: bigint): readonly Wish[] => {
  const drawn = normals(stream(seed, 0))
  const owners = groups.flatMap((group) => Array.from({ length: group.count }, () => group))
  return owners.map(({ deviation, mean, owner }, i) => ({
    owner,
    collateral: millionths(mean + deviation * (drawn[2 * i] as number)),
    part: millionths(leverage.mean + leverage.deviation * (drawn[2 * i + 1] as number)),
  }))
}

/**
 * The loans that a seed's owners open at the first price (STB-3): all that wish for no more than the whole of what
 * their ether supports, and more than `dust`. Where the second price is told before an owner's turn, in half of the
 * cases or so, it must still be enough.
 */
export const vaults = (
  seed: bigint,
  collateral: Terms.Collateral,
  [first, second]: readonly [Fixed.Ray, Fixed.Ray],
  dust: Fixed.Rad,
): readonly Vault[] => {
  const turns = Xoshiro.make(stream(seed, 1), 0)
  const told = Xoshiro.uniform(turns)
  return wishes(seed).flatMap(({ collateral: amount, owner, part }) => {
    const price = told < Xoshiro.uniform(turns) ? second : first
    const support = Fixed.worth(amount, Position.supportPrice(collateral, first))
    const debt = Fixed.rad(Fixed.mulDiv(support, part, WAD * Fixed.RAY, 'floor') * Fixed.RAY)
    return part <= WAD &&
      debt > dust &&
      debt <= Fixed.worth(amount, Position.supportPrice(collateral, price))
      ? [{ owner, collateral: amount, debt }]
      : []
  })
}

/** The part of the market price at which each taker buys (STB-2). */
export const ratios = (seed: bigint): readonly Fixed.Ray[] => {
  const drawn = normals(stream(seed, 2))
  return Array.from({ length: ACTING }, (_, i) =>
    Fixed.ray(
      (millionths(wanted.mean + wanted.deviation * (drawn[i] as number)) * Fixed.RAY) / WAD,
    ),
  )
}

/** The order of a day's steps, from the first that has one on. */
export const order = (seed: bigint, vaultCount: number): Order => ({
  barks: {
    state: Xoshiro.make(stream(seed, 3), 0),
    places: new Int32Array(1 + ACTING * vaultCount),
  },
  others: {
    state: Xoshiro.make(stream(seed, 3), 1),
    places: new Int32Array(ON_LOT * vaultCount),
  },
})

/** The noise in what takers think an action costs. */
export const noise = (seed: bigint): Noise => ({
  source: Normal.make(Xoshiro.make(stream(seed, 4), 0), Xoshiro.make(stream(seed, 4), 1)),
  numbers: new Float64Array(Xoshiro.MOST),
  next: Xoshiro.MOST,
})

// Queries

/** The place of the price among all that happens in a step. */
export const placeOfPrice = ({ barks }: Order): number => barks.places[0] as number

/** The place of a barker's try at a vault. */
export const placeOfBark = ({ barks }: Order, vault: number, barker: number): number =>
  barks.places[1 + ACTING * vault + barker] as number

/** The place of what a resetter does with a vault's lot. */
export const placeOfRedo = ({ others }: Order, vault: number, resetter: number): number =>
  others.places[ON_LOT * vault + resetter] as number

/** The place of a taker's purchase. */
export const placeOfTake = ({ others }: Order, vault: number, taker: number): number =>
  others.places[ON_LOT * vault + ACTING + taker] as number

// Transitions

/** 32 bits a place, which two hardly ever share. */
const draw = ({ places, state }: Places): void => {
  for (let from = 0; from < places.length; from += Xoshiro.MOST) {
    const count = Math.min(Xoshiro.MOST, places.length - from)
    Xoshiro.fill(state, count)
    places.set(Xoshiro.high.subarray(0, count), from)
  }
}

/** Draws the order of the next step (STB-4); of what cannot happen any more, none. */
export const shuffle = ({ barks, others }: Order, isLocked: boolean): void => {
  draw(barks)
  if (!isLocked) draw(others)
}

/** What a taker thinks a purchase takes of gas (STB-7). */
export const guess = (noise: Noise): bigint => {
  if (noise.next === Xoshiro.MOST) {
    Normal.fill(noise.source)
    noise.numbers.set(Normal.numbers)
    noise.next = 0
  }
  const drawn = noise.numbers[noise.next] as number
  noise.next += 1
  return GAS + BigInt(Math.round(GAS_DEVIATION * drawn))
}
