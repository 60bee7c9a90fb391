import type { Store } from '../../store/store.ts'
import type { BlobTransport, HubAnswer, HubFailure } from '../ports.ts'
import { blobsToSend } from './blob-queue.ts'
import type { QueuedBlob } from './blob-queue.ts'
import { createBlobVault } from './blob-vault.ts'
import type { BlobVault } from './blob-vault.ts'

export type SendParts = {
  readonly store: Store
  readonly dataDir: string
  readonly key: Uint8Array
  readonly isStopped: () => boolean
  /** After every part. */
  readonly onProgress: () => void
}

/** How often the hub may refuse a content before somebody has to look. */
const triesAtMost = 8

/**
 * Sends the contents that wait, each from where the hub has it, beside the operations and never in their way. Answers why it broke off, or
 * `null`: what is left then is tried again with the next exchange. Call it when the operations are delivered: the hub takes a content only
 * under an attachment it knows.
 */
export async function sendBlobs(transport: BlobTransport, parts: SendParts): Promise<HubFailure | null> {
  const { store, isStopped } = parts
  const waiting = blobsToSend(store.rawReader)
  if (waiting.length === 0) return null
  const vault = createBlobVault(parts.dataDir, parts.key)
  try {
    for (const blob of waiting) {
      if (isStopped()) return null
      const failure = await sendBlob(transport, parts, vault, blob)
      if (failure === null) continue
      if (failure.kind !== 'refused' || failure.status === 401 || failure.status === 403) return failure
      await note(parts, blob, blob.attempts + 1 >= triesAtMost || failure.code === 'hash_mismatch' ? 'failed' : 'queued', 0, failure.code)
    }
    return null
  } finally {
    vault.close()
  }
}

async function sendBlob(transport: BlobTransport, parts: SendParts, vault: BlobVault, blob: QueuedBlob): Promise<HubFailure | null> {
  const { sha256, size } = blob
  const missing = !vault.has(sha256, size)
  const there = await transport.size(sha256)
  if (!there.ok) return there.failure
  let at = there.value.complete ? size : there.value.size
  // The file has gone from this desk: nobody can send it any more, and that must be seen.
  if (missing && at < size) return { kind: 'refused', status: 410, code: 'file_gone', details: null }
  while (at < size && !parts.isStopped()) {
    const bytes = vault.read(sha256, at)
    const answer: HubAnswer<unknown> = await transport.put(sha256, { start: at, total: size, bytes })
    if (!answer.ok) {
      const expected = offsetSaid(answer.failure)
      // An answer was lost, or another desk sends the same: go on where the hub is.
      if (expected === null || expected <= at) return answer.failure
      at = expected
      continue
    }
    at += bytes.length
    if (at < size) await note(parts, blob, 'queued', at, null)
  }
  if (at >= size) await note(parts, blob, 'sent', size, null)
  return null
}

function offsetSaid(failure: HubFailure): number | null {
  if (failure.kind !== 'refused' || failure.code !== 'offset') return null
  const { details } = failure
  return details !== null && typeof details === 'object' && 'expected' in details && typeof details.expected === 'number' ? details.expected : null
}

async function note({ store, onProgress, isStopped }: SendParts, { sha256 }: QueuedBlob, state: QueuedBlob['state'], sent: number, reason: string | null): Promise<void> {
  if (isStopped()) return
  await store.gate.exclusive(() => {
    store.rawWriter
      .prepare('UPDATE blob_queue SET state = ?, sent = max(sent, ?), attempts = attempts + ?, reason = ? WHERE sha256 = ?')
      .run(state, sent, reason === null ? 0 : 1, reason, sha256)
    return Promise.resolve()
  })
  onProgress()
}

/** Fetches a content that is not here and puts it into the vault when it is the right one. Answers why it could not be had, or `null`. */
export async function fetchBlob(transport: BlobTransport, vault: BlobVault, { sha256, size }: { readonly sha256: string; readonly size: number }): Promise<HubFailure | null> {
  const writer = vault.begin()
  try {
    while (writer.received() < size) {
      const answer = await transport.get(sha256, writer.received())
      if (!answer.ok) return answer.failure
      if (answer.value.length === 0 || writer.received() + answer.value.length > size) return { kind: 'not_a_hub' }
      writer.write(answer.value)
    }
    return writer.finish(sha256) ? null : { kind: 'refused', status: 409, code: 'hash_mismatch', details: null }
  } finally {
    writer.abandon()
  }
}
