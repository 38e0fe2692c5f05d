/**
 * The engine's core, as it was built, and sample terms, lots and positions of it: what the laws here are held against.
 */

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const load = async (dist) => import(pathToFileURL(join(dist, 'index.mjs')).href)

const dutchSale = {
  _tag: 'Dutch',
  markup: 10n ** 27n,
  reset: { _tag: 'Never' },
  reserve: 0n,
  minLeft: 0n,
  minCollateralLeft: 0n,
  emptySale: 'refuse',
  edges: 'halfOpen',
}

const englishSale = {
  _tag: 'English',
  minRaise: 0n,
  bidLasts: 4n,
  lasts: 20n,
  ending: { _tag: 'Fixed' },
  reserve: 0n,
  held: 'escrow',
  growth: 0n,
  edges: 'halfOpen',
}

const about = {
  id: 'L/1',
  line: 'L',
  terms: 1,
  lastAt: 0,
  ended: false,
  lossAt: 'close',
  binding: 'inForce',
}
const goods = { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'olga' }
const kinds = [goods, { _tag: 'Surplus', token: 'MKR' }, { _tag: 'Debt', token: 'MKR' }]

/** The core of a build, and what it is asked with. */
export const coreOf = async (dist) => {
  const core = await load(dist)
  const { Check, Curve, Dutch, English, Fixed } = core
  const sizing = {
    closeFactor: Fixed.WAD,
    cap: { _tag: 'Room' },
    dust: { _tag: 'Ignore' },
    penaltyRate: 0n,
    split: 'byValue',
  }
  const flat = Curve.unchecked.constant(Fixed.RAY)
  const asset = (name) => ({
    asset: name,
    support: { _tag: 'Ratio', ratio: Fixed.RAY },
    haircut: 0n,
    sale: { ...dutchSale, curve: flat },
  })
  const termsOf = (size = {}, more = {}) => ({
    line: 'L',
    version: 1,
    width: 'unbounded',
    binding: 'inForce',
    unsafe: 'below',
    collaterals: [asset('ETH'), asset('BTC')],
    ceiling: 0n,
    sizing: { ...sizing, ...size },
    reward: { flat: 0n, rate: 0n, limit: 'penalty', payer: { _tag: 'Protocol' } },
    lossAt: 'close',
    ...more,
  })
  const dustOf = (dust, minDebt) => ({
    _tag: ['Ignore', 'Refuse', 'Absorb'][Number(dust)],
    minDebt,
  })
  return {
    ...core,
    termsOf,
    dustOf,
    /** The stage of a refusal, or 0. */
    stageOf: (answer) => BigInt(answer._tag === 'Left' ? Check.stage(answer.left) : 0),
    dutchOf: (settings) => Dutch.compile(termsOf(), { ...dutchSale, curve: flat, ...settings }),
    dutchLot: (lot) => ({
      _tag: 'Dutch',
      ...about,
      goods,
      debt: 0n,
      startPrice: 0n,
      startedAt: 0,
      rewarded: 0n,
      ...lot,
    }),
    englishOf: (settings) => English.compile(termsOf(), { ...englishSale, ...settings }),
    englishLot: (kind, lot) => ({
      _tag: 'English',
      ...about,
      goods: kinds[Number(kind)],
      held: 'escrow',
      hardEndsAt: lot.endsAt,
      reserve: 0n,
      debt: 0n,
      target: 0n,
      ...lot,
    }),
    /** A position of ETH, and BTC, and its terms' plan for a seizure. */
    planOf: ({ size, index, shares, eth, btc = 0n, prices = [1n, 1n], inHouse, inLine }) =>
      core.Seizure.plan(
        termsOf(size),
        {
          id: 'p',
          owner: 'olga',
          line: 'L',
          holdings: [
            { asset: 'ETH', amount: eth },
            { asset: 'BTC', amount: btc },
          ],
          shares,
          index,
        },
        ['ETH', 'BTC'].map((one, i) => ({ asset: one, risk: prices[i], market: prices[i] })),
        { inHouse, inLine },
      ),
  }
}
