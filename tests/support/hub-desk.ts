/** Desks before a hub double: joined, driven by hand, compared. */
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import { openRaw } from '../../electron/core/store/cipher.ts'
import type { RawDatabase } from '../../electron/core/store/cipher.ts'
import { rowTables } from '../../electron/core/sync/row-tables.ts'
import type { HubPorts } from '../../electron/core/sync/desk-hub.ts'
import type { CrashPoint } from '../../electron/core/sync/ports.ts'
import type { HubDouble, DoubleRow } from './hub-double.ts'
import { loadMasterData } from './master-data.ts'
import { createTestCore } from './test-core.ts'
import type { TestCore } from './test-core.ts'

/** Nothing happens by itself: timers never come, exchanges are asked for. */
export function doublePorts(hub: HubDouble, crash: CrashPoint = () => undefined): HubPorts {
  return { transport: ({ deviceId }) => hub.transportOf(deviceId), door: hub.door, timer: { after: () => () => undefined, random: () => 0.5 }, crash }
}

/** The master data of `master-data.ts` at the hub, as an import would leave it. */
export async function fillHub(hub: HubDouble): Promise<void> {
  const source = await createTestCore({ load: loadMasterData })
  const db = source.core.desk.bulkParts()
  const raw = openRaw(db.databasePath, db.key, 'read')
  try {
    for (const name of tableNames) if (name !== 'person') for (const row of rowTables(raw)(name).find({})) hub.put(name, row)
  } finally {
    raw.close()
    await source.close()
  }
}

export async function joinedDesk(hub: HubDouble, options: { deskNumber: number; crash?: CrashPoint; load?: (db: RawDatabase) => void; before?: (desk: TestCore) => Promise<void> }): Promise<TestCore> {
  const desk = await createTestCore({ hub: doublePorts(hub, options.crash), deskNumber: options.deskNumber, ...(options.load ? { load: options.load } : {}) })
  await options.before?.(desk)
  const joined = await desk.call('hub', 'join', { address: 'https://hub.example', code: '12345678' })
  if (!joined.ok) throw new Error(`the desk did not join: ${joined.error.code}`)
  return desk
}

export async function exchange(desk: TestCore): Promise<unknown> {
  const follower = desk.core.desk.hub()
  if (!follower) throw new Error('the desk follows no hub')
  return follower.exchangeNow()
}

/** Reads what is committed, as another connection sees it. */
export function inStore<T>(desk: TestCore, read: (db: RawDatabase) => T): T {
  const { databasePath, key } = desk.core.desk.bulkParts()
  const db = openRaw(databasePath, key, 'read')
  try {
    return read(db)
  } finally {
    db.close()
    key.fill(0)
  }
}

export type Rows = { readonly [table: string]: readonly DoubleRow[] }
const sorted = (rows: readonly DoubleRow[]) => rows.map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))).toSorted()

/** Every row of a desk, in the order of nothing. */
export function deskRows(desk: TestCore): { readonly [table: string]: readonly string[] } {
  return inStore(desk, (db) => Object.fromEntries(tableNames.map((name) => [name, sorted(rowTables(db)(name).find({}))])))
}
export function hubRows(hub: HubDouble): { readonly [table: string]: readonly string[] } {
  return Object.fromEntries(tableNames.map((name) => [name, sorted([...hub.rowsOf(name).values()].map((row) => Object.fromEntries(recordPlans[name].columns.map(({ property }) => [property, row[property] ?? null]))))]))
}
