/**
 * The table of ACC-5, read from the page, as the model of all postings.
 */

import type { Event, Ledger } from '../../../src/index.js'
import { pages } from '../../spec.js'

/** A row: of which event, under which conditions, what moves. */
interface Row {
  readonly event: string
  readonly when: readonly string[]
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: string
}

const page = pages.find(({ name }) => name === '07-accounting.md')?.text ?? ''

const rows: readonly Row[] = Array.from(page.matchAll(/^\| ([A-Z]\w+) \|(.*)\|$/gm)).map(
  ([, event = '', rest = '']) => {
    const [when = '', asset = '', from = '', to = '', amount = ''] = rest
      .split('|')
      .map((cell) => cell.trim())
    return { event, when: when === '' ? [] : when.split(', '), asset, from, to, amount }
  },
)

/** A field of an event by its name in the table; a union shows as its tag. */
const field = (event: Event.Event, name: string): unknown => {
  const value = Object.entries(event).find(([key]) => key === name)?.[1] as unknown
  return typeof value === 'object' && value !== null && '_tag' in value ? value._tag : value
}

const text = (event: object, ...path: readonly string[]): string =>
  String(
    path.reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>>)[key], event),
  )

const holds = (event: Event.Event, condition: string): boolean => {
  if (condition === 'first') return field(event, 'outbid') === undefined
  const [name = '', value] = condition.split(' = ')
  return field(event, name) === value
}

const asset = (event: Event.Event, name: string): Ledger.Asset => {
  if (name === 'Money' || name === 'Debt' || name === 'Loss') return { _tag: name }
  const goods = field(event, 'goods')
  const token = (): Ledger.Asset => ({ _tag: 'Token', of: text(event, 'goods', 'token') })
  if (name === 'Paid') return goods === 'Surplus' ? token() : { _tag: 'Money' }
  if (goods === 'Collateral') return { _tag: 'Collateral', of: text(event, 'goods', 'asset') }
  return goods === 'Surplus' ? { _tag: 'Money' } : token()
}

const account = (event: Event.Event, name: string): Ledger.Account => {
  switch (name) {
    case 'Position':
      return { _tag: name, of: text(event, 'goods', 'position') }
    case 'Owner':
      return { _tag: name, of: text(event, 'goods', 'owner') }
    case 'Lot':
    case 'Escrow':
      return { _tag: name, of: text(event, 'lot') }
    case 'Bidder':
      return { _tag: name, of: text(event, 'bidder') }
    case 'Keeper':
      return { _tag: name, of: text(event, 'keeper') }
    case 'RewardPayer':
      return { _tag: name, of: text(event, 'payer', 'of') }
    case 'Payer':
      return { _tag: name, of: text(event, 'from') }
    case 'Outbid':
      return { _tag: 'Bidder', of: text(event, 'outbid', 'bidder') }
    case 'Refunded':
      return { _tag: 'Bidder', of: text(event, 'refund', 'bidder') }
    default:
      return { _tag: name as 'Repaid' }
  }
}

/** What moves: nothing, where there is nobody to repay. */
const amount = (event: Event.Event, name: string): bigint => {
  const value = field(event, name)
  if (typeof value === 'bigint') return value
  return value === undefined ? 0n : (value as Event.Refund).amount
}

/** The postings that the table gives an event, those of nothing left out. */
export const tableOf = (event: Event.Event): readonly Ledger.Posting[] =>
  rows
    .filter((row) => row.event === event._tag && row.asset !== '')
    .filter((row) => row.when.every((condition) => holds(event, condition)))
    .filter((row) => amount(event, row.amount) !== 0n)
    .map((row) => ({
      asset: asset(event, row.asset),
      from: account(event, row.from),
      to: account(event, row.to),
      amount: amount(event, row.amount),
    }))
