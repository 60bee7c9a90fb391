import { afterAll, beforeAll, expect, it } from 'vitest'
import { DatabaseFromFutureError, MigrationNeededError, assertMigrated, migrate } from '../../../hub/database/migrate.ts'
import { migrations } from '../../../hub/database/migrations/list.ts'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'

let database: HubDatabase
beforeAll(async () => {
  database = await hubDatabase()
})
afterAll(() => database.drop())

const next = migrations.length + 1
const step = { version: next, name: 'test', statements: ['CREATE TABLE added (id text)', 'SELECT pg_sleep(0.05)'] }
const steps = [...migrations, step]

it('numbers its steps without gaps', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1))
})

it('takes a step once, whoever of several hubs comes first', async () => {
  const all = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, steps)))
  expect(all.filter(({ from }) => from === next - 1)).toHaveLength(1)
  expect(all.map(({ to }) => to)).toEqual([next, next, next])
})

it('leaves a database of a newer hub as it is', async () => {
  await expect(migrate(database.ownerUrl)).rejects.toThrow(DatabaseFromFutureError)
  await expect(assertMigrated(database.url)).rejects.toThrow(DatabaseFromFutureError)
  await database.asOwner('DELETE FROM schema_version WHERE version = $1', [next])
  await expect(assertMigrated(database.url)).resolves.toBeUndefined()
  await database.asOwner('DELETE FROM schema_version WHERE version = $1', [next - 1])
  await expect(assertMigrated(database.url)).rejects.toThrow(MigrationNeededError)
  await database.asOwner('INSERT INTO schema_version (version, name) VALUES ($1, $2)', [next - 1, 'hub'])
})

it('takes a step whole or not at all', async () => {
  const broken = { version: next, name: 'broken', statements: ['CREATE TABLE half (id text)', 'SELECT * FROM nowhere'] }
  await expect(migrate(database.ownerUrl, [...migrations, broken])).rejects.toThrow(/broken/)
  expect(await database.asOwner(`SELECT to_regclass('half') AS half, (SELECT max(version) FROM schema_version) AS version`)).toEqual([{ half: null, version: next - 1 }])
})

it('gives the working role no way to change tables or to rewrite history', async () => {
  for (const sql of ['CREATE TABLE mine (id text)', 'ALTER TABLE person ADD mine text', 'DROP TABLE team', 'TRUNCATE person', 'UPDATE audit SET kind = kind', 'DELETE FROM audit', 'UPDATE audit_checkpoint SET hash = hash', 'DELETE FROM audit_checkpoint', 'DELETE FROM audit_contradiction', 'UPDATE receipt SET outcome = outcome', 'DELETE FROM receipt', 'UPDATE change SET pos = pos', 'UPDATE ticket_event SET actor = actor', 'DELETE FROM audit_head', 'DELETE FROM feed_head', 'UPDATE schema_version SET version = 99', 'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$'])
    await expect(database.pool.query(sql), sql).rejects.toThrow(/permission denied|must be owner/)
})

it('gives up rather than wait for ever', async () => {
  const { rows } = await database.pool.query<Record<string, string>>(`SELECT current_setting('statement_timeout') AS s, current_setting('lock_timeout') AS l, current_setting('idle_in_transaction_session_timeout') AS i`)
  expect(rows[0]).toEqual({ s: '15s', l: '2s', i: '5s' })
})
