/** A hub process on a database of its own, a line with faults before it, and desks that have joined over that line. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { realHub } from '../../../electron/core/sync/desk-hub.ts'
import type { HubPorts } from '../../../electron/core/sync/desk-hub.ts'
import { addOffice } from '../../support/hub-app.ts'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { fillRealHub } from '../../support/hub-fill.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { startDesk } from './desk-process.ts'
import type { DeskProcess, DeskState, OutboxRow } from './desk-process.ts'
import { openFaultProxy } from './fault-proxy.ts'
import type { FaultProxy } from './fault-proxy.ts'
import { startHub } from './hub-process.ts'
import type { HubProcess } from './hub-process.ts'

export const anna = { username: 'anna', password: testPassword } as const
export const ticket = (subject: string, text = '') => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-01-01', subject, text }) as const
/** Over the network, and nothing by itself. */
export const handPorts: HubPorts = { ...realHub, transport: (link, now) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } }

export type World = {
  readonly database: HubDatabase
  readonly proxy: FaultProxy
  readonly hub: () => HubProcess
  /** Again after it was killed, where the line leads now. */
  readonly restartHub: () => Promise<void>
  /** A folder of a desk that has joined and holds everything; its own copy. */
  readonly deskFolder: () => Promise<{ readonly dataDir: string; readonly deviceId: string }>
  /** A process on such a folder, with Anna signed in. */
  readonly desk: () => Promise<{ readonly desk: DeskProcess; readonly dataDir: string; readonly deviceId: string }>
  /** The same folder opened here, once its process is gone. */
  readonly open: (dataDir: string) => Promise<TestCore>
  readonly close: () => Promise<void>
}

export async function createWorld(database?: HubDatabase): Promise<World> {
  const own = database ?? (await hubDatabase())
  const folder = mkdtempSync(join(tmpdir(), 'sportello-faults-'))
  await addOffice({ database: own }, 'Trieste', ['T1'])
  await fillRealHub({ database: own }, 'T1')
  let hub = await startHub(own, join(folder, 'hub'))
  const proxy = await openFaultProxy(hub.url)
  const desks: DeskProcess[] = []
  const opened: TestCore[] = []
  let count = 0
  let founded = false

  async function deskFolder(): Promise<{ readonly dataDir: string; readonly deviceId: string }> {
    const dataDir = join(folder, `desk-${(count += 1)}`)
    const core = await createTestCore({ dataDir, deskNumber: count, now: new Date().toISOString(), hub: handPorts })
    try {
      const joined = await core.call('hub', 'join', { address: proxy.address, code: await hub.code('office-Trieste', !founded) })
      expect(joined).toMatchObject({ ok: true })
      founded = true
      const follower = core.core.desk.hub()
      expect(await follower?.exchangeNow()).toBe(null)
      return { dataDir, deviceId: follower?.link.deviceId ?? '' }
    } finally {
      await core.core.close()
    }
  }

  return {
    database: own,
    proxy,
    hub: () => hub,
    restartHub: async () => {
      if (!hub.isGone()) await hub.kill()
      hub = await startHub(own, join(folder, 'hub'))
      proxy.leadTo(hub.url)
    },
    deskFolder,
    desk: async () => {
      const { dataDir, deviceId } = await deskFolder()
      const desk = await startDesk({ dataDir })
      desks.push(desk)
      expect(await desk.call('session', 'signIn', anna)).toMatchObject({ ok: true })
      return { desk, dataDir, deviceId }
    },
    open: async (dataDir) => {
      count += 1
      const core = await createTestCore({ dataDir, deskNumber: count, now: new Date().toISOString(), hub: handPorts })
      opened.push(core)
      return core
    },
    close: async () => {
      for (const desk of desks) if (!desk.isGone()) await desk.kill()
      for (const core of opened) await core.core.close().catch(() => undefined)
      await proxy.close()
      if (!hub.isGone()) await hub.kill()
      rmSync(folder, { recursive: true, force: true })
      await own.drop()
    },
  }
}

export const copyDesk = (from: string, to: string): string => {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('desk.lock') })
  return to
}

/** Time passes for the desk and on the line, in steps, until that is so; fails when it never is. */
export async function passUntil({ proxy }: Pick<World, 'proxy'>, desk: DeskProcess, isSo: (state: DeskState) => boolean | Promise<boolean>, stepMs = 1_000): Promise<DeskState> {
  let state = await desk.state()
  for (let steps = 0; steps < 2_000; steps += 1) {
    if (await isSo(state)) return state
    proxy.pass(stepMs)
    // What is on its way over real sockets arrives in between, and a hub that is slow because the machine is takes no time of the desk's.
    for (let waits = 0; waits === 0 || (waits < 250 && proxy.isOwed()); waits += 1) await new Promise((resolve) => setTimeout(resolve, 2))
    state = await desk.advance(stepMs)
  }
  throw new Error(`it does not come to that: ${JSON.stringify(state).slice(0, 800)}`)
}
export const allConfirmed = (state: DeskState): boolean => state.rows.length > 0 && state.rows.every((row) => row.state === 'confirmed') && state.standing?.state === 'connected'

/** What the hub has of a desk is told by the desk as it is, and nothing else is: no receipt that the hub does not have. */
export async function expectNoFalseWord({ database }: Pick<World, 'database'>, deviceId: string, rows: readonly OutboxRow[]): Promise<void> {
  const receipts = new Map((await database.asOwner('SELECT op_id, outcome FROM receipt WHERE device_id = $1', [deviceId])).map((receipt) => [receipt['op_id'], receipt['outcome']]))
  for (const { opId, state, outcome } of rows) if (state !== 'queued') expect(receipts.get(opId), `${opId} is ${state}`).toBe(outcome)
}

/** Everything the desk has told its people is at the hub once, and nothing else from it. `saved`: ids of the tickets shown as saved. */
export async function expectAllOnce(world: Pick<World, 'database'>, deviceId: string, rows: readonly OutboxRow[], saved: readonly string[]): Promise<void> {
  const own = (sql: string, ...values: readonly unknown[]) => world.database.asOwner(sql, values)
  expect(rows.map(({ opId }) => opId)).toEqual(expect.arrayContaining([...saved]))
  await expectNoFalseWord(world, deviceId, rows)
  const receipts = await own('SELECT op_id FROM receipt WHERE device_id = $1 ORDER BY epoch, seq', deviceId)
  expect(receipts.map((receipt) => receipt['op_id'])).toEqual(rows.map(({ opId }) => opId))
  const steps = new Map<string, number>()
  for (const { kind, subjectId, outcome } of rows) if (kind.startsWith('ticket.') && outcome !== 'rejected') steps.set(subjectId, (steps.get(subjectId) ?? 0) + 1)
  const tickets = await own('SELECT t.id, count(e.*)::int AS steps, (t.number IS NOT NULL) AS numbered FROM ticket t JOIN ticket_event e ON e.ticket_id = t.id WHERE t.id = ANY($1) GROUP BY t.id ORDER BY t.id', [...steps.keys()])
  expect(tickets).toEqual([...steps].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, count]) => ({ id, steps: count, numbered: true })))
  expect(await own('SELECT number FROM ticket WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1')).toEqual([])
  expect(await own('SELECT count(*) = max(pos) AND max(pos) = (SELECT pos FROM feed_head) AS dense FROM change')).toEqual([{ dense: true }])
}
