import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../../../electron/core/core.ts'
import { newestVersion } from '../../../electron/core/store/migrations/list.ts'
import { importExtracts } from '../../../electron/core/import/import-extracts.ts'
import { romeDay } from '../../../shared/domain/civil-day.ts'
import { generateDemo } from '../../../scripts/demo/generate.ts'

export const benchPerson = { username: 'bench', password: 'bench password', displayName: 'Bench' } as const

/**
 * A data directory with `customers` generated customers (two bills a supply), made once per size, seed and version of the store and kept
 * in the system's temporary folder: a million take minutes to load, and one that has to be migrated first would not start as a desk does.
 */
export async function bigStore(customers: number, seed: number, say: (line: string) => void): Promise<string> {
  const dataDir = join(process.env['SPORTELLO_BENCH_DIR'] ?? tmpdir(), `sportello-bench-${customers}-${seed}-v${newestVersion}`)
  const done = join(dataDir, 'complete')
  if (existsSync(done)) return dataDir
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  const extracts = join(dataDir, 'extracts')
  mkdirSync(extracts)
  say(`Generating ${customers} customers`)
  generateDemo(extracts, { customers, seed, today: romeDay(Date.now()), light: true })
  const core = createCore({ dataDir })
  try {
    await core.dispatch({ clientId: 'bench' }, JSON.stringify({ call: 'session.setUp', input: { ...benchPerson, deskName: 'Bench' } }))
    const { databasePath, key, gate, lookup } = core.desk.bulkParts()
    say('Importing')
    const summary = await importExtracts({ databasePath, key, gate, folder: extracts })
    key.fill(0)
    say(`Imported ${summary.records} records in ${Math.round(summary.seconds)} s`)
    await lookup.settled()
  } finally {
    await core.close()
  }
  rmSync(extracts, { recursive: true, force: true })
  writeFileSync(done, '')
  return dataDir
}
