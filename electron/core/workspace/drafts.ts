/** Texts that are being typed: a row each, and all of them in a sealed file beside the database. */
import type { RemovedDraft, UnfinishedText } from '../../../shared/contract/workspace.ts'
import type { Clock, Log } from '../ports.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import type { UnitOfWork } from '../store/unit-of-work.ts'
import { clearState, readState, writeState } from '../sync/sync-store.ts'
import { readDraftFile, removeDraftFile, writeDraftFile } from './draft-file.ts'
import type { DraftFile, KeptDraft } from './draft-file.ts'
import { draftTarget } from './draft-target.ts'

export type Drafts = {
  /** Durable when it resolves; an empty text drops the draft. Answers when, ISO. */
  readonly keep: (personId: string, key: string, text: string) => Promise<string>
  readonly load: (personId: string, key: string) => { readonly text: string; readonly savedAt: string } | null
  /** What this person has not finished, the newest first. */
  readonly list: (personId: string) => readonly UnfinishedText[]
  /** What was taken off this desk with the customer it was about, until it has been read. */
  readonly removed: (personId: string) => readonly RemovedDraft[]
  readonly forgetRemoved: (personId: string) => Promise<void>
}

export function createDrafts(parts: { readonly store: Store; readonly work: UnitOfWork; readonly dataDir: string; readonly key: Uint8Array; readonly clock: Clock }): Drafts {
  const { store, work, dataDir, key: databaseKey, clock } = parts
  return {
    keep: async (personId, key, text) => {
      const savedAt = clock.now().toISOString()
      await work.local((db) => {
        const rows = rowsOf(db)
        const others = rows.filter((row) => row.personId !== personId || row.key !== key)
        if (text === '' && others.length === rows.length) return
        // First the file: what it has and the database has not is put back at the next start.
        writeDraftFile(dataDir, databaseKey, { at: savedAt, drafts: text === '' ? others : [...others, { personId, key, text, savedAt }] })
        clearState(db, 'draftsPurged')
        if (text === '') db.prepare('DELETE FROM draft WHERE person_id = ? AND key = ?').run(personId, key)
        else put(db, { personId, key, text, savedAt })
      })
      return savedAt
    },
    load: (personId, key) => (store.rawReader.prepare('SELECT text, saved_at AS savedAt FROM draft WHERE person_id = ? AND key = ?').get(personId, key) as { text: string; savedAt: string } | undefined) ?? null,
    list: (personId) => {
      const rows = store.rawReader.prepare('SELECT key, saved_at AS savedAt FROM draft WHERE person_id = ? ORDER BY saved_at DESC, key').all(personId) as { key: string; savedAt: string }[]
      return rows.map((row) => ({ ...row, target: draftTarget(store.rawReader, row.key) }))
    },
    removed: (personId) => (readState(store.rawReader, 'draftsRemoved') ?? []).flatMap((one) => (one.personId === personId ? [{ form: one.form, savedAt: one.savedAt }] : [])),
    forgetRemoved: (personId) =>
      work.local((db) => {
        const rest = (readState(db, 'draftsRemoved') ?? []).filter((one) => one.personId !== personId)
        if (rest.length === 0) clearState(db, 'draftsRemoved')
        else writeState(db, 'draftsRemoved', rest)
      }),
  }
}

/** When a store has just been opened: puts back what the file holds and the database has lost, drops what was dropped. Answers how many came back. */
export async function bringBackDrafts(store: Store, dataDir: string, key: Uint8Array, log: Log): Promise<number> {
  const onDisk = readDraftFile(dataDir, key)
  if (onDisk === 'damaged') log('error', 'drafts_damaged', {})
  return writeInTurn(store, (db) => {
    // Purged, and the end of it not seen: what the file holds beyond the database is not to be here any more.
    const purged = readState(db, 'draftsPurged') === true || readState(db, 'revoked') === true
    let back = 0
    if (onDisk !== null && onDisk !== 'damaged' && !purged) {
      const aliases = readState(db, 'aliases') ?? {}
      const kept = onDisk.drafts.map((draft) => ({ ...draft, personId: aliases[draft.personId] ?? draft.personId }))
      const before = new Map(rowsOf(db).map((row) => [nameOf(row), row]))
      for (const draft of kept) {
        const row = before.get(nameOf(draft))
        if (row !== undefined && (row.text === draft.text || row.savedAt > draft.savedAt)) continue
        put(db, draft)
        back += 1
      }
      const names = new Set(kept.map(nameOf))
      for (const row of before.values()) if (!names.has(nameOf(row)) && row.savedAt <= onDisk.at) db.prepare('DELETE FROM draft WHERE person_id = ? AND key = ?').run(row.personId, row.key)
    }
    // On a disk that is full the desk opens all the same where the file says what the rows say.
    if (purged || !says(onDisk, rowsOf(db))) writeAgain(db, dataDir, key)
    return back
  })
}

/** After customers were purged: the file holds what the database still does. Inside a transaction. */
export function writeAgain(db: RawDatabase, dataDir: string, key: Uint8Array): void {
  const drafts = rowsOf(db)
  if (readState(db, 'draftsPurged') === true || readState(db, 'revoked') === true) removeDraftFile(dataDir)
  if (drafts.length > 0) writeDraftFile(dataDir, key, { at: drafts.map(({ savedAt }) => savedAt).toSorted().at(-1) ?? '', drafts })
  clearState(db, 'draftsPurged')
}

function says(file: DraftFile | 'damaged' | null, rows: readonly KeptDraft[]): boolean {
  const sorted = (drafts: readonly KeptDraft[]) => JSON.stringify(drafts.map((draft) => [nameOf(draft), draft.savedAt, draft.text].join(' ')).toSorted())
  return file === null || file === 'damaged' ? rows.length === 0 : sorted(file.drafts) === sorted(rows)
}

function rowsOf(db: RawDatabase): KeptDraft[] {
  return db.prepare('SELECT person_id AS personId, key, text, saved_at AS savedAt FROM draft').all() as KeptDraft[]
}

function put(db: RawDatabase, { personId, key, text, savedAt }: KeptDraft): void {
  db.prepare('INSERT INTO draft (person_id, key, text, saved_at) VALUES (?, ?, ?, ?) ON CONFLICT (person_id, key) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at').run(personId, key, text, savedAt)
}

/** A person's id holds no colon, a key may. */
const nameOf = ({ personId, key }: KeptDraft): string => `${personId}:${key}`
