/** Makes the beginning of all histories: a hub with its utility and its staff, and six desks that have joined it and are up to date. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowTables } from '../../electron/core/sync/row-tables.ts'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import { addPerson, enrolDevice } from '../support/hub-app.ts'
import type { TestCluster } from '../support/hub-cluster.ts'
import type { HubDatabase } from '../support/hub-database.ts'
import { enrolmentCode } from '../support/hub-fill.ts'
import { testPassword } from '../support/hash-cost.ts'
import { exchange, inStore } from '../support/hub-desk.ts'
import { createTestClock, createTestCore } from '../support/test-core.ts'
import { startSimHub } from './hub-side.ts'
import { homes, loadSmallUtility, offices, people, places, townsOf } from './small-utility.ts'
import { beginning, dumpHub, openDatabase, restoreHub, saveHub } from './template.ts'
import type { Prepared } from './template.ts'

/** `clear` takes the folders away when no process copies from them any more. */
export async function prepare(cluster: TestCluster): Promise<{ readonly prepared: Prepared; readonly clear: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-histories-'))
  const { database, admin } = await openDatabase(cluster)
  await fill(database)
  const clock = createTestClock(beginning)
  const hub = await startSimHub(database, clock, join(folder, 'hub'))
  const parts = { database, clock, get url() { return hub.url() }, hub: { get parts() { return hub.parts() } } } as never
  const personIds: string[] = []
  for (const person of people) personIds.push(await addPerson(parts, person))
  await addPerson(parts, { username: 'capo', role: 'administrator' })
  const office = await enrolDevice(parts, { name: 'Ufficio', office: 'Sede' })
  const session = await office.signIn('capo')
  const deviceIds: string[] = []
  for (const [index, place] of places.entries()) deviceIds.push(await joinDesk(parts, join(folder, 'desks', String(index)), index, offices[place.office].id))
  for (const [index] of places.entries()) await catchUp(join(folder, 'desks', String(index)), index)
  await hub.stop()
  const baseline = await saveHub(admin)
  await restoreHub(admin, baseline)
  const first = await dumpHub(admin)
  await admin.end()
  await database.drop()
  const key = office.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  return { prepared: { baseline, first, personIds, deviceIds, office: { id: office.id, key, session }, desks: join(folder, 'desks') }, clear: () => rmSync(folder, { recursive: true, force: true }) }
}

const ports = { ...realHub, transport: (link: Parameters<typeof realHub.transport>[0], now: () => number) => ({ ...realHub.transport(link, now), listen: () => () => undefined }), timer: { after: () => () => undefined, random: () => 0.5 } }

async function joinDesk(parts: never, dataDir: string, index: number, officeId: string): Promise<string> {
  mkdirSync(dataDir, { recursive: true })
  const desk = await createTestCore({ dataDir, deskNumber: 90 + index, hub: ports })
  try {
    const joined = await desk.call('hub', 'join', { address: (parts as { url: string }).url, code: await enrolmentCode(parts, officeId) })
    if (!joined.ok) throw new Error(`a desk of the template did not join: ${joined.error.code}`)
    await exchange(desk)
    for (const { username } of people) {
      const entered = await desk.as(username)('session', 'signIn', { username, password: testPassword })
      if (!entered.ok) throw new Error(`${username} did not come in: ${entered.error.code}`)
    }
    return desk.core.desk.hub()?.link.deviceId ?? ''
  } finally {
    await desk.core.close()
  }
}

async function catchUp(dataDir: string, index: number): Promise<void> {
  const desk = await createTestCore({ dataDir, deskNumber: 80 + index, hub: ports })
  const failure = await exchange(desk)
  await desk.core.close()
  rmSync(join(dataDir, 'copies'), { recursive: true, force: true })
  if (failure !== null) throw new Error('a desk of the template does not reach its hub')
}

async function fill(database: HubDatabase): Promise<void> {
  const source = await createTestCore({ load: loadSmallUtility })
  for (const name of tableNames) {
    if (name === 'person') continue
    const { columns, table } = recordPlans[name]
    if (name === 'brand' || name === 'readingWindow') await database.asOwner(`DELETE FROM ${table}`)
    for (const row of inStore(source, (db) => rowTables(db)(name).find({}))) {
      await database.asOwner(`INSERT INTO ${table} (${columns.map(({ column }) => column).join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, columns.map(({ property }) => row[property]))
    }
  }
  await source.close()
  for (const [id, towns] of Object.entries(townsOf('T2'))) {
    await database.asOwner('INSERT INTO territory (id, name, rules, priority) VALUES ($1, $1, $2, $3)', [id, JSON.stringify([{ brandIds: [], provinces: [], towns }]), id === 'T1' ? 0 : 1])
  }
  for (const office of offices) {
    await database.asOwner('INSERT INTO office (id, name) VALUES ($1, $2)', [office.id, office.id.slice(7)])
    for (const territory of office.territories) await database.asOwner('INSERT INTO office_territory (office_id, territory_id) VALUES ($1, $2)', [office.id, territory])
  }
  for (const [customer, territory] of Object.entries(homes)) await database.asOwner('INSERT INTO customer_territory (customer_id, territory_id) VALUES ($1, $2)', [customer, territory])
}
