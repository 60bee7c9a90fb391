/** Whether this desk holds what the hub believes it holds: counts and sums of each table, made here and there, compared and never copied. */
import type { HealthCheck } from '../../../shared/contract/hub.ts'
import type { Clock } from '../ports.ts'
import { mostParts } from '../../../shared/sync/wire.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { differingTables } from './checksums.ts'
import type { OwnSums } from './checksums.ts'
import type { HubFailure, HubTransport } from './ports.ts'
import { wantParts, wantWholeSnapshot } from './recover.ts'
import { startWorker } from './snapshot-thread.ts'
import { showHeads } from './audit-heads.ts'
import { readState, writeState } from './sync-store.ts'

export type HealthParts = { readonly store: Store; readonly key: Uint8Array; readonly transport: HubTransport; readonly clock: Clock; readonly isStopped: () => boolean; readonly afterRepair?: boolean; /** Takes how the work is called off. */ readonly onCancel?: (cancel: () => void) => void }
/** `moved`: one side went on meanwhile, so that nothing can be said. `differs`: what the hub has is wanted anew, which the next exchange brings. */
export type HealthOutcome = HubFailure | 'stopped' | 'moved' | 'differs' | null

/** Compares once; call it when an exchange has just ended. */
export async function checkHealth({ store, key, transport, clock, isStopped, afterRepair = false, onCancel = () => undefined }: HealthParts): Promise<HealthOutcome> {
  const answer = await transport.checksums()
  if (!answer.ok) return answer.failure
  if (isStopped()) return 'stopped'
  await showHeads(store.rawWriter, transport)
  if (isStopped()) return 'stopped'
  const own = await addUp(store.path, key, onCancel).catch((error: unknown) => {
    if (isStopped()) return null
    throw error
  })
  if (isStopped() || own === null) return 'stopped'
  const { feedId, head, checksums } = answer.value
  if (feedId !== readState(store.rawWriter, 'feedId') || head !== own.cursor) return 'moved'
  const differing = differingTables(own.tables, checksums)
  const names = [...new Set(differing.map(({ table }) => table))]
  const result: HealthCheck['result'] = differing.length > 0 ? 'differs' : afterRepair ? 'repaired' : 'same'
  await writeInTurn(store, (db) => {
    // What was fetched again and differs all the same is not helped by doing so again.
    const helpless = readState(db, 'health')?.result === 'differs'
    writeState(db, 'health', { at: clock.now().toISOString(), result, tables: new Set(own.tables.map(({ table }) => table)).size, rows: own.tables.reduce((sum, { rows }) => sum + rows, 0), differing: names })
    // Against a newer hub there are rows that cannot be the same here, however often they are fetched.
    if (differing.length === 0 || afterRepair || readState(db, 'lacks') !== null) return
    const parts = [...new Set(differing.flatMap(({ scope }) => (scope === '*' ? [] : [scope])))]
    // A territory that was gained meanwhile comes with the whole of it.
    const isWanted = readState(db, 'snapshotWanted') !== null || readState(db, 'snapshot') !== null
    if (isWanted || helpless || parts.includes('') || parts.length > mostParts) wantWholeSnapshot(store, 'repair')
    else wantParts(store, parts)
  })
  return differing.length > 0 ? 'differs' : null
}

async function addUp(path: string, key: Uint8Array, onCancel: (cancel: () => void) => void): Promise<OwnSums> {
  const worker = startWorker(path, key, false)
  onCancel(worker.desk.cancel)
  try {
    return await worker.sums()
  } finally {
    await worker.end()
  }
}
