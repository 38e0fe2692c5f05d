/**
 * Tables: what the store keeps, as Kysely sees it: the last form that `Migrations` makes.
 *
 * Amounts are `numeric`, which has no largest whole number, and are read as text.
 */

import type { Generated, Kysely } from 'kysely'

/** Where an entry stands among all: the life of the cluster, the transaction in it, the place in that (PRT-16). */
interface Placed {
  readonly era: number
  readonly xid: string
  readonly place: number
}

export interface Events extends Placed {
  readonly stream: string
  readonly sequence: string
  readonly type: string
  readonly format: number
  readonly data: string
  readonly command: string
  readonly previous: string
  readonly hash: string
}

export interface Postings {
  readonly stream: string
  readonly sequence: string
  readonly place: number
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: string
}

export interface Outbox extends Placed {
  readonly key: string
  readonly stream: string
  readonly sequence: string
  readonly direction: 'collect' | 'pay'
  readonly party: string
  readonly token: string
  readonly units: string
  readonly sent_at: string | null
}

export interface Commands {
  readonly id: string
  readonly fingerprint: string
  readonly answer: string
}

export interface Snapshots {
  readonly stream: string
  readonly sequence: string
  readonly hash: string
  readonly format: number
  readonly state: string
}

export interface Tables {
  readonly 'knockdown.eras': { readonly era: number; readonly begun: Generated<string> }
  readonly 'knockdown.events': Events
  readonly 'knockdown.postings': Postings
  readonly 'knockdown.totals': {
    readonly id: Generated<string>
    readonly total: string
    readonly amount: string
  }
  readonly 'knockdown.commands': Commands
  readonly 'knockdown.outbox': Outbox
  readonly 'knockdown.snapshots': Snapshots
  readonly 'knockdown.migrations': { readonly name: string }
}

export type Database = Kysely<Tables>
