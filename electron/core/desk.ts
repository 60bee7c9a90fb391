/**
 * The desk of this workstation: its key slots, the store while somebody is signed in, and who that is. Over 300 lines: opening, closing and
 * signing in and out take turns with each other, and are read together.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { SessionStatus } from '../../shared/contract/session.ts'
import { romeDay } from '../../shared/domain/civil-day.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { PersonRow } from '../../shared/domain/records/people.ts'
import { models } from '../../shared/model/models.ts'
import { appendAudit } from './audit/audit-log.ts'
import type { AuditEntry } from './audit/audit-log.ts'
import type { Session, SignedCall } from './context.ts'
import { createDeskHub, realHub } from './sync/desk-hub.ts'
import type { OutboxJournal } from './sync/outbox-journal.ts'
import { trimJournal } from './sync/recover-journal.ts'
import { dropOutdatedSlots, dropSlots, hasHubPassword, noteHubPassword, refreshSessions, takeKnown } from './sync/desk-people.ts'
import { isFollowing, readState } from './sync/sync-store.ts'
import { createDeskCare } from './desk-care.ts'
import type { OpeningProgress } from './desk-care.ts'
import { readAbout, writeAbout } from './desk-about.ts'
import type { Desk, DeskOptions } from './desk-types.ts'
import { defaultPreferences, readPreferences } from './preferences.ts'
import { outboxTotal } from './outbox/outbox-list.ts'
import { passwordOnly } from './people/device-key.ts'
import { writeFileDurably } from './people/durable-file.ts'
import { createKeySlots } from './people/key-slots.ts'
import type { KeySlots } from './people/key-slots.ts'
import { createSignInThrottle } from './people/sign-in-throttle.ts'
import type { SignInThrottle } from './people/sign-in-throttle.ts'
import { hasTraces } from './recovery/traces.ts'
import { startNewStore, startStore } from './store/start-up.ts'
import type { Store } from './store/store.ts'
import { lastSeq } from './store/upkeep-task.ts'
import { createUnitOfWork } from './store/unit-of-work.ts'
import type { UnitOfWork } from './store/unit-of-work.ts'
import { createLookupService } from './search/lookup-service.ts'
import type { LookupService } from './search/lookup-service.ts'
import { bringBackDrafts, createDrafts } from './workspace/drafts.ts'
import type { Drafts } from './workspace/drafts.ts'

export type { BulkParts, Desk, DeskOptions } from './desk-types.ts'
type Opened = { readonly journal: OutboxJournal; readonly store: Store; readonly work: UnitOfWork; readonly lookup: LookupService; readonly drafts: Drafts; readonly key: Uint8Array }

export function createDesk(options: DeskOptions): Desk {
  const { dataDir, clock, ids, log, emit } = options
  if (options.lock.state() === 'held') mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const databasePath = join(dataDir, 'desk.db')
  const deviceKey = options.deviceKey ?? passwordOnly
  const keySlots: KeySlots = createKeySlots(dataDir, deviceKey.secret, options.hashCost)
  const throttle: SignInThrottle = createSignInThrottle(dataDir, clock)
  const unfinishedMark = join(dataDir, 'setup.unfinished')
  const sessions = new Map<string, Session>()
  const about = readAbout(dataDir)
  let opened: Opened | null = null
  const progress: OpeningProgress = { underWay: false, migration: null, checking: false }
  let opening: Promise<unknown> = Promise.resolve()

  const hub = createDeskHub({
    dataDir, deviceSecret: deviceKey.secret, appVersion: options.appVersion ?? 'unknown', clock, log, emit, ports: options.hub ?? realHub,
    onPeople: () => {
      if (opened) for (const personId of refreshSessions(opened.store.rawWriter, sessions, keySlots)) dropPerson(personId)
    },
    onPasswords: async (people) => {
      if (!opened) return
      for (const personId of await opened.work.local((db) => dropOutdatedSlots(db, keySlots, people))) dropPerson(personId)
      closeWhenEmpty()
    },
    onLetGo: () => {
      for (const { personId } of [...sessions.values()]) dropPerson(personId)
      closeWhenEmpty()
    },
  })

  const { storage, upkeep, recovery, requireFolder, recoveryKind, lookAgain } = createDeskCare(options, { keySlots, deviceId: hub.deviceId, deskName: () => about.deskName, needsSetUp, progress })

  function dropPerson(personId: string): void {
    for (const [clientId, session] of sessions) {
      if (session.personId !== personId) continue
      sessions.delete(clientId)
      emit({ kind: 'signed_out', clientId })
    }
  }

  /** Not waited for: who asks is itself what closing waits for. */
  function closeWhenEmpty(): void {
    void inTurn(() => (sessions.size === 0 ? closeStore() : Promise.resolve())).catch(() => log('error', 'close_failed', {}))
  }

  /** One opening or closing at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = opening.then(work)
    opening = run.catch(() => undefined)
    return run
  }

  async function open(key: Uint8Array, create: boolean): Promise<Opened> {
    if (opened) return opened
    progress.underWay = true
    const parts = { dataDir, path: databasePath, key, clock, log, onMigration: (migration: SessionStatus['migration']) => (progress.migration = migration), onCheck: (underWay: boolean) => (progress.checking = underWay) }
    const { store, journal, recovered } = await (create ? startNewStore(parts) : startStore(parts)).finally(() => {
      progress.underWay = false
      progress.migration = null
    })
    recovery.opened(recovered, await bringBackDrafts(store, dataDir, key, log))
    const work = createUnitOfWork({
      writeAhead: journal.append,
      store,
      clock,
      ids,
      desk: () => about.deskName,
      log,
      onWritten: (written) => {
        const { subject } = written
        storage.wrote()
        emit({ kind: 'changed', entity: subject.entity, ids: subject.customerId === null ? [subject.id] : [subject.id, subject.customerId] })
        emit({ kind: 'outbox', queued: queuedCount(store), lastSavedAt: written.at })
        hub.current()?.wake()
      },
    })
    const lookup = createLookupService({ store, log, onProgress: (progress) => emit({ kind: 'index', progress }) })
    const ownKey = Uint8Array.from(key)
    const drafts = createDrafts({ store, work, dataDir, key: ownKey, clock })
    opened = { journal, store, work, lookup, drafts, key: ownKey }
    hub.opened(opened)
    upkeep.opened(opened)
    return opened
  }

  /**
   * A database without key slots, or what a desk leaves beside one, is a first run only when the set-up was cut short (marker present): then nobody ever had its key.
   * Otherwise the slots were lost, and an empty desk must not be shown as success.
   */
  function needsSetUp(): boolean {
    return !keySlots.exists() && (existsSync(unfinishedMark) || !hasTraces(dataDir))
  }

  function requireOpened(): Opened {
    if (!opened) throw new Error('the store is closed')
    return opened
  }

  /** The trace first, then the session: without the one there is no other. Somebody still signed in at this place leaves one too. */
  async function admit(clientId: string, person: PersonRow, kind: 'signed_in' | 'set_up', details: AuditEntry['details'], work: UnitOfWork): Promise<void> {
    const before = sessions.get(clientId)
    const at = clock.now().toISOString()
    await work.local((db) => {
      if (before) appendAudit(db, { at, actor: before.personId, desk: about.deskName, kind: 'signed_out', subject: null, details: {} })
      appendAudit(db, { at, actor: person.id, desk: about.deskName, kind, subject: null, details })
    })
    if (before) emit({ kind: 'signed_out', clientId })
    // Somebody holds the key: whatever cut a set-up short, it may never start over.
    rmSync(unfinishedMark, { force: true })
    sessions.set(clientId, {
      clientId,
      personId: person.id,
      username: person.username,
      actor: { id: person.id, name: person.displayName, role: person.role },
      verified: new Map(),
      wrongAnswers: new Map(),
      searches: 0,
    })
  }

  return {
    dataDir,
    appVersion: options.appVersion ?? 'unknown',
    recovery,
    storage,
    upkeep,
    lookAgain: () => inTurn(() => Promise.resolve(opened ? undefined : lookAgain())),
    whileClosed: (work, otherwise) => inTurn(() => (opened ? Promise.resolve(otherwise) : work())),
    hubLinkLost: () => opened !== null && hub.current() === null && isFollowing(opened.store.rawReader),
    requireFolder,
    databasePath,
    keySlots,
    throttle,
    status: (clientId: string): SessionStatus => {
      const session = sessions.get(clientId) ?? null
      return {
        state: session ? 'signed_in' : needsSetUp() ? 'setup' : 'signed_out',
        person: session ? { id: session.personId, displayName: session.actor.name, username: session.username, role: session.actor.role } : null,
        preferences: session && opened ? readPreferences(opened.store, session.personId) : defaultPreferences,
        deskName: about.deskName,
        today: romeDay(clock.now()),
        demo: session ? null : (options.demo ?? null),
        deviceKey: deviceKey.state,
        migration: progress.migration,
        ...(hub.letGo() ? { letGo: true } : {}),
        ...(progress.checking ? { checking: true } : {}),
        ...(session ? {} : recoveryKind()),
      }
    },
    session: (clientId: string): Session | null => sessions.get(clientId) ?? null,
    signedParts: (session: Session): Pick<SignedCall, 'session' | 'actor' | 'store' | 'work' | 'drafts'> => {
      const { store, work, drafts } = requireOpened()
      return { session, actor: session.actor, store, work, drafts }
    },
    lookup: () => requireOpened().lookup,
    hub: () => hub.current(),
    joinHub: hub.join,
    envelope: hub.envelope,
    hubSignIn: hub.signIn,
    hubKnows: (personId, revision) => requireOpened().work.local((db) => noteHubPassword(db, personId, revision)),
    hubRefuses: async (personId, code) => {
      const { store, work } = requireOpened()
      if (code !== 'person_disabled' && !(code === 'wrong_credentials' && hasHubPassword(store.rawReader, personId))) return
      await work.local((db) => noteHubPassword(db, personId, null))
      dropSlots(store.rawReader, keySlots, personId)
      dropPerson(personId)
      await inTurn(async () => (sessions.size === 0 ? closeStore() : undefined))
    },
    busy: () => [...(hub.current()?.isPushing() === true ? ['push' as const] : []), ...(progress.underWay ? ['migration' as const] : []), ...(opened?.store.gate.hasBulk() === true ? ['import' as const] : [])],
    bulkParts: () => {
      const { store, key, work, lookup } = requireOpened()
      return { databasePath, key: Uint8Array.from(key), gate: store.gate, deskWriter: store.rawWriter, work, lookup }
    },
    needsSetUp,
    setUp: (make) =>
      inTurn(async () => {
        // Asked again in turn: of two set-ups at once, the second must not touch what the first has made.
        if (opened || !needsSetUp()) return false
        writeFileDurably(unfinishedMark, '')
        for (const suffix of ['', '-wal', '-shm']) rmSync(databasePath + suffix, { force: true })
        const key = randomBytes(32)
        try {
          const { work } = await open(key, true)
          await make({ key, work })
          rmSync(unfinishedMark, { force: true })
          return true
        } finally {
          key.fill(0)
          if (sessions.size === 0) await closeStore()
        }
      }),
    enter: (clientId, key, personId, kind, details, known) =>
      inTurn(async () => {
        const { store, work } = await open(key, false).catch((error: unknown) => {
          recovery.failed(clientId, personId, key, error)
          throw error
        })
        // Whom the hub knows under another id came here before the joining.
        const id = (readState(store.rawReader, 'aliases')?.[personId] ?? personId) as PersonId
        if (known) await work.local((db) => takeKnown(db, known, clock.now().toISOString()))
        const person = await store.reader.getRepository(models.person).findOneBy({ id })
        if (!person?.active) {
          if (sessions.size === 0) await closeStore()
          return false
        }
        try {
          await admit(clientId, person, kind, details, work)
          return true
        } catch (error) {
          if (sessions.size === 0) await closeStore()
          throw error
        }
      }),
    admit: (clientId, person, kind, details) => admit(clientId, person, kind, details, requireOpened().work),
    end: (clientId: string) =>
      inTurn(async () => {
        const leaving = sessions.get(clientId)
        sessions.delete(clientId)
        emit({ kind: 'signed_out', clientId })
        if (leaving && ![...sessions.values()].some(({ personId }) => personId === leaving.personId)) hub.current()?.forgetSession(leaving.personId)
        if (sessions.size === 0) await closeStore(leaveFlushMs)
      }),
    closeIfIdle: () => inTurn(async () => (sessions.size === 0 ? closeStore() : undefined)),
    dropPerson,
    person: (id: PersonId) => requireOpened().store.reader.getRepository(models.person).findOneBy({ id }),
    audit: (entry: Omit<AuditEntry, 'desk'>) => requireOpened().work.local((db) => appendAudit(db, { ...entry, desk: about.deskName })),
    nameDesk: (deskName: string) => {
      about.deskName = deskName
      writeAbout(dataDir, about)
    },
    close: () =>
      inTurn(async () => {
        sessions.clear()
        recovery.forget()
        storage.stop()
        await closeStore()
      }),
  }

  /** What waits is sent first, for as long as `flushMs`. */
  async function closeStore(flushMs = 0): Promise<void> {
    if (!opened) return
    if (flushMs > 0) await hub.current()?.flush(flushMs)
    const { journal, store, lookup, key } = opened
    opened = null
    /** Where one fails, the others come all the same: what is locked has nothing open, and its key is nowhere. */
    const step = async (name: string, work: () => unknown): Promise<boolean> => {
      try {
        await work()
        return true
      } catch (error) {
        log('error', 'close_step_failed', { step: name, name: error instanceof Error ? error.name : 'unknown' })
        return false
      }
    }
    try {
      await step('upkeep', () => upkeep.closing())
      await step('hub', () => hub.closing())
      await step('lookup', () => lookup.stop())
      await step('journal', () => trimJournal(store, journal))
      await step('journal', () => journal.close())
      let last = 0
      const known = await step('store', () => (last = lastSeq(store.rawWriter)))
      // Folds the log into the file: what is locked, suspended or ended has nothing left in it.
      const closed = await step('store', () => store.gate.exclusive(() => store.close()))
      if (known && closed) upkeep.closed(last)
    } finally {
      key.fill(0)
    }
  }
}

/** Signing out waits this long for what is still to be sent. */
const leaveFlushMs = 5_000

export function queuedCount(store: Store): number {
  return outboxTotal(store.rawWriter, 'open')
}
