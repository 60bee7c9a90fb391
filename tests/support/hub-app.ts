import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Role } from '../../shared/domain/records/people.ts'
import { proofText } from '../../shared/sync/wire.ts'
import { createPasswords } from '../../hub/identity/passwords.ts'
import type { HubConfig } from '../../hub/server/config.ts'
import { createHub } from '../../hub/server/create-hub.ts'
import type { HubModule } from '../../hub/server/parts.ts'
import { testHashCost, testPassword } from './hash-cost.ts'
import { hubDatabase } from './hub-database.ts'
import type { HubDatabase } from './hub-database.ts'
import { createTestClock } from './test-core.ts'

export type TestHub = Awaited<ReturnType<typeof startTestHub>>
export type TestDevice = Awaited<ReturnType<typeof enrolDevice>>

/** A hub as `npm run hub` makes it, listening on a free port of the loopback, with a clock under the test's control. */
export async function startTestHub(options: { now?: string; database?: HubDatabase; config?: Partial<HubConfig>; modules?: readonly HubModule[] } = {}) {
  const database = options.database ?? (await hubDatabase())
  const clock = createTestClock(options.now ?? '2026-11-20T09:00:00.000Z')
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-hub-'))
  const logs: string[] = []
  const logTo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      logs.push(chunk.toString())
      done()
    },
  })
  const config: HubConfig = {
    hubName: 'Hub di prova', version: '0.1.0', production: false, host: '127.0.0.1', port: 0, trustedProxies: [], dataDir, metricsToken: null,
    mail: { devDir: join(dataDir, 'mail'), smtpUrl: null, from: 'sportello@example.org' }, passwordCost: testHashCost, concurrency: 100, threads: false, rateLimits: false, ...options.config,
  }
  const hub = await createHub({ config, databaseUrl: database.url, clock, logTo, ...(options.modules === undefined ? {} : { modules: options.modules }) })
  const port = await hub.listen()
  return {
    hub,
    database,
    clock,
    logs,
    config,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await hub.stop()
      rmSync(dataDir, { recursive: true, force: true })
      if (options.database === undefined) await database.drop()
    },
  }
}

/** An office with its territories; rows only, nothing is written to the feed. */
export async function addOffice({ database }: Pick<TestHub, 'database'>, name: string, territories: readonly string[] = []): Promise<string> {
  const id = `office-${name}`
  await database.asOwner('INSERT INTO office (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, name])
  for (const territory of territories) {
    await database.asOwner(`INSERT INTO territory (id, name, rules) VALUES ($1, $1, '[]') ON CONFLICT DO NOTHING`, [territory])
    await database.asOwner('INSERT INTO office_territory (office_id, territory_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [id, territory])
  }
  return id
}

/** A person of the staff with a password; a row only. */
export async function addPerson({ database }: Pick<TestHub, 'database'>, person: { username: string; role: Role; password?: string; officeId?: string }): Promise<string> {
  const id = randomUUID()
  const hash = await createPasswords(testHashCost).hash(person.password ?? testPassword)
  await database.asOwner('INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ($1, $2, $3, $4, true, $5)', [id, person.username, `Prova ${person.username}`, person.role, '2026-01-01T00:00:00.000Z'])
  await database.asOwner('INSERT INTO staff (person_id, office_id, password_hash, password_revision) VALUES ($1, $2, $3, 1)', [id, person.officeId ?? null, hash])
  return id
}

export type SignedRequest = { readonly method?: string; readonly body?: unknown; readonly bytes?: Buffer; readonly session?: string; readonly headers?: Readonly<Record<string, string>>; readonly at?: Date; readonly nonce?: string }

/** A desk the hub knows, made without the enrolment route; it signs its own requests. */
export async function enrolDevice(hub: TestHub, options: { name?: string; office?: string; territories?: readonly string[] } = {}) {
  const officeId = await addOffice(hub, options.office ?? 'Sede', options.territories ?? [])
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const id = randomUUID()
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  await hub.database.asOwner(
    `INSERT INTO device (id, name, office_id, public_key, unlock_key, epoch, state, app_version, protocol, enrolled_at) VALUES ($1, $2, $3, $4, $5, 1, 'active', '0.1.0', 1, $6)`,
    [id, options.name ?? 'Prova 1', officeId, raw, randomBytes(32), hub.clock.now()],
  )
  return testDevice(hub, id, privateKey)
}

/** Signs for a desk whose key is known, however it was enrolled. */
export function testDevice(hub: Pick<TestHub, 'url' | 'clock'>, id: string, privateKey: KeyObject) {
  const headersFor = (path: string, request: SignedRequest = {}): Record<string, string> => {
    const body = bodyOf(request)
    const time = (request.at ?? hub.clock.now()).toISOString()
    const nonce = request.nonce ?? randomBytes(16).toString('base64url')
    const text = proofText({ method: request.method ?? 'GET', path, time, nonce, bodyHash: createHash('sha256').update(body).digest('hex') })
    return {
      authorization: `Device ${id}`,
      'x-sportello-time': time,
      'x-sportello-nonce': nonce,
      'x-sportello-proof': sign(null, Buffer.from(text), privateKey).toString('base64url'),
      ...(request.session === undefined ? {} : { 'x-sportello-session': request.session }),
      ...(body.length === 0 ? {} : { 'content-type': request.bytes === undefined ? 'application/json' : 'application/octet-stream' }),
      ...request.headers,
    }
  }
  const signedFetch = (path: string, request: SignedRequest = {}): Promise<Response> => {
    const body = bodyOf(request)
    return fetch(`${hub.url}${path}`, { method: request.method ?? 'GET', headers: headersFor(path, request), ...(body.length === 0 ? {} : { body: new Uint8Array(body) }) })
  }
  return {
    id,
    privateKey,
    headersFor,
    signedFetch,
    /** Status and JSON of the answer; `null` when it has no body. */
    call: async (path: string, request: SignedRequest = {}): Promise<{ status: number; body: unknown }> => {
      const answer = await signedFetch(path, request)
      const content = await answer.text()
      return { status: answer.status, body: content === '' ? null : (JSON.parse(content) as unknown) }
    },
    /** The token of a new session; throws when the hub refuses. */
    signIn: async (username: string, password = testPassword): Promise<string> => {
      const answer = await signedFetch('/v1/session', { method: 'POST', body: { username, password } })
      if (!answer.ok) throw new Error(`sign-in refused: ${answer.status} ${await answer.text()}`)
      return ((await answer.json()) as { token: string }).token
    },
  }
}

function bodyOf({ body, bytes }: SignedRequest): Buffer {
  return bytes ?? (body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)))
}
