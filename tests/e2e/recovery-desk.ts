/** A demo desk with a copy of the day and an entry after it, to be damaged before it is opened. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { createCore } from '../../electron/core/core.ts'
import { openRaw } from '../../electron/core/store/cipher.ts'
import { testHashCost } from '../support/hash-cost.ts'
import { templateDir } from './template.ts'

export const agent = demoPeople.find(({ role }) => role === 'agent') ?? { username: '', password: '' }
export const lateSubject = 'Scritto dopo la copia'

/** Answers the data directory; the caller removes it. */
export async function deskWithCopy(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-e2e-recovery-'))
  cpSync(templateDir(), dataDir, { recursive: true })
  await working(dataDir, async (core, call) => {
    await core.desk.upkeep.copyNow(true)
    const { brand, code } = knownCustomers.zanierElena
    const customerId = `${brand}:${code}`
    await call('tickets.open', { customerId, area: 'water', type: 'information', channel: 'phone', receivedDay: new Date().toISOString().slice(0, 10), subject: lateSubject })
  })
  return dataDir
}

/** Marks the store as one of a version to come. */
export async function fromTheFuture(dataDir: string): Promise<void> {
  const key = await working(dataDir, (core) => Promise.resolve(core.desk.bulkParts().key))
  const db = openRaw(join(dataDir, 'desk.db'), key, 'write')
  db.pragma('user_version = 99')
  db.close()
}

export function damageFirstPage(dataDir: string): void {
  for (const name of ['desk.db-wal', 'desk.db-shm']) rmSync(join(dataDir, name), { force: true })
  flip(join(dataDir, 'desk.db'), 100)
}
export function damageCopies(dataDir: string): void {
  rmSync(join(dataDir, 'copies'), { recursive: true, force: true })
}
export function damageSlots(dataDir: string): void {
  for (const name of ['keyslots.json', 'keyslots.copy.json']) flip(join(dataDir, name), 40)
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(path, bytes)
}

type Call = (name: string, input: object) => Promise<unknown>
async function working<T>(dataDir: string, work: (core: ReturnType<typeof createCore>, call: Call) => Promise<T>): Promise<T> {
  const core = createCore({ dataDir, hashCost: testHashCost })
  const call: Call = async (name, input) => {
    const reply = JSON.parse(await core.dispatch({ clientId: 'e2e' }, JSON.stringify({ call: name, input }))) as { ok: boolean; value: unknown; error?: { code: string } }
    if (!reply.ok) throw new Error(`${name} answered ${reply.error?.code}`)
    return reply.value
  }
  try {
    await call('session.signIn', { username: agent.username, password: agent.password })
    return await work(core, call)
  } finally {
    await core.close()
  }
}
