/** What is done for the database beside the work: a verified copy a day, a full check a week, and the mark of a clean end. */
import { statfsSync, statSync } from 'node:fs'
import type { Clock, Log } from '../ports.ts'
import type { OutboxJournal } from '../sync/outbox-journal.ts'
import { isFollowing } from '../sync/sync-store.ts'
import { journalBeside, listCopies, newCopyPath, pruneCopies } from './copies.ts'
import { isDamage } from './damage.ts'
import { readHealth, writeHealth } from './health.ts'
import type { Store } from './store.ts'
import { checkApart, copyApart, UpkeepStoppedError } from './upkeep-apart.ts'
import { lastSeq } from './upkeep-task.ts'

export type UpkeepParts = {
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  /** A full check has found a page that is not whole, while people work. */
  readonly onDamage: () => void
  /** Nothing is begun by itself; for tests. */
  readonly byHand?: boolean
}
export type Opened = { readonly store: Store; readonly journal: OutboxJournal; readonly key: Uint8Array }
export type Upkeep = {
  readonly opened: (parts: Opened) => void
  /** Before the store is closed: what is under way ends. */
  readonly closing: () => Promise<void>
  /** After it was closed well. */
  readonly closed: (lastSeq: number) => void
  /** Makes a copy now if one is due; `force`: also when none is. Answers whether one was made. */
  readonly copyNow: (force?: boolean) => Promise<boolean>
  readonly checkNow: () => Promise<void>
  /** A page could not be read: the next start checks everything. */
  readonly doubt: () => void
}

/** The minutes after a sign-in belong to the person. */
const firstMs = 120_000
const againMs = 3_600_000
const copyEveryMs = 20 * 3_600_000
const checkEveryMs = 7 * 24 * 3_600_000
/** A copy is not made when it would leave less than this. */
const spareBytes = 64 * 1024 * 1024

export function createUpkeep({ dataDir, clock, log, onDamage, byHand }: UpkeepParts): Upkeep {
  let open: Opened | null = null
  let timer: NodeJS.Timeout | undefined
  let stop = new AbortController()
  let underWay: Promise<unknown> = Promise.resolve()

  const age = (instant: string | null | undefined) => (instant ? clock.now().getTime() - new Date(instant).getTime() : Infinity)
  const update = (change: Partial<NonNullable<ReturnType<typeof readHealth>>>) => {
    const health = readHealth(dataDir) ?? { exit: 'open', lastSeq: 0, checkedAt: null, doubtful: false }
    writeHealth(dataDir, { ...health, ...change })
  }

  function foundDamage(): void {
    update({ doubtful: true })
    onDamage()
  }

  function schedule(milliseconds: number): void {
    if (byHand === true) return
    timer = setTimeout(() => void round(), milliseconds)
    timer.unref()
  }

  async function round(): Promise<void> {
    await copyNow().catch(() => undefined)
    if (open && age(readHealth(dataDir)?.checkedAt) > checkEveryMs) await checkNow().catch(() => undefined)
    if (open) schedule(againMs)
  }

  /** One after the other; ended by `closing`. */
  function inTurn<T>(work: (parts: Opened, signal: AbortSignal) => Promise<T>, otherwise: T): Promise<T> {
    const { signal } = stop
    const run = underWay.then(() => (open && !signal.aborted ? work(open, signal) : otherwise))
    underWay = run.catch((error: unknown) => {
      if (!(error instanceof UpkeepStoppedError)) log('error', 'upkeep_failed', { name: error instanceof Error ? error.name : 'unknown' })
    })
    return run
  }

  function copyNow(force = false): Promise<boolean> {
    return inTurn(async ({ store, journal, key }, signal) => {
      const newest = listCopies(dataDir).find(({ reason }) => reason === 'daily')
      if (!force && age(newest?.at) < copyEveryMs && !loadedSince(store, newest?.at)) return false
      // A bulk load would have to keep its whole log until the copy is made.
      if (store.gate.hasBulk()) return false
      if (!hasRoom(store.path)) {
        log('error', 'copy_without_room', {})
        return false
      }
      const into = newCopyPath(dataDir, clock.now())
      await copyApart(store.path, key, into, signal).catch((error: unknown) => {
        // Every page is read for it.
        if (isDamage(error)) foundDamage()
        throw error
      })
      // Only now, and never at a start that failed: the copy that was good yesterday is not given up for one that was not read.
      pruneCopies(dataDir)
      await store.gate.exclusive(() => {
        if (!isFollowing(store.rawWriter)) journal.moveTo(journalBeside(into))
        update({ lastSeq: lastSeq(store.rawWriter) })
        return Promise.resolve()
      })
      return true
    }, false)
  }

  function checkNow(): Promise<void> {
    return inTurn(async ({ store, key }, signal) => {
      const checked = await checkApart(store.path, key, 'full', signal)
      if (checked.sound) update({ checkedAt: clock.now().toISOString() })
      else {
        log('error', 'store_damaged', { found: checked.found })
        foundDamage()
      }
    }, undefined)
  }

  return {
    opened: (parts) => {
      open = parts
      stop = new AbortController()
      schedule(firstMs)
    },
    closing: async () => {
      clearTimeout(timer)
      open = null
      stop.abort()
      await underWay
    },
    closed: (seq) => update({ exit: 'clean', lastSeq: seq }),
    copyNow,
    checkNow,
    doubt: () => update({ doubtful: true }),
  }
}

/** What came by an extract is in no journal. */
function loadedSince({ rawReader }: Store, copyAt: string | undefined): boolean {
  const finished: unknown = rawReader.prepare(`SELECT max(finished_at) FROM import_run`).pluck().get()
  return typeof finished === 'string' && copyAt !== undefined && finished > copyAt
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize > statSync(path).size + spareBytes
  } catch {
    return true
  }
}
