/** Why the desk does not open, what can be done about it, and who may do it: whoever has just given a right password. */
import type { Damage, RecoveryCopy, RecoveryKind, RecoveryNote, RecoveryState } from '../../../shared/contract/recovery.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Clock, Log } from '../ports.ts'
import type { SlotFiles } from '../people/slot-files.ts'
import { damageOf, isDamage } from '../store/damage.ts'
import { listCopies } from '../store/copies.ts'
import type { FolderLock } from '../store/folder-lock.ts'
import { StoreFromFutureError } from '../store/migrate.ts'
import { newestVersion } from '../store/migrations/list.ts'
import { inspectApart } from '../store/upkeep-apart.ts'
import { readArchives } from '../store/start-up.ts'
import { openJournal } from '../sync/outbox-journal.ts'
import type { Recovered } from '../sync/recover-journal.ts'
import { createRecoveryNotes } from './notes.ts'
import type { RecoveryNotes } from './notes.ts'
import { rebuildFromHub, restoreCopy } from './restore.ts'
import type { RestoreParts, Restored } from './restore.ts'

export type RecoveryParts = {
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly lock: FolderLock
  readonly slotFiles: () => SlotFiles
  /** A desk is here, and this is no first run. */
  readonly hasDesk: () => boolean
  readonly deviceId: () => string | null
  readonly deskName: () => string
  readonly onMigration: RestoreParts['onMigration']
}
export type Recovery = {
  readonly kind: () => Exclude<RecoveryKind, 'none'> | null
  readonly state: (clientId: string) => RecoveryState
  readonly notes: RecoveryNotes
  /** Opening has failed for somebody with this key; what the desk can tell about it is kept for them. */
  readonly failed: (clientId: string, personId: string, key: Uint8Array, error: unknown) => void
  readonly slotsMismatch: () => void
  /** Opening went well: what had to be put back on the way is told. */
  readonly opened: (recovered: Recovered, drafts: number) => void
  readonly forget: () => void
  readonly isJoined: () => boolean
  readonly restore: (clientId: string, copyId: string) => Promise<Result<true, 'not_unlocked' | 'copy_unusable'>>
  readonly rebuild: (clientId: string) => Promise<Result<true, 'not_unlocked' | 'not_joined'>>
}

type Trouble =
  | { readonly kind: 'damaged'; readonly found: Damage; readonly clientId: string; readonly personId: string; readonly key: Uint8Array; readonly journaled: number; copies: readonly RecoveryCopy[] }
  | { readonly kind: 'from_future'; readonly version: number }
  | { readonly kind: 'mismatch' }

/** Nobody's key lies about for long. */
const unlockedMs = 30 * 60_000

