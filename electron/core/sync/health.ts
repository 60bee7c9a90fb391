/** Whether this desk holds what the hub believes it holds: counts and sums of each table, made here and there, compared and never copied. */
import type { HealthCheck } from '../../../shared/contract/hub.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { differingTables } from './checksums.ts'
import type { OwnSums } from './checksums.ts'
import type { HubFailure, HubTransport } from './ports.ts'
import { wantWholeSnapshot } from './recover.ts'
import { startWorker } from './snapshot-thread.ts'
import { showHeads } from './audit-heads.ts'
import { readState, writeState } from './sync-store.ts'

export type HealthParts = { readonly store: Store; readonly key: Uint8Array; readonly transport: HubTransport; readonly clock: Clock; readonly isStopped: () => boolean; readonly afterRepair?: boolean }
/** `moved`: one side went on meanwhile, so that nothing can be said. `differs`: what the hub has is wanted anew, which the next exchange brings. */
export type HealthOutcome = HubFailure | 'stopped' | 'moved' | 'differs' | null

/** Compares once; call it when an exchange has just ended. */
export async function checkHealth({ store, key, transport, clock, isStopped, afterRepair = false }: HealthParts): Promise<HealthOutcome> {
  const answer = await transport.checksums()
  if (!answer.ok) return answer.failure
  if (isStopped()) return 'stopped'
  await showHeads(store.rawWriter, transport)
  if (isStopped()) return 'stopped'
  const own = await addUp(store.path, key)
  if (isStopped()) return 'stopped'
  const { feedId, head, checksums } = answer.value
  if (feedId !== readState(store.rawWriter, 'feedId') || head !== own.cursor) return 'moved'
  const differing = differingTables(own.tables, checksums)
  const result: HealthCheck['result'] = differing.length > 0 ? 'differs' : afterRepair ? 'repaired' : 'same'
  await writeInTurn(store, (db) => {
    writeState(db, 'health', { at: clock.now().toISOString(), result, tables: own.tables.length, rows: own.tables.reduce((sum, { rows }) => sum + rows, 0), differing })
    // Against a newer hub there are rows that cannot be the same here, however often they are fetched.
    if (differing.length > 0 && !afterRepair && readState(db, 'lacks') === null) wantWholeSnapshot(store, 'repair')
  })
  return differing.length > 0 ? 'differs' : null
}

async function addUp(path: string, key: Uint8Array): Promise<OwnSums> {
  const worker = startWorker(path, key)
  try {
    return await worker.sums()
  } finally {
    await worker.end()
  }
}
