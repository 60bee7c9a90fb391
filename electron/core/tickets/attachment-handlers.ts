import { randomUUID } from 'node:crypto'
import { attachmentLimits, mediaTypeOf, plainFileName } from '../../../shared/domain/attachment.ts'
import type { AttachmentState, AttachmentView } from '../../../shared/contract/tickets.ts'
import type { TicketId } from '../../../shared/domain/ids.ts'
import type { AttachmentRow } from '../../../shared/domain/records/kept.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { attachFile } from '../../../shared/operations/attachments.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { peopleNames } from '../people/people-names.ts'
import { queueBlob, queuedBlob, unqueueBlob } from '../sync/blobs/blob-queue.ts'
import { BlobDamagedError, createBlobVault } from '../sync/blobs/blob-vault.ts'
import type { BlobVault } from '../sync/blobs/blob-vault.ts'
import { fetchBlob } from '../sync/blobs/send-blobs.ts'
import type { HubFailure } from '../sync/ports.ts'
import { endUpload, heldBy, uploadsAtOnce } from './attachment-uploads.ts'

type AttachmentCalls = 'attachments' | 'attachBegin' | 'attachPart' | 'attach' | 'attachCancel' | 'openAttachment' | 'attachmentContent'

/** Files beside a ticket: handed over in parts, kept encrypted, sent on a queue of their own, fetched when they are opened. */
export const attachmentHandlers: Pick<HandlersOf<'tickets'>, AttachmentCalls> = {
  attachments: async (call, { ticketId }) => {
    if (!(await ticketExists(call, ticketId))) return refuse('ticket_not_found')
    call.trace(ticketId, { list: 'attachments' })
    const rows = await call.store.reader.getRepository(models.attachment).find({ where: { ticketId: ticketId as TicketId }, order: { addedAt: 'ASC', id: 'ASC' } })
    return ok(await withVault(call, (vault) => views(call, vault, rows)))
  },

  attachBegin: async (call, { ticketId, name, size }) => {
    if (!(await ticketExists(call, ticketId))) return refuse('ticket_not_found')
    if (size === 0) return refuse('file_empty')
    if (size > attachmentLimits.bytes) return refuse('file_too_large', { most: attachmentLimits.bytes })
    const { uploads } = heldBy(call.session)
    if (uploads.size >= uploadsAtOnce) return refuse('too_many_uploads', { most: uploadsAtOnce })
    const vault = openVault(call)
    vault.sweep(knownContents(call), call.clock.now().getTime())
    const uploadId = randomUUID()
    uploads.set(uploadId, { ticketId, name: plainFileName(name), size, writer: vault.begin(), vault })
    return ok({ uploadId, partBytes: attachmentLimits.partBytes })
  },

  attachPart: (call, { uploadId, start, data }) => {
    const upload = heldBy(call.session).uploads.get(uploadId)
    if (!upload) return Promise.resolve(refuse('upload_not_found'))
    const bytes = Buffer.from(data, 'base64')
    const received = upload.writer.received()
    if (start !== received || received + bytes.length > upload.size) return Promise.resolve(refuse('part_out_of_order', { expected: received }))
    upload.writer.write(bytes)
    return Promise.resolve(ok({ received: upload.writer.received() }))
  },

  attach: async (call, { uploadId }) => {
    const upload = heldBy(call.session).uploads.get(uploadId)
    if (!upload) return refuse('upload_not_found')
    const { ticketId, name, size, writer, vault } = upload
    if (writer.received() !== size) return refuse('part_out_of_order', { expected: writer.received() })
    endUpload(call.session, uploadId)
    try {
      // The content is durable before anything says that it is there.
      const stored = writer.finish()
      if (!stored) return refuse('upload_not_found')
      const { sha256 } = stored
      await call.work.local((db) => queueBlob(db, sha256, size, call.clock.now().toISOString()))
      const written = await call.work.write(attachFile, { ticketId, name, mediaType: mediaTypeOf(name), size, sha256 }, call.actor, 'wrote')
      if (!written.ok) {
        await call.work.local((db) => unqueueBlob(db, sha256))
        return written
      }
      const row = await call.store.reader.getRepository(models.attachment).findOneByOrFail({ id: written.value.opId })
      const [view] = await views(call, vault, [row])
      if (!view) throw new Error('an attachment has no view')
      return ok(view)
    } finally {
      writer.abandon()
      vault.close()
    }
  },

  attachCancel: (call, { uploadId }) => {
    const upload = endUpload(call.session, uploadId)
    upload?.writer.abandon()
    upload?.vault.close()
    return Promise.resolve(ok(null))
  },

  openAttachment: async (call, { attachmentId }) => {
    const row = await call.store.reader.getRepository(models.attachment).findOneBy({ id: attachmentId })
    if (!row) return refuse('attachment_not_found')
    const { name, mediaType, size, sha256 } = row
    const missing = await withVault(call, async (vault) => {
      if (vault.has(sha256, size)) return null
      const hub = call.desk.hub()
      return hub ? unavailable(await fetchBlob(hub.transport.blob, vault, row)) : 'no_hub'
    })
    if (missing !== null) return refuse(missing)
    heldBy(call.session).opened.add(row.id)
    call.trace(row.ticketId, { attachment: row.id })
    return ok({ name, mediaType, size })
  },

  attachmentContent: async (call, { attachmentId, start }) => {
    // Opening leaves the trace: nothing is read without it.
    const row = heldBy(call.session).opened.has(attachmentId) ? await call.store.reader.getRepository(models.attachment).findOneBy({ id: attachmentId }) : null
    if (!row || start >= row.size) return refuse('attachment_not_found')
    try {
      const bytes = await withVault(call, (vault) => Promise.resolve(vault.read(row.sha256, start)))
      const next = start + bytes.length
      return ok({ data: bytes.toString('base64'), next: next < row.size && bytes.length > 0 ? next : null })
    } catch (error) {
      if (!(error instanceof BlobDamagedError)) throw error
      // What cannot be read is as good as not here: the next opening fetches it.
      await withVault(call, (vault) => Promise.resolve(vault.remove(row.sha256)))
      return refuse('file_damaged')
    }
  },
}

