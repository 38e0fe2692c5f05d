/**
 * File: how MakerDAO's contracts store a parameter: by its name, in as many bits as they keep of it.
 *
 * Laws: MKR-3 (spec/14-maker.md).
 * Source: the file functions of the contracts in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../core/index.js'
import { fail, type Outcome } from './Failure.js'

/** A contract that stores parameters, of all its ilks or of one. */
export type Contract =
  | 'LinearDecrease'
  | 'StairstepExponentialDecrease'
  | 'ExponentialDecrease'
  | 'Clipper'
  | 'Flipper'
  | 'Flapper'
  | 'Flopper'
  | 'Vow'
  | `${'Cat' | 'Dog' | 'Spotter' | 'Vat'}${'' | ' of an ilk'}`

/** The bits that a contract keeps of each parameter, of all its ilks or of one. */
const bits: Readonly<Record<Contract, Readonly<Record<string, number>>>> = {
  LinearDecrease: { tau: 256 },
  StairstepExponentialDecrease: { cut: 256, step: 256 },
  ExponentialDecrease: { cut: 256 },
  Clipper: { buf: 256, tail: 256, cusp: 256, chip: 64, tip: 192, stopped: 256 },
  Dog: { Hole: 256 },
  'Dog of an ilk': { chop: 256, hole: 256 },
  Cat: { box: 256 },
  'Cat of an ilk': { chop: 256, dunk: 256 },
  Flipper: { beg: 256, ttl: 48, tau: 48 },
  Flapper: { beg: 256, ttl: 48, tau: 48, lid: 256 },
  Flopper: { beg: 256, pad: 256, ttl: 48, tau: 48 },
  Vow: { wait: 256, bump: 256, sump: 256, dump: 256, hump: 256 },
  Spotter: { par: 256 },
  'Spotter of an ilk': { mat: 256 },
  Vat: { Line: 256 },
  'Vat of an ilk': { spot: 256, line: 256, dust: 256 },
}

/** What a contract stores of `data` under a name, or why it does not: it has no such parameter, or the value is not one for it. */
export const file = (contract: Contract, what: string, data: bigint): Outcome<bigint> => {
  const name = contract.replace(' of an ilk', '')
  const kept = Object.entries(bits[contract]).find(([known]) => known === what)?.[1]
  if (kept === undefined) return fail(`${name}/file-unrecognized-param`, 10)
  if (what === 'cut' && data > Fixed.RAY) return fail(`${name}/cut-gt-RAY`, 20)
  if (contract === 'Dog of an ilk' && what === 'chop' && data < Fixed.WAD)
    return fail('Dog/file-chop-lt-WAD', 20)
  return E.right(BigInt.asUintN(kept, data))
}
