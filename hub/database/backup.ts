import { createHash } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { chownSync, closeSync, createReadStream, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { packEnd, packFile, packFolder, packText, unpack } from './backup-archive.ts'
import { BackupError } from './backup-error.ts'
import { seal, unseal } from './backup-seal.ts'
import { runningEmbedded } from './embedded.ts'
import { databaseAccount, letThrough } from './run-as.ts'

/** What belongs to the running server and not to its data; the folders themselves must be there. */
const emptied = new Set(['pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans', 'pg_wal'])
const leftOut = (name: string) => ['postmaster.pid', 'postmaster.opts', 'server.log', 'backup_label'].includes(name) || name.startsWith('pgsql_tmp')
const passwords = 'postgres-passwords.json'

/**
 * Writes the database of a hub that runs, with its passwords, into one file of the folder `dir`, encrypted for `recipient`; nothing of it
 * lies on a disk in clear. Answers the file's path. Throws `BackupError`.
 */
export async function backupEmbedded(dataDir: string, dir: string, recipient: KeyObject, now = new Date()): Promise<string> {
  const urls = await runningEmbedded(dataDir)
  if (urls === null) throw new BackupError('the embedded database does not run: start the hub first')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const path = join(dir, `sportello-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.backup`)
  if (existsSync(path)) throw new BackupError(`${path} exists already`)
  const part = `${path}.part-${process.pid}`
  const file = await open(part, 'wx', 0o600)
  try {
    const written = createHash('sha256')
    for await (const piece of seal(contentOf(dataDir, urls.adminUrl), recipient, now)) {
      written.update(piece)
      await file.writeFile(piece)
    }
    await file.sync()
    if (!(await isAsWritten(part, written.digest('hex')))) throw new BackupError(`${part} does not read as it was written: the disk is not to be trusted`)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    await file.close()
  }
  renameSync(part, path)
  flushFolder(dir)
  return path
}

/** Only who has the other key can open it; that every byte is there can be seen without. */
async function isAsWritten(path: string, digest: string): Promise<boolean> {
  const read = createHash('sha256')
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) read.update(piece)
  return read.digest('hex') === digest
}

async function* contentOf(dataDir: string, adminUrl: string): AsyncGenerator<Buffer> {
  const cluster = join(dataDir, 'postgres')
  const admin = new Client({ connectionString: adminUrl, application_name: 'sportello-backup' })
  await admin.connect()
  try {
    // Gone with this connection; until then the log since the beginning is kept.
    await admin.query(`SELECT pg_create_physical_replication_slot('sportello_backup_${process.pid}', true, true)`)
    await admin.query(`SELECT pg_backup_start('sportello', true)`)
    yield* packAll(cluster, 'postgres', (name) => name !== 'postgres/global/pg_control')
    yield* packFile('postgres/global/pg_control', join(cluster, 'global', 'pg_control'))
    const { rows } = await admin.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(wait_for_archive => false)')
    yield packText('postgres/backup_label', rows[0]?.label ?? '')
    // After the end: what was written meanwhile is in the log, and the log is what makes the copy whole.
    yield* packAll(join(cluster, 'pg_wal'), 'postgres/pg_wal', () => true)
  } finally {
    await admin.end()
  }
  yield* packFile(passwords, join(dataDir, passwords))
  yield packEnd()
}

async function* packAll(folder: string, path: string, wanted: (path: string) => boolean): AsyncGenerator<Buffer> {
  yield packFolder(path)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const inside = `${path}/${entry.name}`
    if (leftOut(entry.name) || !wanted(inside)) continue
    if (entry.isFile()) yield* packFile(inside, join(folder, entry.name))
    else if (entry.isDirectory() && emptied.has(inside.slice('postgres/'.length))) yield packFolder(inside)
    else if (entry.isDirectory()) yield* packAll(join(folder, entry.name), inside, wanted)
  }
}

/**
 * Puts a backup into a data directory that has no database. Nothing is there before the last byte of the backup has been verified. Throws
 * `BackupError`. The history in it is an old one: `npm run hub -- restore` begins a new one afterwards.
 */
export async function restoreEmbedded(path: string, privateKey: KeyObject, dataDir: string): Promise<void> {
  for (const name of ['postgres', passwords]) if (existsSync(join(dataDir, name))) throw new BackupError(`${join(dataDir, name)} exists already: a backup goes into a data directory without a database`)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const account = databaseAccount()
  letThrough(dataDir, account)
  const part = join(dataDir, `restore.part-${process.pid}`)
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new BackupError(`${path} cannot be read`, { cause })
  })
  try {
    mkdirSync(part, { mode: 0o700 })
    await unpack(unseal(file.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false }) as AsyncIterable<Buffer>, privateKey), part, account)
    // The passwords are the hub's and not the database's.
    if (account) chownSync(join(part, passwords), process.getuid?.() ?? 0, process.getgid?.() ?? 0)
    renameSync(join(part, passwords), join(dataDir, passwords))
    renameSync(join(part, 'postgres'), join(dataDir, 'postgres'))
    flushFolder(dataDir)
  } finally {
    await file.close()
    rmSync(part, { recursive: true, force: true })
  }
}

function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
