/** What an operator does at the hub's own machine, beside a hub that may be running. */
import { join } from 'node:path'
import type { Pool } from 'pg'
import { unsafeSettings } from '../database/safety.ts'
import { createPool, inTransaction } from '../database/pool.ts'
import { backupEmbedded, restoreEmbedded } from '../database/backup.ts'
import { makeBackupKey, readBackupKey, readRecipient } from '../database/backup-seal.ts'
import { migrate } from '../database/migrate.ts'
import { runHubImport } from '../import/run.ts'
import { appendAudit } from '../identity/audit.ts'
import { readAuditKey } from '../identity/audit-key.ts'
import { signRestart } from '../identity/checkpoints.ts'
import { codeFromConsole, ensureFirstOffice } from '../identity/founding.ts'
import { feedPeople } from '../identity/person-feed.ts'
import { createPasswords } from '../identity/passwords.ts'
import { HubError } from '../server/errors.ts'
import { createIds } from '../server/ids.ts'
import { normalUsername } from '../../shared/domain/username.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import { feedPlace, noteBackedUp } from '../sync/durable.ts'
import { startNewFeed } from '../sync/feed-identity.ts'
import { checkAudit } from './check-audit.ts'
import { openBeside } from './open-database.ts'
import { SettingsError } from './settings.ts'
import type { Settings } from './settings.ts'

export type Say = (line: string) => void
const clock = { now: () => new Date() }
const ids = createIds(clock)

/** Works on the database and leaves it as it found it: running where it ran, stopped where it did not. */
async function withDatabase<T>(settings: Settings, work: (pool: Pool) => Promise<T>): Promise<T> {
  const database = await openBeside(settings)
  const pool = createPool({ url: database.hubUrl, max: 4, name: 'sportello-hub-command' })
  try {
    return await work(pool)
  } finally {
    await pool.end()
    await database.close()
  }
}
const partsOf = (pool: Pool) => ({ transaction: <T>(work: Parameters<typeof inTransaction<T>>[1]) => inTransaction(pool, work), ids, clock, audit: appendAudit })

export async function enrolCommand(settings: Settings, say: Say, office: string | null, founding: boolean): Promise<void> {
  await withDatabase(settings, async (pool) => {
    await ensureFirstOffice(partsOf(pool))
    const made = await codeFromConsole(partsOf(pool), office, founding).catch((error: unknown) => {
      throw error instanceof HubError ? new SettingsError('--office: there is no office of this name') : error
    })
    say(`${made.code}  ${made.officeName}, ${made.expiresAt.toISOString()}`)
  })
}

export async function migrateCommand(settings: Settings, say: Say): Promise<void> {
  if (settings.databaseUrl !== null && settings.migrationUrl === null) throw new SettingsError('DATABASE_MIGRATION_URL: the role that owns the tables')
  if (settings.migrationUrl !== null) {
    const { from, to } = await migrate(settings.migrationUrl)
    return say(`${from} → ${to}`)
  }
  await withDatabase(settings, () => Promise.resolve(say('ok')))
}

/** Answers whether everything is as it must be. */
export async function checkCommand(settings: Settings, say: Say): Promise<boolean> {
  return withDatabase(settings, async (pool) => {
    const unsafe = await unsafeSettings(pool)
    say(unsafe.length === 0 ? 'durable: yes' : `durable: no (${unsafe.join(', ')})`)
    const { rows } = await pool.query<{ version: string; may_create: boolean; superuser: boolean }>(
      `SELECT current_setting('server_version') AS version, has_schema_privilege('public', 'CREATE') AS may_create, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS superuser`,
    )
    const bound = rows[0] !== undefined && !rows[0].may_create && !rows[0].superuser
    say(`PostgreSQL ${rows[0]?.version ?? '?'}; the hub's role ${bound ? 'cannot change tables' : 'CAN change tables: give it a role of its own'}`)
    const whole = await checkAudit(pool, settings.config.dataDir, say)
    return unsafe.length === 0 && bound && whole
  })
}

export async function importCommand(settings: Settings, say: Say, dir: string, dryRun: boolean): Promise<boolean> {
  return withDatabase(settings, async (pool) => {
    const stop = new AbortController()
    const onSignal = () => stop.abort()
    process.once('SIGINT', onSignal)
    try {
      const summary = await runHubImport({ pool, dir, dryRun, signal: stop.signal })
      for (const { fileName, state, counts } of summary.files) say(`${fileName}: ${state}, ${JSON.stringify(counts)}`)
      say(`${summary.state}: ${summary.records} records, ${summary.recordsPerSecond}/s`)
      return summary.state === 'done'
    } finally {
      process.off('SIGINT', onSignal)
    }
  })
}

