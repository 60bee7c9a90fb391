/**
 * Heads of the hub's audit chain as they came with its answers, signed. Who rewrites that chain or cuts it short cannot change what the
 * desks hold: now and then each of them shows the hub its own (reliability, section 8).
 */
import type { RawDatabase } from '../store/cipher.ts'
import type { HubTransport } from './ports.ts'
import { readState, writeState } from './sync-store.ts'

export const headsKept = 50
const shape = /^(\d{1,15}):([0-9a-f]{64}):([A-Za-z0-9_-]{86})$/

/** Keeps the head of an answer when it lies beyond the last one of this history; call it inside a transaction. One that is not signed proves nothing. */
export function keepHead(db: RawDatabase, feedId: string, head: string): void {
  const seq = seqOf(head)
  if (seq === null) return
  const kept = readState(db, 'auditHeads') ?? []
  const last = kept.findLast((each) => each.feedId === feedId)
  if (last && seq <= (seqOf(last.head) ?? 0)) return
  writeState(db, 'auditHeads', [...kept, { feedId, head }].slice(-headsKept))
}

/** Shows the hub what this desk holds. Whatever becomes of it is the hub's affair: it knows its own hand. */
export async function showHeads(db: RawDatabase, transport: HubTransport): Promise<void> {
  const heads = (readState(db, 'auditHeads') ?? []).flatMap(({ feedId, head }) => {
    const [, seq, hash, signature] = shape.exec(head) ?? []
    return seq === undefined || hash === undefined || signature === undefined ? [] : [{ feedId, seq: Number(seq), hash, signature }]
  })
  if (heads.length > 0) await transport.ask('/v1/audit-heads', { heads }, null)
}

function seqOf(head: string): number | null {
  const seq = shape.exec(head)?.[1]
  return seq === undefined ? null : Number(seq)
}