function openVault(call: SignedCall): BlobVault {
  const { key } = call.desk.bulkParts()
  try {
    return createBlobVault(call.desk.dataDir, key)
  } finally {
    key.fill(0)
  }
}

async function withVault<T>(call: SignedCall, work: (vault: BlobVault) => Promise<T>): Promise<T> {
  const vault = openVault(call)
  try {
    return await work(vault)
  } finally {
    vault.close()
  }
}

async function ticketExists(call: SignedCall, ticketId: string): Promise<boolean> {
  return call.store.reader.getRepository(models.ticket).existsBy({ id: ticketId as TicketId })
}

/** What is queued counts too: its attachment may be written in this moment. */
function knownContents({ store }: SignedCall): ReadonlySet<string> {
  return new Set(store.rawWriter.prepare('SELECT sha256 FROM attachment UNION SELECT sha256 FROM blob_queue').pluck().all() as string[])
}

async function views(call: SignedCall, vault: BlobVault, rows: readonly AttachmentRow[]): Promise<AttachmentView[]> {
  const name = await peopleNames(call.store, rows.map(({ addedBy }) => addedBy))
  return rows.map((row) => {
    const { id, mediaType, size, addedAt } = row
    const queued = queuedBlob(call.store.rawWriter, row.sha256)
    return { id, name: row.name, mediaType, size, sent: queued?.state === 'queued' ? queued.sent : size, addedBy: name(row.addedBy), addedAt, state: stateOf(vault.has(row.sha256, size), queued?.state ?? null) }
  })
}

function stateOf(isHere: boolean, queued: 'queued' | 'sent' | 'failed' | null): AttachmentState {
  if (queued === 'failed') return 'failed'
  if (!isHere) return 'missing'
  return queued === 'queued' ? 'here' : 'sent'
}

function unavailable(failure: HubFailure | null): 'hub_unreachable' | 'not_at_hub_yet' | null {
  if (failure === null) return null
  return failure.kind === 'refused' && failure.status === 404 ? 'not_at_hub_yet' : 'hub_unreachable'
}
