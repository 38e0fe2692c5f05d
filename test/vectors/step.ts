/**
 * step: one recorded call, and the calls that the scenarios of several files share.
 */

import { Fixed } from '../../src/core/index.js'
import { File, Spotter } from '../../src/maker/index.js'
import { answer, authorized, give, type Logged, must, type Wards } from './chain.js'
import { digits, filed, of, type Pip, readPip, type Words } from './params.js'
import { flags, type Json, record, text, Unreadable, word, wordsOf } from './read.js'
import * as Vat from './vat.js'

/** A call: when, which, on what, by whom, of what. */
export interface Step {
  readonly t: number
  readonly op: string
  readonly on: string
  readonly caller: string
  readonly args: Json
}

/** What a call that succeeds answers and logs. */
export interface Stepped {
  readonly ret?: string
  readonly events: readonly Logged[]
}

/** A call that logs nothing. */
export const silent: Stepped = { events: [] }

/** A call to a contract of a world. */
export type Call<World> = (world: World, step: Step) => Stepped

/** The calls of a world, by contract and name: `clip.take`. */
export type Calls<World> = Readonly<Record<string, Call<World>>>

/** Calls to a contract under their names. */
export const onContract = <World>(on: string, calls: Calls<World>): Calls<World> =>
  Object.fromEntries(Object.entries(calls).map(([op, call]) => [`${on}.${op}`, call]))

/** The name of each contract in its reasons. */
const contracts: Readonly<Record<string, string>> = {
  cat: 'Cat',
  clip: 'Clipper',
  dog: 'Dog',
  flap: 'Flapper',
  flip: 'Flipper',
  flop: 'Flopper',
  spot: 'Spotter',
  vat: 'Vat',
  vow: 'Vow',
}

export const contractOf = (on: string): string => contracts[on] ?? on

/** Who may call what, and who has allowed the house. */
export interface Permissions {
  wards: Wards
  can: Record<string, boolean>
}

/** A collateral with a price. */
export interface Priced extends Permissions {
  spot: Words
  pip: Pip
  vat: Vat.Vat
}

/** Its part of a starting state. */
export const readPriced = (init: Json): Priced => {
  const params = record(init, 'params')
  return {
    spot: wordsOf(params, 'spot', ['par', 'mat']),
    pip: readPip(record(params, 'pip')),
    wards: flags(params, 'wards'),
    can: flags(params, 'can'),
    vat: Vat.read(record(init, 'vat'), record(params, 'vat')),
  }
}

/** Its groups of parameters, as the vectors write them. */
export const pricedParams = ({ can, pip, spot, vat, wards }: Priced): Json => ({
  spot: digits(spot),
  vat: { rate: `${vat.rate}`, spot: `${vat.spot}`, dust: `${vat.dust}` },
  pip: { val: `${pip.val}`, has: pip.has },
  wards: { ...wards },
  can: { ...can },
})

/** Lets somebody call the guarded functions of a contract, or no more. */
export const ward =
  (allowed: boolean) =>
  (
    { wards }: Permissions,
    { args, caller, on }: Step,
    contract: string = contractOf(on),
  ): Stepped => {
    authorized(wards, on, caller, contract)
    const usr = text(args, 'usr')
    wards[`${on}<-${usr}`] = allowed
    const logs = on === 'clip' || on === 'dog' || on === 'calc'
    return logs ? { events: [{ c: on, name: allowed ? 'Rely' : 'Deny', args: { usr } }] } : silent
  }

/** The houses that a scenario may be of. */
const houses = ['clip', 'flip', 'flap', 'flop']

/** Fails to read a call that is about something else than what is recorded. */
export const only = (args: Json, name: string, wanted: readonly string[]): void => {
  const found = text(args, name)
  if (!wanted.includes(found))
    throw new Unreadable(`${name} should be ${wanted.join(' or ')}, not ${found}`)
}

const allow =
  (allowed: boolean) =>
  ({ can }: Permissions, { args, caller }: Step): Stepped => {
    only(args, 'usr', houses)
    can[caller] = allowed
    return silent
  }

/** The calls of every contract that change who may do what, and those by which somebody allows a house. */
export const permissions: Calls<Permissions> = {
  ...Object.fromEntries(
    Object.keys(contracts).flatMap((on) =>
      Object.entries(onContract(on, { rely: ward(true), deny: ward(false) })),
    ),
  ),
  'vat.hope': allow(true),
  'vat.nope': allow(false),
}

const spotPoke = ({ pip, spot, vat }: Priced, { args }: Step): Stepped => {
  ofIlk(args)
  const priced = { ...pip, val: Fixed.wad(pip.val) }
  const [par, mat] = [Fixed.ray(of(spot, 'par')), Fixed.ray(of(spot, 'mat'))]
  vat.spot = answer(Spotter.spot(priced, par, mat))
  return {
    events: [
      {
        c: 'spot',
        name: 'Poke',
        args: { ilk: text(args, 'ilk'), val: `${pip.val}`, spot: `${vat.spot}` },
      },
    ],
  }
}

const setPip = (world: Priced, { args }: Step): Stepped => {
  world.pip = readPip(args)
  return silent
}

const slip = ({ vat, wards }: Priced, { args, caller }: Step): Stepped => {
  ofIlk(args)
  authorized(wards, 'vat', caller, 'Vat')
  give(vat.gem, text(args, 'usr'), word(args, 'wad'))
  return silent
}

const fold = ({ vat, wards }: Priced, { args, caller }: Step): Stepped => {
  only(args, 'i', ['ILK-A'])
  Vat.fold(vat, wards, caller, { to: text(args, 'u'), rate: word(args, 'rate') })
  return silent
}

/** Dai from nothing. */
export const suck = (
  { vat, wards }: { readonly vat: Vat.Money; readonly wards: Wards },
  { args, caller }: Step,
): Stepped => {
  const [of, to] = [text(args, 'u'), text(args, 'v')]
  Vat.suck(vat, wards, caller, { of, to, amount: word(args, 'rad') })
  return silent
}

/** The calls to feed, spotter and vat. */
export const priced: Calls<Priced> = {
  ...permissions,
  'spot.spot-poke': spotPoke,
  'pip.set-pip': setPip,
  ...onContract('vat', { slip, fold, suck }),
}

/** Fails to read a call to a collateral that is not recorded. */
export const ofIlk = (args: Json): void => {
  only(args, 'ilk', ['ILK-A'])
}

/** Whether a call is about a parameter of the collateral, not of all. */
export const isOfIlk = (args: Json): boolean => {
  if ('ilk' in args) ofIlk(args)
  return 'ilk' in args
}

/** Stores a parameter in its group. */
export const fileInto = (contract: File.Contract, group: Words, { args }: Step): void => {
  const { data, what } = filed(args)
  group[what] = answer(File.file(contract, what, data))
}

/** Stores a parameter of feed or vat; whether it was one. */
export const filePriced = ({ spot, vat }: Priced, step: Step): boolean => {
  const ofIlk = isOfIlk(step.args)
  if (step.on === 'spot') fileInto(ofIlk ? 'Spotter of an ilk' : 'Spotter', spot, step)
  else if (step.on === 'vat') {
    const group = { spot: vat.spot, dust: vat.dust }
    fileInto(ofIlk ? 'Vat of an ilk' : 'Vat', group, step)
    Object.assign(vat, { spot: group.spot, dust: group.dust })
  } else return false
  return true
}

/** Fails unless nobody is inside. */
export const unlocked = (locked: boolean): void => {
  must(!locked, 'Clipper/system-locked')
}
