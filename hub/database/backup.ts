/** A copy of the embedded database while it works, by PostgreSQL's own functions: the package has no tool for it. */
import { chownSync, closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Client } from 'pg'
import { runningEmbedded } from './embedded.ts'
import { databaseAccount, letThrough } from './run-as.ts'
import type { Account } from './run-as.ts'

export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** What belongs to the running server and not to its data; the folders themselves must be there. */
const emptied = new Set(['pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_wal'])
const leftOut = (name: string) => ['postmaster.pid', 'postmaster.opts', 'server.log', 'backup_label'].includes(name) || name.startsWith('pgsql_tmp')

/**
 * Copies the database of a hub that runs into a new folder `to`: `postgres` and its passwords, from which a data directory can be made.
 * It holds customers in clear: encrypting it is the business of where it goes. Throws `BackupError`.
 */
export async function backupEmbedded(dataDir: string, to: string): Promise<void> {
  if (existsSync(to)) throw new BackupError(`${to} exists already`)
  const urls = await runningEmbedded(dataDir)
  if (urls === null) throw new BackupError('the embedded database does not run: start the hub, or copy the data directory as it lies')
  const account = databaseAccount()
  const part = `${to}.part-${process.pid}`
  mkdirSync(part, { recursive: true, mode: 0o700 })
  letThrough(part, account)
  const [from, copy] = [join(dataDir, 'postgres'), join(part, 'postgres')]
  const admin = new Client({ connectionString: urls.adminUrl, application_name: 'sportello-backup' })
  await admin.connect()
  try {
    // Gone with this connection; until then the log since the beginning is kept.
    await admin.query(`SELECT pg_create_physical_replication_slot('sportello_backup', true, true)`)
    await admin.query(`SELECT pg_backup_start('sportello', true)`)
    copyFolder(from, copy, account, (name) => name !== 'global/pg_control')
    copyOne(join(from, 'global', 'pg_control'), join(copy, 'global', 'pg_control'), account)
    const { rows } = await admin.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(wait_for_archive => false)')
    writeFileSync(join(copy, 'backup_label'), rows[0]?.label ?? '', { mode: 0o600 })
    own(join(copy, 'backup_label'), account)
    // After the end: what was written meanwhile is in the log, and the log is what makes the copy whole.
    copyFolder(join(from, 'pg_wal'), join(copy, 'pg_wal'), account, () => true)
  } finally {
    await admin.end()
  }
  copyOne(join(dataDir, 'postgres-passwords.json'), join(part, 'postgres-passwords.json'), null)
  renameSync(part, to)
  if (process.platform !== 'win32') flush(dirname(to))
}

function copyFolder(from: string, to: string, account: Account, wanted: (name: string) => boolean, inside = ''): void {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  own(to, account)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (leftOut(entry.name) || !wanted(name)) continue
    if (!entry.isDirectory()) copyOne(join(from, entry.name), join(to, entry.name), account)
    else if (emptied.has(name)) {
      mkdirSync(join(to, entry.name), { mode: 0o700 })
      own(join(to, entry.name), account)
    } else copyFolder(join(from, entry.name), join(to, entry.name), account, wanted, name)
  }
}

function copyOne(from: string, to: string, account: Account): void {
  try {
    copyFileSync(from, to)
  } catch (error) {
    // Tables come and go while a database works: the log knows of them.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  own(to, account)
  flush(to)
}

function own(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function flush(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