/** Of the embedded database, for the holder of the private key; one of your own has PostgreSQL's tools. */
export async function backupCommand(settings: Settings, say: Say, dir: string, publicKey: string | null): Promise<void> {
  if (settings.databaseUrl !== null) throw new SettingsError('backup is for the embedded database: use the tools of PostgreSQL')
  const recipient = readRecipient(publicKey ?? join(settings.config.dataDir, 'backup.pub'))
  // Read before it begins: all of it is in the backup, whatever is written meanwhile.
  const place = await withDatabase(settings, feedPlace)
  say(await backupEmbedded(settings.config.dataDir, dir, recipient))
  await withDatabase(settings, (pool) => noteBackedUp(pool, place))
}

/** Where the feed stands, to be told to `backed-up` when a backup by PostgreSQL's own tools that begins now has been verified. */
export async function positionCommand(settings: Settings, say: Say): Promise<void> {
  await withDatabase(settings, async (pool) => {
    const { feedId, position } = await feedPlace(pool)
    say(`${feedId}:${position}`)
  })
}

/** Desks need not keep what a verified backup holds. */
export async function backedUpCommand(settings: Settings, say: Say, place: string): Promise<void> {
  const [feedId = '', position = ''] = place.split(':')
  if (!/^\d+$/.test(position)) throw new SettingsError('backed-up: what `position` said before the backup began')
  await withDatabase(settings, async (pool) => {
    if (!(await noteBackedUp(pool, { feedId, position: Number(position) }))) throw new SettingsError('backed-up: of another history than that of this database')
  })
  say('ok')
}

/** Puts a backup into an empty data directory and begins a new history in it. */
export async function restoreCommand(settings: Settings, say: Say, path: string, privateKey: string): Promise<void> {
  if (settings.databaseUrl !== null) throw new SettingsError('restore is for the embedded database: use the tools of PostgreSQL')
  await restoreEmbedded(path, readBackupKey(privateKey), settings.config.dataDir)
  await restoredCommand(settings, say)
}

export function backupKeyCommand(say: Say, path: string): void {
  makeBackupKey(path)
  say(`${path}: away from the hub, twice. ${path}.pub: onto the hub, as backup.pub in its data directory`)
}

/** After a restore or a failover that may have lost commits: desks are told that the history is another one. */
export async function restoredCommand(settings: Settings, say: Say): Promise<void> {
  await withDatabase(settings, async (pool) => {
    say(await startNewFeed(partsOf(pool), 'restored'))
    const key = readAuditKey(settings.config.dataDir)
    // Otherwise the hub does it at its start, where its key is.
    if (key) await signRestart({ pool, key, dataDir: settings.config.dataDir, now: clock.now() })
  })
}

export async function listPeople(settings: Settings, say: Say): Promise<void> {
  await withDatabase(settings, async (pool) => {
    const { rows } = await pool.query<{ username: string; role: string; active: boolean }>('SELECT username, role, active FROM person ORDER BY username')
    for (const { username, role, active } of rows) say(`${username}\t${role}\t${active ? 'active' : 'disabled'}`)
  })
}

/** For the first administrator of a hub whose desks bring nobody along, or one whose administrators have all forgotten their passwords. */
export async function addPerson(settings: Settings, say: Say, person: { readonly username: string; readonly displayName: string; readonly role: Role; readonly password: string }): Promise<void> {
  if (person.password.length < 8) throw new SettingsError('the password has at least 8 characters')
  const hash = await createPasswords(settings.config.passwordCost).hash(person.password)
  await withDatabase(settings, (pool) =>
    inTransaction(pool, async (tx) => {
      const id = ids.next()
      const at = clock.now().toISOString()
      const { rowCount } = await tx.query('INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ($1, $2, $3, $4, true, $5) ON CONFLICT (username) DO NOTHING', [id, normalUsername(person.username), person.displayName, person.role, at])
      if (rowCount !== 1) throw new SettingsError('there is somebody of this name')
      await tx.query('INSERT INTO staff (person_id, password_hash, password_revision) VALUES ($1, $2, 1)', [id, hash])
      await appendAudit(tx, { at, actor: 'hub', deviceId: null, kind: 'person_added', subject: id, details: { role: person.role } })
      await feedPeople(tx, [id])
      say(id)
    }),
  )
}

/** At the hub's own machine even the last administrator can be put out of work: that is what it is for. */
export async function disablePerson(settings: Settings, say: Say, username: string): Promise<void> {
  await withDatabase(settings, (pool) =>
    inTransaction(pool, async (tx) => {
      const { rows } = await tx.query<{ id: string }>('UPDATE person SET active = false WHERE username = $1 RETURNING id', [normalUsername(username)])
      const id = rows[0]?.id
      if (id === undefined) throw new SettingsError('there is nobody of this name')
      await tx.query('UPDATE session SET ended_at = now() WHERE person_id = $1 AND ended_at IS NULL', [id])
      await appendAudit(tx, { at: clock.now().toISOString(), actor: 'hub', deviceId: null, kind: 'person_changed', subject: id, details: { active: false } })
      await feedPeople(tx, [id])
      say('ok')
    }),
  )
}
