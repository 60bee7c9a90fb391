import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'
import { startTestCluster } from '../../support/hub-cluster.ts'
import type { StartedCluster } from '../../support/hub-cluster.ts'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { testPassword } from '../../support/hash-cost.ts'

let cluster: StartedCluster
let database: HubDatabase
let hub: TestHub
let desk: TestDevice
beforeAll(async () => {
  // A server of its own, whose settings may be spoilt.
  cluster = await startTestCluster()
  database = await hubDatabase(cluster)
  hub = await startTestHub({ database })
  desk = await enrolDevice(hub)
  await addPerson(hub, { username: 'anna', role: 'administrator' })
})
afterAll(async () => {
  await hub.stop()
  await database.drop()
  await cluster.stop()
})

async function set(setting: string, value: string): Promise<void> {
  const admin = new Client({ connectionString: cluster.adminUrl })
  await admin.connect()
  await admin.query(`ALTER SYSTEM SET ${setting} = ${value}`)
  await admin.query('SELECT pg_reload_conf()')
  // Each process takes the new settings at its next turn: asked again until it says so.
  for (let shown = ''; shown !== value; ) shown = String((await admin.query<Record<string, string>>(`SHOW ${setting}`)).rows[0]?.[setting])
  await admin.end()
  for (let seen = ''; seen !== value; ) seen = String((await database.pool.query<Record<string, string>>(`SHOW ${setting}`)).rows[0]?.[setting])
  await hub.hub.checkSafety()
}
const signIn = () => desk.call('/v1/session', { method: 'POST', body: { username: 'anna', password: testPassword } })
const ready = async () => (await fetch(`${hub.url}/readyz`)).status

it.each(['fsync', 'full_page_writes', 'synchronous_commit'])('acknowledges nothing while %s is off, and goes on when it is on again', async (setting) => {
  expect(await ready()).toBe(200)
  const session = ((await signIn()).body as { token: string }).token
  await set(setting, 'off')
  expect(await ready()).toBe(503)
  for (const route of hub.hub.routes.filter(({ method, path }) => path.startsWith('/v1/') && method !== 'GET' && method !== 'HEAD')) {
    const path = route.path.replaceAll(/:\w+/g, 'x')
    expect((await desk.call(path, { method: route.method, session })).body, `${route.method} ${path}`).toEqual({ error: { code: 'unsafe_database' } })
  }
  expect((await desk.call('/v1/nowhere', { session })).status).toBe(404)
  await set(setting, 'on')
  expect(await ready()).toBe(200)
  expect((await signIn()).status).toBe(201)
})
