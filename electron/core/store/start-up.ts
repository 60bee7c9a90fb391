/**
 * The way from a key to an open store. The order matters: nothing is written to a file that was not read well, and nothing is served that was
 * not compared with what is known beside it. Before it come the lock of the folder, the key slots and their check value.
 */
import { copyFileSync, existsSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Log } from '../ports.ts'
import { journalFile, openJournal, readJournalFile } from '../sync/outbox-journal.ts'
import type { JournalEntry, OutboxJournal } from '../sync/outbox-journal.ts'
import { recoverFromJournal } from '../sync/recover-journal.ts'
import type { Recovered } from '../sync/recover-journal.ts'
import { openRaw, requireDatabaseFile, StoreUnreadableError } from './cipher.ts'
import type { DatabaseKey } from './cipher.ts'
import { archivedJournals, compact } from './copies.ts'
import { syncFile, syncFolder } from './durable.ts'
import { readHealth, writeHealth } from './health.ts'
import { StoreFromFutureError, userVersion } from './migrate.ts'
import type { MigrationProgress } from './migrate.ts'
import { newestVersion } from './migrations/list.ts'
import { settleAside } from './set-aside.ts'
import { openStore } from './store.ts'
import type { Store } from './store.ts'
import { checkApart } from './upkeep-apart.ts'
import { checkDatabase, lastSeq } from './upkeep-task.ts'

export type StartUpParts = {
  readonly dataDir: string
  readonly path: string
  readonly key: DatabaseKey
  readonly clock: Clock
  readonly log: Log
  readonly onMigration?: (progress: MigrationProgress) => void
  readonly onCheck?: (underWay: boolean) => void
}
export type Started = { readonly store: Store; readonly journal: OutboxJournal; readonly recovered: Recovered }

/** Throws `StoreUnreadableError` or what SQLite says of a damaged page, and `StoreFromFutureError`; the files are then as they were. */
export async function startStore(parts: StartUpParts): Promise<Started> {
  const { dataDir, path, key } = parts
  requireDatabaseFile(path)
  assertKnownVersion(path, key)
  const health = readHealth(dataDir)
  if (health?.exit !== 'clean' || health.doubtful) await checkBefore(parts, health?.doubtful === true)
  const store = await openStore(path, key, { create: false, ...(parts.onMigration ? { onMigration: parts.onMigration } : {}) })
  try {
    const journal = openJournal(dataDir, key)
    keepDamagedJournal(parts, journal)
    const recovered = await recoverFromJournal(store, journal, parts.log, { others: readArchives(dataDir, key), knownSeq: health?.lastSeq ?? 0 })
    cutDamagedEnd(dataDir, journal)
    settleAside(dataDir)
    markOpen(dataDir, store)
    return { store, journal, recovered }
  } catch (error) {
    await store.close().catch(() => undefined)
    throw error
  }
}

/** A first run: nothing is there to compare with. */
export async function startNewStore({ dataDir, path, key }: StartUpParts): Promise<Started> {
  // Of a set-up that was cut short, under a key that nobody ever had.
  rmSync(join(dataDir, journalFile), { force: true })
  const store = await openStore(path, key, { create: true })
  markOpen(dataDir, store)
  return { store, journal: openJournal(dataDir, key), recovered: { recovered: 0, withoutEffect: 0, missing: 0, damagedBytes: 0 } }
}

/** What was written to the journals that lie beside copies, the oldest first. */
export function readArchives(dataDir: string, key: DatabaseKey): JournalEntry[] {
  return archivedJournals(dataDir).flatMap((path) => readJournalFile(path, key))
}

/** Read only: a file of a newer version is not even folded together. */
function assertKnownVersion(path: string, key: DatabaseKey): void {
  const db = openRaw(path, key, 'read')
  try {
    const version = userVersion(db)
    if (version > newestVersion) throw new StoreFromFutureError(`store version ${version} is newer than ${newestVersion}`, version)
  } finally {
    db.close()
  }
}

/** Read in less time than a thread takes to begin. */
const checkedHereBytes = 2 * 1024 * 1024

async function checkBefore({ path, key, log, onCheck }: StartUpParts, everything: boolean): Promise<void> {
  onCheck?.(true)
  try {
    const depth = everything ? 'full' : 'quick'
    const checked = statSync(path).size <= checkedHereBytes ? checkDatabase(path, key, depth) : await checkApart(path, key, depth)
    if (checked.sound) return
    log('error', 'store_damaged', { found: checked.found })
    throw new StoreUnreadableError('the check found a page that is not whole', { found: checked.found })
  } finally {
    onCheck?.(false)
  }
}

/** What is not whole at its end would be taken for a loss once more: it was kept, and what could be read of it is in the database. */
function cutDamagedEnd(dataDir: string, journal: OutboxJournal): void {
  const { damagedBytes } = journal.read()
  const path = join(dataDir, journalFile)
  if (damagedBytes > 0) truncateSync(path, statSync(path).size - damagedBytes)
}

/** It is cut off later: first it is kept as it was found. */
function keepDamagedJournal({ dataDir, clock }: StartUpParts, journal: OutboxJournal): void {
  if (journal.read().damagedBytes === 0) return
  const kept = join(dataDir, `${journalFile}.damaged-${compact(clock.now())}`)
  if (existsSync(kept)) return
  copyFileSync(join(dataDir, journalFile), kept)
  syncFile(kept)
  syncFolder(dataDir)
}

function markOpen(dataDir: string, store: Store): void {
  writeHealth(dataDir, { exit: 'open', lastSeq: lastSeq(store.rawWriter), checkedAt: readHealth(dataDir)?.checkedAt ?? null, doubtful: false })
}
