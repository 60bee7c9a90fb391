/** A desk with work in it, closed, and ways to damage what it left. */
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import type { RecoveryStatus } from '../../../shared/contract/recovery.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

export const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
export const anna = { username: 'anna', password: testPassword } as const

export type LeftDesk = { readonly dataDir: string; readonly subjects: readonly string[] }

/** Two tickets, a copy of the day, then one more ticket and a draft: what a copy alone would not bring back. */
export async function leaveDesk(before: (core: TestCore) => Promise<void> = () => Promise.resolve()): Promise<LeftDesk> {
  const core = await createTestCore({ load: loadMasterData })
  await core.call('tickets', 'open', ticket('uno'))
  await core.call('tickets', 'open', ticket('due'))
  await before(core)
  if (!(await core.core.desk.upkeep.copyNow(true))) throw new Error('no copy was made')
  core.clock.advance(3_600_000)
  await core.call('tickets', 'open', ticket('tre'))
  await core.call('workspace', 'saveDraft', { key: 'nota', text: 'a metà' })
  await core.core.close()
  return { dataDir: core.dataDir, subjects: ['due', 'tre', 'uno'] }
}

/** The same files in a folder of their own, without the lock. */
export function copyOf(dataDir: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-test-'))
  for (const name of readdirSync(dataDir)) if (name !== 'desk.lock') cpSync(join(dataDir, name), join(folder, name), { recursive: true, preserveTimestamps: true })
  return folder
}

/** The same desk after its files were damaged; nobody is signed in. */
export function reopen(dataDir: string, options: Parameters<typeof createTestCore>[0] = {}): Promise<TestCore> {
  return createTestCore({ now: '2026-11-20T12:00:00.000Z', signIn: false, deskNumber: 9, ...options, dataDir })
}

export function flipBit(path: string, at: number, bit = 1): void {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
  writeFileSync(path, bytes)
}

/** Every file below a folder with a hash of its content, the desk's own bookkeeping left out. */
export function fingerprints(folder: string, except: readonly string[] = []): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || entry.name.startsWith('desk.lock') || except.includes(entry.name)) continue
    found.set(path.slice(folder.length + 1), createHash('sha256').update(readFileSync(path)).digest('hex'))
  }
  return found
}

export async function statusOf(core: TestCore): Promise<RecoveryStatus> {
  const reply = await core.call('recovery', 'status', {})
  if (!reply.ok) throw new Error(`no state: ${reply.error.code}`)
  return reply.value
}

/** The state once every copy has been read. */
export async function readStatus(core: TestCore): Promise<RecoveryStatus> {
  for (;;) {
    const status = await statusOf(core)
    if (status.state.kind !== 'damaged' || status.state.copies.every(({ state }) => state !== 'checking')) return status
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export async function subjectsOf(core: TestCore): Promise<string[]> {
  const reply = await core.call('customers', 'tickets', { customerId: rossi.id })
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.rows.map(({ subject }) => subject).toSorted()
}

export const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0)
