/** Fills an empty data directory with an invented utility, through the same doors as the real thing. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallName } from '../shared/contract/index.ts'
import { romeDay } from '../shared/domain/civil-day.ts'
import type { Role } from '../shared/domain/records/people.ts'
import type { Result } from '../shared/domain/result.ts'
import { createCore } from '../electron/core/core.ts'
import type { Core } from '../electron/core/core.ts'
import { importAuditEntry } from '../electron/core/import/import-audit.ts'
import { importExtracts } from '../electron/core/import/import-extracts.ts'
import type { ImportProgress } from '../electron/core/import/import-types.ts'
import { writeFileDurably } from '../electron/core/people/durable-file.ts'
import type { HashCost } from '../electron/core/people/key-slots.ts'
import { demoMarkerName } from '../electron/serve/demo-marker.ts'
import { generateDemo } from './demo/generate.ts'

export type DemoOptions = {
  readonly dataDir: string
  readonly customers: number
  readonly seed?: number
  /** Hears what is being done, in Italian and in English, one line at a time. */
  readonly say: (italian: string, english: string) => void
  /** Cheaper passwords for tests. */
  readonly hashCost?: HashCost
}

type DemoPerson = { readonly username: string; readonly displayName: string; readonly role: Role; readonly password: string }

const administrator = { username: 'amministratore', displayName: 'Amministratore Demo', role: 'administrator', password: 'amministratore-demo' } as const satisfies DemoPerson
const colleagues: readonly DemoPerson[] = [
  { username: 'supervisore', displayName: 'Supervisore Demo', role: 'supervisor', password: 'supervisore-demo' },
  { username: 'agente', displayName: 'Agente Demo', role: 'agent', password: 'agente-demo' },
]
/** Who can sign in to a demo; the agent first, whose desk it is. */
export const demoPeople: readonly DemoPerson[] = [...colleagues.toReversed(), administrator]

const clientId = 'demo-setup'
const unfinishedName = 'demo-unfinished'

/**
 * Makes the demo where the data directory is empty, or goes on with one that was cut short; leaves every other data
 * directory alone. Answers whether it made one. Throws `DataDirectoryBusyError`.
 */
export async function prepareDemo(options: DemoOptions): Promise<boolean> {
  const { dataDir } = options
  const core = createCore({ dataDir, ...(options.hashCost ? { hashCost: options.hashCost } : {}) })
  try {
    const unfinished = join(dataDir, unfinishedName)
    if (!core.desk.needsSetUp() && !existsSync(unfinished)) return false
    writeFileSync(unfinished, '')
    await addPeople(core)
    await loadCustomers(core, options)
    const people = demoPeople.map(({ username, password, role }) => ({ username, password, role }))
    writeFileDurably(join(dataDir, demoMarkerName), JSON.stringify({ people }, null, 2))
    rmSync(unfinished)
    return true
  } finally {
    await core.close()
  }
}

/** The administrator by the first-run call, the others by the administrator; those who are there already stay. */
async function addPeople(core: Core): Promise<void> {
  const { username, displayName, password } = administrator
  if (core.desk.needsSetUp()) await must(core, 'session.setUp', { username, displayName, password, deskName: 'Demo' })
  else await must(core, 'session.signIn', { username, password })
  for (const person of colleagues) await must(core, 'people.add', person, 'username_taken')
}

async function loadCustomers(core: Core, { dataDir, customers, seed = 1, say }: DemoOptions): Promise<void> {
  const folder = join(dataDir, 'demo-extracts')
  const { key, databasePath, gate, deskWriter } = core.desk.bulkParts()
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    say(`Invento ${customers} clienti…`, `Inventing ${customers} customers…`)
    const { total } = generateDemo(folder, { customers, seed, today: romeDay(Date.now()), light: false })
    say(`Importo ${total} righe…`, `Importing ${total} rows…`)
    const summary = await importExtracts({ databasePath, key, gate, deskWriter, folder, onProgress: progressLines(say) })
    await core.desk.audit(importAuditEntry(summary, 'demo-setup', new Date()))
    const rejected = summary.files.reduce((sum, file) => sum + file.counts.rejected, 0)
    if (summary.state !== 'done' || rejected > 0) throw new Error(`the demo was not loaded whole: ${summary.state}, ${rejected} rows rejected`)
    say(`Importate ${summary.records} righe in ${summary.seconds.toFixed(1)} s.`, `Imported ${summary.records} rows in ${summary.seconds.toFixed(1)} s.`)
  } finally {
    key.fill(0)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A line each quarter of a long load: a terminal is not a progress bar. */
function progressLines(say: DemoOptions['say']): (progress: ImportProgress) => void {
  let told = 0
  return ({ phase, done, total }) => {
    const quarter = phase === 'load' && total > 0 ? Math.floor((done * 4) / total) : 0
    if (quarter <= told || quarter === 4) return
    told = quarter
    say(`  ${quarter * 25}%`, `  ${quarter * 25}%`)
  }
}

async function must(core: Core, call: CallName, input: object, unless?: string): Promise<void> {
  const reply = JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call, input }))) as Result<unknown>
  if (!reply.ok && reply.error.code !== unless) throw new Error(`the demo could not be made: ${call} answered ${reply.error.code}`)
}
