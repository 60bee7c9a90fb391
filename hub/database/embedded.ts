/**
 * A real PostgreSQL of the hub's own, in its data directory: for one office or a pilot. It is started and stopped through `pg_ctl`, and
 * nothing here ever deletes a file of it; PostgreSQL judges its own lock file.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { findBinaries } from './binaries.ts'
import type { Binaries } from './binaries.ts'
import { bootstrap, databaseName, hubRole, ownerRole } from './roles.ts'
import { databaseAccount, giveTo, letThrough, runAs, unreachable } from './run-as.ts'
import type { Account } from './run-as.ts'
import { readOrMakeSecrets } from './secrets.ts'
import type { DatabaseSecrets } from './secrets.ts'

/** Another hub works on this embedded database. Several hubs side by side need a PostgreSQL of their own, named by DATABASE_URL. */
export class EmbeddedBusyError extends Error {
  override readonly name = 'EmbeddedBusyError'
}
export class EmbeddedFailedError extends Error {
  override readonly name = 'EmbeddedFailedError'
}

export type EmbeddedUrls = { readonly hubUrl: string; readonly ownerUrl: string; readonly adminUrl: string }
export type Embedded = EmbeddedUrls & {
  /** Ends sessions, writes everything down and waits for the end. */
  readonly stop: () => Promise<void>
}

const adminRole = 'sportello_admin'
/** Held by the hub that uses the embedded database, for as long as its connection lives. */
const oneHubLock = 7_361_001

type Place = { readonly cluster: string; readonly log: string; readonly account: Account; readonly binaries: Binaries }

/** Makes the database at the first start, starts it or takes over one whose hub was killed. Throws `EmbeddedBusyError`, `EmbeddedFailedError`. */
export async function startEmbedded(dataDir: string, settings: Readonly<Record<string, string>> = {}): Promise<Embedded> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const account = databaseAccount()
  letThrough(dataDir, account)
  const closed = unreachable(dataDir, account)
  if (closed !== null) throw new EmbeddedFailedError(`run as root, the database works as the account postgres, which cannot walk through ${closed}: open it (chmod o+x), or run the hub as an account of its own`)
  const place = placeIn(dataDir, account)
  const secretsPath = secretsIn(dataDir)
  if (existsSync(place.cluster) && !existsSync(secretsPath)) throw new EmbeddedFailedError(`${secretsPath} is missing: the database in this data directory cannot be opened without it`)
  const secrets = readOrMakeSecrets(secretsPath)
  if (!existsSync(place.cluster)) await initialise(place, dataDir, secrets.admin)
  if (runningPort(place) === null || !(await isRunning(place))) await startServer(place, settings)
  const port = runningPort(place)
  if (port === null) throw new EmbeddedFailedError(`the embedded database has started without naming its port, see ${place.log}`)
  const urls = urlsOf(port, secrets)
  const lock = await takeLock(urls.adminUrl, dataDir)
  try {
    await bootstrap(urls.adminUrl, secrets)
  } catch (error) {
    await lock.release()
    throw error
  }
  return {
    ...urls,
    stop: async () => {
      await lock.release()
      const { code, output } = await control(place, ['stop', '-w', '-m', 'fast'])
      if (code !== 0 && (await isRunning(place))) throw new EmbeddedFailedError(`the embedded database did not stop: ${output}`)
    },
  }
}

/** Ways into the embedded database that a hub is using just now, for a command beside it; `null` when it does not run. */
export async function runningEmbedded(dataDir: string): Promise<EmbeddedUrls | null> {
  if (!existsSync(secretsIn(dataDir)) || !existsSync(join(dataDir, 'postgres'))) return null
  const place = placeIn(dataDir, databaseAccount())
  const port = runningPort(place)
  return port !== null && (await isRunning(place)) ? urlsOf(port, readOrMakeSecrets(secretsIn(dataDir))) : null
}

const secretsIn = (dataDir: string) => join(dataDir, 'postgres-passwords.json')

function placeIn(dataDir: string, account: Account): Place {
  return { cluster: join(dataDir, 'postgres'), log: join(dataDir, 'postgres', 'server.log'), account, binaries: findBinaries(dataDir, account) }
}

function urlsOf(port: number, secrets: DatabaseSecrets): EmbeddedUrls {
  const url = (role: string, password: string, database: string) => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  return { hubUrl: url(hubRole, secrets.hub, databaseName), ownerUrl: url(ownerRole, secrets.owner, databaseName), adminUrl: url(adminRole, secrets.admin, 'postgres') }
}

/** Made beside its place and moved there when whole, so that a start that was interrupted leaves no half database. */
async function initialise(place: Place, dataDir: string, password: string): Promise<void> {
  const fresh = mkdtempSync(join(dataDir, 'postgres-new-'))
  giveTo(fresh, place.account)
  const passwordFile = `${fresh}.password`
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(passwordFile, place.account)
  try {
    const { code, output } = await runAs(place.account, place.binaries.initdb, [
      '-D', fresh, '-U', adminRole, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--data-checksums',
    ])
    if (code !== 0) throw new EmbeddedFailedError(`the embedded database could not be made: ${output}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, place.cluster)
}

async function startServer(place: Place, settings: Readonly<Record<string, string>>): Promise<void> {
  const options = { port: String(await freePort()), ...serverSettings, ...settings }
  const text = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`).join(' ')
  const { code, output } = await control(place, ['start', '-w', '-t', '120', '-l', place.log, '-o', text])
  // Somebody else may have started it in the same moment: then the lock decides.
  if (code !== 0 && !(await isRunning(place))) throw new EmbeddedFailedError(`the embedded database did not start (${place.log}): ${output}`)
}

/** Durability is PostgreSQL's default and asserted by the hub (`safety.ts`). Errors are not logged, because their texts may hold values of records. */
const serverSettings = {
  listen_addresses: '127.0.0.1', unix_socket_directories: "''", max_connections: '100', shared_buffers: '256MB', max_wal_size: '2GB', jit: 'off',
  log_min_messages: 'log', log_min_error_statement: 'panic', log_error_verbosity: 'terse', log_parameter_max_length_on_error: '0', log_timezone: 'UTC', timezone: 'UTC',
}

const control = (place: Place, args: readonly string[]) => runAs(place.account, place.binaries.pgCtl, ['-D', place.cluster, ...args])
const isRunning = async (place: Place) => (await control(place, ['status'])).code === 0

/** Fourth line of PostgreSQL's own lock file. */
function runningPort(place: Place): number | null {
  const file = join(place.cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const port = Number(readFileSync(file, 'utf8').split('\n')[3])
  return Number.isInteger(port) && port > 0 ? port : null
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))))
    })
  })
}

/** The lock ends with the connection, however its process ends. */
async function takeLock(adminUrl: string, dataDir: string): Promise<{ release: () => Promise<void> }> {
  const client = new Client({ connectionString: adminUrl, keepAlive: true })
  // Shutting the server down ends this connection too: nobody waits for that.
  client.on('error', () => undefined)
  await client.connect()
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [oneHubLock])
  if (rows[0]?.taken !== true) {
    await client.end()
    throw new EmbeddedBusyError(`another hub works on the embedded database in ${dataDir}`)
  }
  return { release: () => client.end() }
}
