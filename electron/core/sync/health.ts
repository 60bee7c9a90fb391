/** Whether this desk holds what the hub believes it holds: counts and sums of each table, made here and there, compared and never copied. */
import type { HealthCheck } from '../../../shared/contract/hub.ts'
import type { Clock } from '../ports.ts'
import type { Store } from '../store/store.ts'
import { writeInTurn } from '../store/transaction.ts'
import { ownChecksums } from './checksums.ts'
import type { HubFailure, HubTransport } from './ports.ts'
import { wantWholeSnapshot } from './recover.ts'
import { readState, writeState } from './sync-store.ts'

export type HealthParts = { readonly store: Store; readonly transport: HubTransport; readonly clock: Clock; readonly isStopped: () => boolean; readonly afterRepair?: boolean }

/** Compares once; call it when an exchange has just ended. `differs`: what the hub has is wanted anew, which the next exchange brings. */
export async function checkHealth({ store, transport, clock, isStopped, afterRepair = false }: HealthParts): Promise<HubFailure | 'stopped' | 'differs' | null> {
  const answer = await transport.checksums()
  if (!answer.ok) return answer.failure
  if (isStopped()) return 'stopped'
  const at = clock.now().toISOString()
  return writeInTurn(store, async (db) => {
    const { feedId, head, checksums } = answer.value
    // Of another moment: nothing can be said.
    if (feedId !== readState(db, 'feedId') || head !== readState(db, 'cursor')) return null
    const own = await ownChecksums(db, checksums)
    const differing = own.filter(({ same }) => !same).map(({ table }) => table)
    const result: HealthCheck['result'] = differing.length > 0 ? 'differs' : afterRepair ? 'repaired' : 'same'
    writeState(db, 'health', { at, result, tables: own.length, rows: own.reduce((sum, { rows }) => sum + rows, 0), differing })
    if (differing.length === 0) return null
    if (!afterRepair) wantWholeSnapshot(store, 'repair')
    return 'differs'
  })
}
