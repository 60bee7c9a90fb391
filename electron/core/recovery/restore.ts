/** Puts a desk back on its feet whose database cannot be opened: what was there is set aside first, what was never sent is put back last. */
import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { appendAudit } from '../audit/audit-log.ts'
import type { Clock, Log } from '../ports.ts'
import type { DatabaseKey } from '../store/cipher.ts'
import { readHealth, writeHealth } from '../store/health.ts'
import type { MigrationProgress } from '../store/migrate.ts'
import { asideFolders, moveInPlace, putInPlace, setAside } from '../store/set-aside.ts'
import { nothingSalvaged, salvage, takeSalvaged } from '../store/salvage.ts'
import type { Salvaged } from '../store/salvage.ts'
import { openStore } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { lastSeq } from '../store/upkeep-task.ts'
import { readArchives } from '../store/start-up.ts'
import { followAnew } from '../sync/follow-anew.ts'
import { openJournal } from '../sync/outbox-journal.ts'
import { recoverFromJournal } from '../sync/recover-journal.ts'
import type { Recovered } from '../sync/recover-journal.ts'
import { readState } from '../sync/sync-store.ts'

export type RestoreParts = {
  readonly dataDir: string
  readonly key: DatabaseKey
  readonly clock: Clock
  readonly log: Log
  /** The device this desk is at its hub; `null` for a desk that stands alone, or that was let go. */
  readonly deviceId: string | null
  readonly onMigration?: (progress: MigrationProgress) => void
  /** Who has asked for it, for the trace of it. */
  readonly by: { readonly personId: string; readonly desk: string }
}
export type Restored = Recovered & { readonly drafts: number; readonly aside: string | null }

const name = 'desk.db'

/** `copyPath` was opened and read to its end. Cut short anywhere, it can be begun again; the damaged files are never written to. */
export async function restoreCopy(parts: RestoreParts, copyPath: string): Promise<Restored> {
  const { dataDir } = parts
  const aside = setAside(dataDir, name, parts.clock.now())
  const found = salvageFrom(dataDir, aside, parts.key)
  putInPlace(copyPath, join(dataDir, name))
  return bringForward(parts, found, aside)
}

/** A new file for a desk of a hub, which has everything but what was never sent. It gets its name when it knows whose it is. */
export async function rebuildFromHub(parts: RestoreParts & { readonly deviceId: string }): Promise<Restored> {
  const { dataDir, key } = parts
  const aside = setAside(dataDir, name, parts.clock.now())
  const found = salvageFrom(dataDir, aside, key)
  const fresh = join(dataDir, `${name}.rebuilt`)
  for (const suffix of ['', '-wal', '-shm']) rmSync(fresh + suffix, { force: true })
  const store = await openStore(fresh, key, { create: true })
  try {
    await writeInTurn(store, (db) => {
      followAnew(db, parts.deviceId, found.aliases ?? {})
      takeSalvaged(db, found, ['person'])
    })
  } finally {
    await store.close()
  }
  moveInPlace(fresh, join(dataDir, name))
  return bringForward(parts, found, aside)
}

/** Cut short after it was set aside, the database is in the newest such folder already. */
function salvageFrom(dataDir: string, aside: string | null, key: DatabaseKey): Salvaged {
  const folder = [...(aside === null ? [] : [aside]), ...asideFolders(dataDir).map((each) => join(dataDir, each))].find((each) => existsSync(join(each, name)))
  return folder === undefined ? nothingSalvaged : salvage(join(folder, name), key)
}

/** From the state of the copy to the last thing that was saved, as far as it is known anywhere. */
async function bringForward({ dataDir, key, clock, log, deviceId, onMigration, by }: RestoreParts, found: Salvaged, aside: string | null): Promise<Restored> {
  const store = await openStore(join(dataDir, name), key, { create: false, ...(onMigration ? { onMigration } : {}) })
  try {
    const journal = openJournal(dataDir, key)
    try {
      // A copy from before the joining, or of another life of this desk at the hub.
      if (deviceId !== null && readState(store.rawWriter, 'deviceId') !== deviceId) {
        await writeInTurn(store, (db) => followAnew(db, deviceId, found.aliases ?? readState(db, 'aliases') ?? {}))
      }
      const knownSeq = Math.max(readHealth(dataDir)?.lastSeq ?? 0, ...found.operations.map(({ seq }) => seq))
      const recovered = await recoverFromJournal(store, journal, log, { others: [...found.operations, ...readArchives(dataDir, key)], knownSeq })
      const drafts = await writeInTurn(store, (db) => {
        const { recovered: operations, missing } = recovered
        appendAudit(db, { at: clock.now().toISOString(), actor: by.personId, desk: by.desk, kind: 'administered', subject: null, details: { operation: 'recovery', recovered: operations, missing } })
        return takeSalvaged(db, found)
      })
      writeHealth(dataDir, { exit: 'clean', lastSeq: lastSeq(store.rawWriter), checkedAt: null, doubtful: false })
      return { ...recovered, drafts, aside: aside === null ? null : basename(aside) }
    } finally {
      journal.close()
    }
  } finally {
    await store.close()
  }
}
