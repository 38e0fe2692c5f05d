/**
 * Rows: what a database answers, as what was stored. Every column but small numbers comes as text.
 */

import type { Entry, Outcome, Payment, Snapshot, Transfer } from '../../engine/Port.js'
import type { Commands, Events, Outbox, Postings, Snapshots } from './Tables.js'
import { restored } from './Text.js'

export const entry = (row: Omit<Events, 'era' | 'xid' | 'place'>): Entry => ({
  stream: restored(row.stream),
  sequence: Number(row.sequence),
  type: restored(row.type),
  format: row.format,
  data: restored(row.data),
  command: restored(row.command),
  previous: restored(row.previous),
  hash: restored(row.hash),
})

export const transfer = (row: Postings): Transfer => ({
  stream: restored(row.stream),
  sequence: Number(row.sequence),
  place: row.place,
  asset: restored(row.asset),
  from: restored(row.from),
  to: restored(row.to),
  amount: BigInt(row.amount),
})

export const payment = (row: Omit<Outbox, 'era' | 'xid' | 'place' | 'sent_at'>): Payment => ({
  key: restored(row.key),
  stream: restored(row.stream),
  sequence: Number(row.sequence),
  direction: row.direction,
  party: restored(row.party),
  token: restored(row.token),
  units: BigInt(row.units),
})

export const outcome = (row: Commands): Outcome => ({
  id: restored(row.id),
  fingerprint: restored(row.fingerprint),
  answer: restored(row.answer),
})

export const snapshot = (row: Snapshots): Snapshot => ({
  stream: restored(row.stream),
  sequence: Number(row.sequence),
  hash: restored(row.hash),
  format: row.format,
  state: restored(row.state),
})
