import type { RawDatabase } from '../../store/cipher.ts'

/** A content of this desk on its way to the hub. `sent` bytes are there already. */
export type QueuedBlob = { readonly sha256: string; readonly size: number; readonly sent: number; readonly state: 'queued' | 'sent' | 'failed'; readonly attempts: number }

/** Inside a transaction. A content that went out before stays as it is. */
export function queueBlob(db: RawDatabase, sha256: string, size: number, at: string): void {
  db.prepare(`INSERT INTO blob_queue (sha256, size, added_at) VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET state = 'queued', attempts = 0, reason = NULL WHERE state = 'failed'`).run(sha256, size, at)
}

export function unqueueBlob(db: RawDatabase, sha256: string): void {
  db.prepare(`DELETE FROM blob_queue WHERE sha256 = ? AND state <> 'sent' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = blob_queue.sha256)`).run(sha256)
}

export function queuedBlob(db: RawDatabase, sha256: string): QueuedBlob | null {
  return (db.prepare('SELECT sha256, size, sent, state, attempts FROM blob_queue WHERE sha256 = ?').get(sha256) as QueuedBlob | undefined) ?? null
}

/** The next ones to send, longest waiting first; only what an attachment names. */
export function blobsToSend(db: RawDatabase): readonly QueuedBlob[] {
  return db
    .prepare(`SELECT sha256, size, sent, state, attempts FROM blob_queue q WHERE state = 'queued' AND EXISTS (SELECT 1 FROM attachment a WHERE a.sha256 = q.sha256) ORDER BY added_at, sha256`)
    .all() as QueuedBlob[]
}
