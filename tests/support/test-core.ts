import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CoreEvent } from '../../shared/contract/events.ts'
import type { Area, Contract } from '../../shared/contract/index.ts'
import type { InputOf, ReplyOf } from '../../shared/contract/call.ts'
import type { HubPorts } from '../../electron/core/sync/desk-hub.ts'
import { createCore } from '../../electron/core/core.ts'
import type { Core } from '../../electron/core/core.ts'
import type { RawDatabase } from '../../electron/core/store/cipher.ts'
import { openRaw } from '../../electron/core/store/cipher.ts'
import { testHashCost, testPassword } from './hash-cost.ts'

export type TestCore = Awaited<ReturnType<typeof createTestCore>>

/**
 * The real core on a temporary directory after the real migrations, with a clock and ids under the test's control.
 * Calls go through the one door as JSON, like the desk's own.
 */
export async function createTestCore(options: { now?: string; dataDir?: string; signIn?: boolean; load?: (db: RawDatabase) => void; hub?: HubPorts; deskNumber?: number } = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sportello-test-'))
  const clock = createTestClock(options.now ?? '2026-11-20T09:00:00.000Z')
  let counter = 0
  const ids = { next: () => `${String(options.deskNumber ?? 0).padStart(8, '0')}-0000-7000-8000-${String((options.deskNumber ?? 0) * 1_000_000 + ++counter).padStart(12, '0')}` }
  const events: CoreEvent[] = []
  const core: Core = createCore({ dataDir, clock, ids, hashCost: testHashCost, upkeepByHand: true, ...(options.hub ? { hub: options.hub } : {}) })
  core.subscribe((event) => events.push(event))
  const as = (clientId: string) => <A extends Area, C extends keyof Contract[A] & string>(area: A, name: C, input: InputOf<Contract[A][C]>) => send<A, C>(core, clientId, area, name, input)
  const call = as('test')
  if (options.signIn !== false) {
    const reply = await call('session', 'setUp', { username: 'anna', displayName: 'Anna Prova', password: testPassword, deskName: 'Prova 1' })
    const entered = reply.ok || reply.error.code !== 'already_set_up' ? reply : await call('session', 'signIn', { username: 'anna', password: testPassword })
    if (!entered.ok) throw new Error(`the test desk did not open: ${entered.error.code}`)
  }
  if (options.load) await loadRows(core, options.load)
  return {
    core,
    dataDir,
    clock,
    events,
    call,
    as,
    /** Closes and opens the same desk again, as a restart does. */
    restart: async () => {
      await core.close()
      return createTestCore({ dataDir, now: clock.now().toISOString() })
    },
    close: async () => {
      await core.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export function createTestClock(start: string): { now: () => Date; set: (instant: string) => void; advance: (milliseconds: number) => void } {
  let instant = new Date(start).getTime()
  return {
    now: () => new Date(instant),
    set: (text) => {
      instant = new Date(text).getTime()
    },
    advance: (milliseconds) => {
      instant += milliseconds
    },
  }
}

async function send<A extends Area, C extends keyof Contract[A] & string>(core: Core, clientId: string, area: A, name: C, input: InputOf<Contract[A][C]>): Promise<ReplyOf<Contract[A][C]>> {
  return JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call: `${area}.${name}`, input }))) as ReplyOf<Contract[A][C]>
}

/** Master data as an import would leave it, through a connection of its own. */
async function loadRows(core: Core, load: (db: RawDatabase) => void): Promise<void> {
  const { databasePath, key, lookup } = core.desk.bulkParts()
  const db = openRaw(databasePath, key, 'bulk')
  try {
    db.transaction(() => load(db))()
  } finally {
    db.close()
    key.fill(0)
  }
  await lookup.settled()
}
