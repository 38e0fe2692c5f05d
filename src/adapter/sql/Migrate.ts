/**
 * Migrate: brings the tables to their last form, and says whether they are in it.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Migrator, sql } from 'kysely'
import { migrations, rights, workersRights } from './Migrations.js'
import type { Database } from './Tables.js'

/** The tables are of a later release: this one cannot know what they mean. */
export interface NewerSchema {
  readonly _tag: 'NewerSchema'
  /** Steps that this release does not know. */
  readonly unknown: readonly string[]
}

/** The tables are not there, or of an earlier release: `migrate` makes them. */
export interface OlderSchema {
  readonly _tag: 'OlderSchema'
  readonly missing: readonly string[]
}

const names = Object.keys(migrations)

const done = async (database: Database): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly migrations: string | null }>`
    select to_regclass('knockdown.migrations')::text as migrations`.execute(database)
  if (rows[0]?.migrations == null) return []
  return (await database.selectFrom('knockdown.migrations').select('name').execute()).map(
    ({ name }) => name,
  )
}

/** Whether this release knows the tables as they are. */
export const check = async (
  database: Database,
): Promise<E.Either<NewerSchema | OlderSchema, void>> => {
  const found = await done(database)
  const unknown = found.filter((name) => !names.includes(name))
  if (unknown.length > 0) return E.left({ _tag: 'NewerSchema', unknown })
  const missing = names.filter((name) => !found.includes(name))
  return missing.length > 0 ? E.left({ _tag: 'OlderSchema', missing }) : E.right(undefined)
}

/** Roles that are made if need be: the one may carry out commands, the other what work needs. */
export interface Roles {
  readonly role?: string | undefined
  readonly workers?: string | undefined
}

/** Makes a role that cannot log in, if need be, and gives it rights. */
const allow = async (
  database: Database,
  role: string,
  rights: readonly string[],
): Promise<void> => {
  const { rows } = await sql`select from pg_roles where rolname = ${role}`.execute(database)
  if (rows.length === 0) await sql`create role ${sql.id(role)} nologin`.execute(database)
  // What an earlier release granted, and is no longer.
  await sql`revoke update on knockdown.outbox from ${sql.id(role)}`.execute(database)
  for (const right of rights)
    await sql`grant ${sql.raw(right)} to ${sql.id(role)}`.execute(database)
}

/** All steps that are missing, in one transaction. */
export const migrate = async (
  database: Database,
  { role, workers }: Roles,
): Promise<E.Either<NewerSchema, void>> => {
  const { rows } = await sql<{ readonly encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(database)
  if (rows[0]?.encoding !== 'UTF8') throw new Error('the database is not in UTF8')
  const found = await check(database)
  if (E.isLeft(found) && found.left._tag === 'NewerSchema') return E.left(found.left)
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableSchema: 'knockdown',
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error instanceof Error ? error : new Error('a migration failed')
  if (role !== undefined) await allow(database, role, rights)
  if (workers !== undefined) await allow(database, workers, workersRights)
  return E.right(undefined)
}
