/**
 * Laws of Payable: spec/10-ports.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Account, Payable, type Port } from '../../src/engine/index.js'
import { Events } from '../../src/testing/index.js'
import { accountingTaken } from '../examples/accounting.js'
import { rad, wad } from '../example.js'
import { law } from '../law.js'

const entry = { stream: 'lot/MAIN/7', sequence: 3 }

const places: fc.Arbitrary<Payable.Places> = fc.record({
  money: fc.constantFrom(0, 2, 6, 18, 45),
  tokens: fc
    .tuple(fc.constantFrom(0, 6, 8, 18), fc.constantFrom(0, 18))
    .map(([eth, gov]) => new Map([['ETH', eth] as const, ['GOV', gov] as const])),
})

/** The unit of what a payment is of, worked out apart from the code. */
const unitOf = ({ money, tokens }: Payable.Places, token: string, isMoney: boolean): bigint =>
  10n ** BigInt(isMoney ? 45 - money : 18 - (tokens.get(token) ?? 18))

const outside = ['Bidder', 'Owner', 'Keeper', 'RewardPayer', 'Payer', 'Canceller']

const isPaid = (asset: string): boolean =>
  ['Money', 'Collateral', 'Token'].includes(Account.kindOf(asset))

/** What an account gains of an asset by transfers. */
const gain = (transfers: readonly Port.Transfer[], account: string, asset: string): bigint =>
  transfers.reduce((sum, one) => {
    if (one.asset !== asset) return sum
    return sum + (one.to === account ? one.amount : 0n) - (one.from === account ? one.amount : 0n)
  }, 0n)

law(
  'PRT-12',
  'what a party is left with in the books is what it paid and was paid, to the unit; the rest is rounding, and less than a unit each way',
  fc.property(Events.event, places, (event, places) => {
    const { payments, transfers } = Payable.of(places, event, entry)
    const accounts = new Set(transfers.flatMap(({ from, to }) => [from, to]))
    for (const account of accounts) {
      if (!outside.includes(Account.kindOf(account))) continue
      for (const asset of new Set(transfers.map((one) => one.asset))) {
        if (!isPaid(asset)) continue
        const isMoney = asset === 'Money'
        const token = isMoney ? 'Money' : asset.slice(asset.indexOf(' ') + 1)
        const unit = unitOf(places, token, isMoney)
        const paid = payments.reduce((sum, { direction, party, token: of, units }) => {
          if (party !== account || of !== token) return sum
          return sum + (direction === 'pay' ? units : -units)
        }, 0n)
        expect(gain(transfers, account, asset)).toBe(paid * unit)
        const rounded = transfers.filter(
          ({ asset: of, from, to }) => from === account && of === asset && to === Account.rounding,
        )
        expect(rounded.every(({ amount }) => amount > 0n && amount < unit)).toBe(true)
        expect(rounded.length).toBeLessThanOrEqual(2)
      }
    }
  }),
)

law(
  'PRT-12',
  'a transfer is of an amount above zero between two accounts; payments and transfers count from zero, and no two payments have a key',
  fc.property(Events.event, places, (event, places) => {
    const { payments, transfers } = Payable.of(places, event, entry)
    expect(transfers.map(({ place }) => place)).toEqual(transfers.map((_, i) => i))
    expect(payments.map(({ key }) => key)).toEqual(payments.map((_, i) => `lot/MAIN/7/3/${i}`))
    for (const { amount } of transfers) expect(amount).toBeGreaterThan(0n)
    for (const { units } of payments) expect(units).toBeGreaterThan(0n)
    // Of nothing that never leaves: debt, losses.
    expect(payments.every(({ token }) => !['Debt', 'Loss'].includes(token))).toBe(true)
  }),
)

test('PRT-12 a payment of 60.5 and a penalty of 7.3 in whole money are collected as 68', () => {
  const taken = { ...accountingTaken, bought: wad('1'), repaid: rad('60.5'), penalty: rad('7.3') }
  const { payments, transfers } = Payable.of({ money: 0, tokens: new Map() }, taken, entry)
  expect(payments).toEqual([
    {
      key: 'lot/MAIN/7/3/0',
      ...entry,
      direction: 'collect',
      party: 'Bidder ben',
      token: 'Money',
      units: 68n,
    },
    {
      key: 'lot/MAIN/7/3/1',
      ...entry,
      direction: 'pay',
      party: 'Bidder ben',
      token: 'ETH',
      units: wad('1'),
    },
  ])
  expect(transfers.at(-1)).toEqual({
    ...entry,
    place: transfers.length - 1,
    asset: 'Money',
    from: 'Bidder ben',
    to: 'Rounding',
    amount: rad('0.2'),
  })
})
