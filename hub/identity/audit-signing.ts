/** What is signed of the audit chain: checkpoints, which the hub keeps, and heads, which desks keep. */
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '../../shared/domain/schema.ts'
import type { AuditKey } from './audit-key.ts'

const checkpointShape = z.strictObject({
  /** The entry whose hash is signed, and with it every one before. */
  seq: z.int().min(1),
  /** `restart`: the history was begun anew with this entry, after a restore. */
  kind: z.enum(['checkpoint', 'restart']),
  feedId: z.string(),
  at: z.string(),
  hash: z.string(),
  signature: z.string(),
})
export type Checkpoint = z.output<typeof checkpointShape>

/** A head of the chain as an answer carries it: `seq:hash:signature`. */
export type Head = { readonly feedId: string; readonly seq: number; readonly hash: string; readonly signature: string }

const checkpointText = ({ kind, feedId, seq, at, hash }: Omit<Checkpoint, 'signature'>): string => ['sportello-audit-checkpoint-1', kind, feedId, seq, at, hash].join('\n')
const headText = ({ feedId, seq, hash }: Omit<Head, 'signature'>): string => ['sportello-audit-head-1', feedId, seq, hash].join('\n')

export const signCheckpoint = (key: AuditKey, checkpoint: Omit<Checkpoint, 'signature'>): Checkpoint => ({ ...checkpoint, signature: key.sign(checkpointText(checkpoint)) })
export const isSignedCheckpoint = (key: AuditKey, checkpoint: Checkpoint): boolean => key.isSigned(checkpointText(checkpoint), checkpoint.signature)
export const isSignedHead = (key: AuditKey, head: Head): boolean => key.isSigned(headText(head), head.signature)

/**
 * Signs the heads that answers carry, `seq:hash` as it was read with the answer. Many answers go out on one head, so the last one is
 * remembered. Without a key they go out unsigned.
 */
export function createHeadSigner(key: AuditKey | null): (feedId: string, head: string) => string {
  let last = { of: '', signed: '' }
  return (feedId, head) => {
    if (!key) return head
    const of = `${feedId} ${head}`
    if (last.of !== of) {
      const [seq, hash = ''] = head.split(':')
      last = { of, signed: `${head}:${key.sign(headText({ feedId, seq: Number(seq), hash }))}` }
    }
    return last.signed
  }
}

const fileName = 'audit-checkpoints.jsonl'

/** The second copy of a checkpoint, beside the database: cutting the table short does not cut this. */
export function keepCheckpoint(dataDir: string, checkpoint: Checkpoint): void {
  const path = join(dataDir, fileName)
  const isNew = !existsSync(path)
  // The break comes first, so that a line torn by a power cut takes no other with it.
  appendFileSync(path, `\n${JSON.stringify(checkpoint)}`, { mode: 0o600 })
  // A new file is only there for good once its directory entry is; Windows has no handle for a directory and needs none.
  for (const [each, flags] of [[path, 'r+'], ...(isNew && process.platform !== 'win32' ? [[dataDir, 'r'] as const] : [])] as const) {
    const file = openSync(each, flags)
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  }
}

/** Those of the file beside the database; a line that was torn by a power cut is passed over. */
export function keptCheckpoints(dataDir: string): readonly Checkpoint[] {
  const path = join(dataDir, fileName)
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').flatMap((line) => {
    try {
      return [checkpointShape.parse(JSON.parse(line))]
    } catch {
      return []
    }
  })
}
