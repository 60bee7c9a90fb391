import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { arch, platform, release } from 'node:os'
import type { RecoveryStatus } from '../../../shared/contract/recovery.ts'
import type { Desk } from '../desk-types.ts'
import { compact } from '../store/copies.ts'
import { readHealth } from '../store/health.ts'
import { newestVersion } from '../store/migrations/list.ts'

/** Files by the names the desk itself gives; anything else in the folder is counted, not named. */
const ownName = /^(desk\.db(-wal|-shm|\.new|\.rebuilt)?|desk\.json|desk\.lock|keyslots(\.copy)?\.json(\.damaged-[\dTZ-]+)?|device-secret\.json|hub-link\.json|outbox-journal\.bin(\.damaged-[\dTZ]+)?|drafts\.sealed(\.damaged)?|store-health\.json|recovery-notes\.json|attempts\.json|daily-[\dTZ]+\.(db|journal)|before-version-\d+\.db|before-joining\.db)$/
const ownFolder = /^(copies|corrupt-[\dTZ-]+(\.moving)?)$/

/** For whoever helps: versions, names, sizes, times, states. Nothing of what the desk holds, and no name of a person or a place on the disk. */
export function recoveryReport(desk: Pick<Desk, 'dataDir' | 'appVersion'>, status: RecoveryStatus, now: Date): { name: string; text: string } {
  const report = {
    made: now.toISOString(),
    sportello: desk.appVersion,
    system: { platform: platform(), release: release(), arch: arch(), node: process.versions.node },
    store: { newestKnown: newestVersion, health: readHealth(desk.dataDir) },
    state: status.state,
    storage: status.storage,
    notes: status.notes,
    files: filesIn(desk.dataDir),
  }
  return { name: `sportello-${compact(now)}.json`, text: `${JSON.stringify(report, null, 2)}\n` }
}

type Entry = { readonly name: string; readonly bytes: number; readonly changed: string }

function filesIn(folder: string, inside = ''): { readonly known: readonly Entry[]; readonly others: number } {
  if (!existsSync(folder)) return { known: [], others: 0 }
  const known: Entry[] = []
  let others = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && ownName.test(entry.name)) {
      const { size, mtime } = statSync(join(folder, entry.name))
      known.push({ name: inside + entry.name, bytes: size, changed: mtime.toISOString() })
    } else if (entry.isDirectory() && inside === '' && ownFolder.test(entry.name)) {
      const found = filesIn(join(folder, entry.name), `${entry.name}/`)
      known.push(...found.known)
      others += found.others
    } else others += 1
  }
  return { known, others }
}