export function createRecovery(parts: RecoveryParts): Recovery {
  const { dataDir, clock, log } = parts
  const notes = createRecoveryNotes(dataDir)
  let trouble: Trouble | null = null
  let timer: NodeJS.Timeout | undefined

  function forget(): void {
    clearTimeout(timer)
    if (trouble?.kind === 'damaged') trouble.key.fill(0)
    trouble = null
  }

  function damaged(clientId: string, personId: string, givenKey: Uint8Array, found: Damage): void {
    const key = Uint8Array.from(givenKey)
    const copies = listCopies(dataDir).map(({ id, at, reason }): RecoveryCopy => ({ id, at, reason, state: 'checking', customers: null }))
    const now = { kind: 'damaged', found, clientId, personId, key, journaled: countJournaled(dataDir, key), copies } as Extract<Trouble, { kind: 'damaged' }>
    trouble = now
    timer = setTimeout(forget, unlockedMs)
    timer.unref()
    void inspectAll(now).catch((error: unknown) => log('error', 'copies_not_read', { name: error instanceof Error ? error.name : 'unknown' }))
  }

  async function inspectAll(now: Extract<Trouble, { kind: 'damaged' }>): Promise<void> {
    for (const { id, path } of listCopies(dataDir)) {
      if (trouble !== now) return
      const inspected = await inspectApart(path, now.key).catch(() => ({ state: 'damaged' as const }))
      now.copies = now.copies.map((copy) => (copy.id === id ? { ...copy, state: inspected.state, customers: inspected.state === 'good' ? inspected.customers : null } : copy))
    }
  }

  function unlockedFor(clientId: string): Extract<Trouble, { kind: 'damaged' }> | null {
    return trouble?.kind === 'damaged' && trouble.clientId === clientId ? trouble : null
  }

  async function carryOut(now: Extract<Trouble, { kind: 'damaged' }>, work: (restore: RestoreParts) => Promise<Restored>, about: Pick<RecoveryNote, 'kind' | 'copyAt'>): Promise<void> {
    const key = Uint8Array.from(now.key)
    try {
      // On the disk before the desk opens again: it is never at work on a copy without a word.
      const onReady = (restored: Restored) => notes.add(noteOf(restored, about, restored.drafts, restored.aside))
      const done = await work({ dataDir, key, clock, log, deviceId: parts.deviceId(), by: { personId: now.personId, desk: parts.deskName() }, onReady, ...(parts.onMigration ? { onMigration: parts.onMigration } : {}) })
      log('info', 'store_restored', { kind: about.kind, recovered: done.recovered, missing: done.missing })
      forget()
    } finally {
      key.fill(0)
    }
  }

  function noteOf(done: Recovered, about: Pick<RecoveryNote, 'kind' | 'copyAt'>, drafts: number, aside: string | null): Omit<RecoveryNote, 'id'> {
    const joined = parts.deviceId() !== null
    // What is not here is at the hub, and comes from there; what it cannot apply yet, it can when that is in.
    return { ...about, at: clock.now().toISOString(), recovered: done.recovered, drafts, withoutEffect: joined ? 0 : done.withoutEffect, missing: joined ? 0 : done.missing, aside, joined }
  }

  function state(clientId: string): RecoveryState {
    switch (parts.lock.state()) {
      case 'read_only': return { kind: 'read_only' }
      case 'full': return { kind: 'disk_full' }
      case 'busy': return { kind: 'second_instance' }
      case 'held': break
    }
    const joined = parts.deviceId() !== null
    if (trouble?.kind === 'damaged') {
      const { found, copies, journaled } = trouble
      const unlocked = trouble.clientId === clientId
      return { kind: 'damaged', found, unlocked, joined, copies: unlocked ? copies : [], journaled: unlocked ? journaled : 0 }
    }
    if (trouble?.kind === 'from_future') return { kind: 'from_future', version: trouble.version, known: newestVersion }
    if (trouble?.kind === 'mismatch') return { kind: 'key_slots', found: 'mismatch', joined }
    const slots = parts.slotFiles()
    if ((slots === 'missing' || slots === 'damaged') && parts.hasDesk()) return { kind: 'key_slots', found: slots, joined }
    return { kind: 'none' }
  }

  return {
    notes,
    state,
    forget,
    kind: () => {
      const now = state('')
      // The hub can give a desk of its own new key slots: signing in is the way.
      return now.kind === 'none' || (now.kind === 'key_slots' && now.joined) ? null : now.kind
    },
    failed: (clientId, personId, key, error) => {
      if (!isDamage(error) && !(error instanceof StoreFromFutureError)) return
      forget()
      if (error instanceof StoreFromFutureError) trouble = { kind: 'from_future', version: error.version }
      else damaged(clientId, personId, key, damageOf(error))
    },
    slotsMismatch: () => {
      forget()
      trouble = { kind: 'mismatch' }
    },
    opened: (recovered, drafts) => {
      forget()
      if (recovered.recovered === 0 && recovered.missing === 0) return
      const note = noteOf(recovered, { kind: recovered.missing > 0 ? 'old_copy' : 'log_lost', copyAt: null }, drafts, null)
      notes.add(note)
    },
    isJoined: () => parts.deviceId() !== null,
    restore: async (clientId, copyId) => {
      const now = unlockedFor(clientId)
      if (!now) return refuse('not_unlocked')
      const copy = listCopies(dataDir).find(({ id }) => id === copyId)
      // Looked at once more: it may be minutes since it was opened.
      const inspected = copy ? await inspectApart(copy.path, now.key).catch(() => null) : null
      if (!copy || inspected?.state !== 'good') return refuse('copy_unusable')
      await carryOut(now, (restore) => restoreCopy(restore, copy.path), { kind: 'restored', copyAt: copy.at })
      return ok(true)
    },
    rebuild: async (clientId) => {
      const now = unlockedFor(clientId)
      if (!now) return refuse('not_unlocked')
      const deviceId = parts.deviceId()
      if (deviceId === null) return refuse('not_joined')
      await carryOut(now, (restore) => rebuildFromHub({ ...restore, deviceId }), { kind: 'rebuilt', copyAt: null })
      return ok(true)
    },
  }
}

/** Operations that the second copy holds, whatever the database does. */
function countJournaled(dataDir: string, key: Uint8Array): number {
  const journal = openJournal(dataDir, key)
  try {
    return new Set([...readArchives(dataDir, key), ...journal.read().entries].map(({ opId }) => opId)).size
  } catch {
    return 0
  } finally {
    journal.close()
  }
}
