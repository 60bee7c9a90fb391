/** A real PostgreSQL with the product's settings, a hub process on it, customers in it, and as many enrolled desks as wanted. */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { startTestCluster } from '../../support/hub-cluster.ts'

export type BenchDesk = { readonly id: string; readonly privateKey: KeyObject }
export type Usage = { readonly cpu: NodeJS.CpuUsage; readonly peak: number }
export type BenchHub = {
  readonly url: string
  readonly database: HubDatabase
  readonly folder: string
  readonly person: string
  readonly desks: (count: number) => Promise<BenchDesk[]>
  readonly usage: () => Promise<Usage>
  readonly forgetPeak: () => void
  readonly stop: () => Promise<void>
}

const childScript = fileURLToPath(new URL('./hub-child.ts', import.meta.url))
export const office = 'bench-office'
export const territory = 'all'

export async function startBenchHub(): Promise<BenchHub> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-sync-bench-'))
  const cluster = await startTestCluster()
  const database = await hubDatabase(cluster)
  const person = randomUUID()
  await database.asOwner(`INSERT INTO territory (id, name, rules) VALUES ($1, $1, '[]') ON CONFLICT DO NOTHING`, [territory])
  await database.asOwner('INSERT INTO office (id, name) VALUES ($1, $1)', [office])
  await database.asOwner('INSERT INTO office_territory (office_id, territory_id) VALUES ($1, $2)', [office, territory])
  await database.asOwner(`INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ($1, 'bench', 'Bench', 'agent', true, '2026-01-01T00:00:00.000Z')`, [person])
  await database.asOwner('INSERT INTO staff (person_id, office_id) VALUES ($1, $2)', [person, office])
  const child = fork(childScript, [database.url, folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const { port } = await said<{ port: number }>(child, null)
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    folder,
    person,
    desks: async (count) => {
      const desks = Array.from({ length: count }, () => ({ id: randomUUID(), ...generateKeyPairSync('ed25519') }))
      const keys = desks.map(({ publicKey }) => Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
      await database.asOwner(
        `INSERT INTO device (id, name, office_id, public_key, unlock_key, epoch, state, app_version, protocol, enrolled_at)
         SELECT id, 'Bench ' || id, $3, key, $4, 1, 'active', '0.1.0', 1, now() FROM unnest($1::text[], $2::bytea[]) AS d (id, key)`,
        [desks.map(({ id }) => id), keys, office, randomBytes(32)],
      )
      return desks.map(({ id, privateKey }) => ({ id, privateKey }))
    },
    usage: () => said<Usage>(child, 'usage'),
    forgetPeak: () => void child.send('forget'),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.send('stop')
      await ended
      await database.drop()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function said<T>(child: ChildProcess, ask: string | null): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`the hub ended with ${String(code)}`)))
    if (ask !== null) child.send(ask)
  })
}
