/** Puts a desk back on its feet whose database cannot be opened: what was there is set aside first, what was never sent is put back last. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { appendAudit } from '../audit/audit-log.ts'
import type { Clock, Log } from '../ports.ts'
import type { DatabaseKey } from '../store/cipher.ts'
import { readHealth, writeHealth } from '../store/health.ts'
import type { MigrationProgress } from '../store/migrate.ts'
import { clearPart, copyBeside, lyingAside, moveInPlace, setAside, settleAside } from '../store/set-aside.ts'
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
  /** It is whole, and about to be put in its place: what is written down of it now is on the disk before that. Told again when it is begun again. */
  readonly onReady: (restored: Restored) => void
}
export type Restored = Recovered & { readonly drafts: number; readonly aside: string | null }

const name = 'desk.db'

/**
 * `copyPath` was opened and read to its end. The new database is made beside the old one, down to what was never sent, and takes its place as
 * the last step: cut short anywhere, either the old one is there as it was, or none, or the new one in full, and it can be begun again.
 */
export async function restoreCopy(parts: RestoreParts, copyPath: string): Promise<Restored> {
  const found = salvaged(parts)
  const part = partIn(parts.dataDir)
  copyBeside(copyPath, part)
  return complete(parts, part, found)
}

/** A new file for a desk of a hub, which has everything but what was never sent. */
export async function rebuildFromHub(parts: RestoreParts & { readonly deviceId: string }): Promise<Restored> {
  const found = salvaged(parts)
  const part = partIn(parts.dataDir)
  clearPart(part)
  const store = await openStore(part, parts.key, { create: true })
  try {
    await writeInTurn(store, (db) => {
      followAnew(db, parts.deviceId, found.aliases ?? {})
      takeSalvaged(db, found, ['person'])
    })
  } finally {
    await store.close()
  }
  return complete(parts, part, found)
}

const partIn = (dataDir: string): string => join(dataDir, `${name}.rebuilt`)

/** Cut short after it was set aside, the damaged database is there already. */
function salvaged({ dataDir, key }: RestoreParts): Salvaged {
  const inPlace = join(dataDir, name)
  const path = existsSync(inPlace) ? inPlace : lyingAside(dataDir, name)
  return path === null ? nothingSalvaged : salvage(path, key)
}

async function complete(parts: RestoreParts, part: string, found: Salvaged): Promise<Restored> {
  const { dataDir, clock } = parts
  const { last, ...brought } = await bringForward(parts, part, found)
  const restored = { ...brought, aside: setAside(dataDir, name, clock.now()) }
  parts.onReady(restored)
  moveInPlace(part, join(dataDir, name))
  settleAside(dataDir)
  writeHealth(dataDir, { exit: 'clean', lastSeq: last, checkedAt: null, doubtful: false })
  return restored
}

/** From the state of the copy to the last thing that was saved, as far as it is known anywhere. `last`: the highest number of an operation in it then. */
async function bringForward({ dataDir, key, clock, log, deviceId, onMigration, by }: RestoreParts, part: string, found: Salvaged): Promise<Omit<Restored, 'aside'> & { readonly last: number }> {
  const store = await openStore(part, key, { create: false, ...(onMigration ? { onMigration } : {}) })
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
      return { ...recovered, drafts, last: lastSeq(store.rawWriter) }
    } finally {
      journal.close()
    }
  } finally {
    await store.close()
  }
}
