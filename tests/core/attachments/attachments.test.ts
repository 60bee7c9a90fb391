import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { attachmentLimits } from '../../../shared/domain/attachment.ts'
import { createBlobVault } from '../../../electron/core/sync/blobs/blob-vault.ts'
import { fetchBlob, sendBlobs } from '../../../electron/core/sync/blobs/send-blobs.ts'
import type { BlobTransport, HubFailure } from '../../../electron/core/sync/ports.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

let desk: TestCore
let ticketId = ''
beforeEach(async () => {
  desk = await createTestCore({ load: loadMasterData })
  const opened = await desk.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'complaint', channel: 'phone', receivedDay: '2026-11-20', subject: 'Foto del contatore' })
  if (!opened.ok) throw new Error(opened.error.code)
  ticketId = opened.value.ticketId
})
afterEach(() => desk.close())

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')

async function attach(content: Buffer, name = 'foto.png') {
  const begun = await desk.call('tickets', 'attachBegin', { ticketId, name, size: content.length })
  if (!begun.ok) return begun
  const { uploadId, partBytes } = begun.value
  for (let start = 0; start < content.length; start += partBytes) {
    const reply = await desk.call('tickets', 'attachPart', { uploadId, start, data: content.subarray(start, start + partBytes).toString('base64') })
    if (!reply.ok) return reply
  }
  return desk.call('tickets', 'attach', { uploadId })
}
async function contentOf(attachmentId: string): Promise<Buffer | string> {
  const opened = await desk.call('tickets', 'openAttachment', { attachmentId })
  if (!opened.ok) return opened.error.code
  let text = ''
  for (let start: number | null = 0; start !== null; ) {
    const reply: Awaited<ReturnType<typeof read>> = await read(attachmentId, start)
    if (!reply.ok) return reply.error.code
    text += reply.value.data
    start = reply.value.next
  }
  return Buffer.from(text, 'base64')
}
const read = (attachmentId: string, start: number) => desk.call('tickets', 'attachmentContent', { attachmentId, start })
const listed = async () => {
  const reply = await desk.call('tickets', 'attachments', { ticketId })
  return reply.ok ? reply.value : []
}
const blobFiles = () => readdirSync(join(desk.dataDir, 'blobs'))

/** What the hub keeps, with the rules it keeps it by; `fail` is asked before every request. */
function hubOf(fail: () => HubFailure | null = () => null) {
  const contents = new Map<string, Buffer>()
  const complete = new Set<string>()
  const asked: string[] = []
  const transport: BlobTransport = {
    size: (sha256) => {
      asked.push('size')
      const failure = fail()
      return Promise.resolve(failure ? { ok: false, failure } : { ok: true, value: { size: contents.get(sha256)?.length ?? 0, complete: complete.has(sha256) } })
    },
    put: (sha256, { start, total, bytes }) => {
      asked.push(`put ${start}`)
      const failure = fail()
      if (failure) return Promise.resolve({ ok: false, failure })
      const before = contents.get(sha256) ?? Buffer.alloc(0)
      if (start !== before.length) return Promise.resolve({ ok: false, failure: { kind: 'refused', status: 409, code: 'offset', details: { expected: before.length } } })
      const now = Buffer.concat([before, bytes])
      contents.set(sha256, now)
      if (now.length === total && hashOf(now) === sha256) complete.add(sha256)
      return Promise.resolve({ ok: true, value: null })
    },
    get: (sha256, start) => {
      const content = contents.get(sha256)
      return Promise.resolve(content && complete.has(sha256) ? { ok: true, value: content.subarray(start, start + 100_000) } : { ok: false, failure: { kind: 'refused', status: 404, code: 'not_found', details: null } })
    },
  }
  return { contents, complete, asked, transport }
}
async function send(transport: BlobTransport, isStopped = () => false) {
  const { key } = desk.core.desk.bulkParts()
  const session = desk.core.desk.session('test')
  if (!session) throw new Error('nobody is signed in')
  return sendBlobs(transport, { store: desk.core.desk.signedParts(session).store, dataDir: desk.dataDir, key, isStopped, onProgress: () => undefined })
}

describe('files beside a ticket', () => {
  it('are kept encrypted under names that say nothing, and come back byte by byte', async () => {
    const content = Buffer.concat([Buffer.from('contenuto riservato '.repeat(60_000)), randomBytes(33)])
    expect(await attach(content, 'C:\\Foto\\contatore <1>.PNG')).toMatchObject({ ok: true, value: { name: 'contatore _1_.PNG', mediaType: 'image/png', size: content.length, addedBy: 'Anna Prova', state: 'here', sent: 0 } })
    const [row] = await listed()
    const files = blobFiles()
    expect(files).toHaveLength(1)
    expect(files[0]).not.toContain(hashOf(content).slice(0, 8))
    expect(readFileSync(join(desk.dataDir, 'blobs', files[0]!)).includes('riservato')).toBe(false)
    expect(content.equals((await contentOf(row!.id)) as Buffer)).toBe(true)
    const detail = await desk.call('tickets', 'get', { ticketId })
    expect(detail).toMatchObject({ ok: true, value: { state: 'new' } })
    expect(detail.ok && detail.value.events.at(-1)).toMatchObject({ kind: 'attached', text: 'contatore _1_.PNG' })
  })

  it('are refused when empty, too large, twice, out of order, or of no ticket', async () => {
    const begin = (size: number, to = ticketId) => desk.call('tickets', 'attachBegin', { ticketId: to, name: 'a.txt', size })
    expect(await begin(0)).toMatchObject({ ok: false, error: { code: 'file_empty' } })
    expect(await begin(attachmentLimits.bytes + 1)).toMatchObject({ ok: false, error: { code: 'file_too_large' } })
    expect(await begin(5, 'nobody')).toMatchObject({ ok: false, error: { code: 'ticket_not_found' } })
    expect(await attach(Buffer.from('uno'))).toMatchObject({ ok: true })
    expect(await attach(Buffer.from('uno'))).toMatchObject({ ok: false, error: { code: 'already_attached' } })
    const begun = await begin(6)
    const uploadId = begun.ok ? begun.value.uploadId : ''
    expect(await desk.call('tickets', 'attachPart', { uploadId, start: 3, data: 'AAAA' })).toMatchObject({ ok: false, error: { code: 'part_out_of_order', details: { expected: 0 } } })
    expect(await desk.call('tickets', 'attachPart', { uploadId, start: 0, data: 'AAAAAAAAAAAA' })).toMatchObject({ ok: false, error: { code: 'part_out_of_order' } })
    expect(await desk.call('tickets', 'attach', { uploadId })).toMatchObject({ ok: false, error: { code: 'part_out_of_order' } })
    expect(await desk.call('tickets', 'attachCancel', { uploadId })).toMatchObject({ ok: true })
    expect(await desk.call('tickets', 'attach', { uploadId })).toMatchObject({ ok: false, error: { code: 'upload_not_found' } })
    expect(blobFiles()).toHaveLength(1)
  })

  it('are read only after they were opened, which leaves a trace', async () => {
    const made = await attach(Buffer.from('uno'))
    const id = made.ok && 'id' in made.value ? made.value.id : ''
    expect(await read(id, 0)).toMatchObject({ ok: false, error: { code: 'attachment_not_found' } })
    expect(await desk.call('tickets', 'openAttachment', { attachmentId: id })).toMatchObject({ ok: true })
    expect(await read(id, 0)).toMatchObject({ ok: true, value: { data: Buffer.from('uno').toString('base64'), next: null } })
    const session = desk.core.desk.session('test')!
    const { store } = desk.core.desk.signedParts(session)
    expect(store.rawReader.prepare(`SELECT subject FROM audit WHERE kind = 'exported'`).pluck().all()).toEqual([ticketId])
  })

  it('that were damaged on the disk are said to be, never shown', async () => {
    const made = await attach(randomBytes(attachmentLimits.partBytes + 10))
    const id = made.ok && 'id' in made.value ? made.value.id : ''
    const path = join(desk.dataDir, 'blobs', blobFiles()[0]!)
    const bytes = readFileSync(path)
    bytes[attachmentLimits.partBytes + 80]! ^= 1
    writeFileSync(path, bytes)
    expect(await contentOf(id)).toBe('file_damaged')
    expect(await contentOf(id)).toBe('no_hub')
  })

  it('go to the hub part by part, from where it has them', async () => {
    const content = randomBytes(attachmentLimits.partBytes * 2 + 5)
    await attach(content)
    const hub = hubOf()
    hub.contents.set(hashOf(content), content.subarray(0, 1000))
    expect(await send(hub.transport)).toBeNull()
    expect(hub.asked).toEqual(['size', 'put 1000', `put ${attachmentLimits.partBytes}`, `put ${attachmentLimits.partBytes * 2}`])
    expect(hub.complete.has(hashOf(content))).toBe(true)
    expect(await listed()).toMatchObject([{ state: 'sent', sent: content.length }])
    expect(await send(hub.transport)).toBeNull()
    expect(hub.asked).toHaveLength(4)
  })

  it('wait while the hub is away, and go on after an answer that was lost', async () => {
    const content = randomBytes(attachmentLimits.partBytes + 5)
    await attach(content)
    const down: HubFailure = { kind: 'unreachable' }
    let away = true
    const hub = hubOf(() => (away ? down : null))
    expect(await send(hub.transport)).toEqual(down)
    expect(await listed()).toMatchObject([{ state: 'here' }])
    away = false
    const put = hub.transport.put
    let lost = false
    const forgetful: BlobTransport = {
      ...hub.transport,
      put: async (sha256, part) => {
        const answer = await put(sha256, part)
        if (lost) return answer
        lost = true
        return { ok: false, failure: down }
      },
    }
    expect(await send(forgetful)).toEqual(down)
    expect(await send(forgetful)).toBeNull()
    expect(hub.contents.get(hashOf(content))?.equals(content)).toBe(true)
  })

  it('that the hub does not take are given up visibly', async () => {
    await attach(Buffer.from('uno'))
    const hub = hubOf(() => ({ kind: 'refused', status: 404, code: 'not_found', details: null }))
    for (let i = 0; i < 8; i++) await send(hub.transport)
    expect(await listed()).toMatchObject([{ state: 'failed' }])
    const before = hub.asked.length
    await send(hub.transport)
    expect(hub.asked).toHaveLength(before)
  })

  it('that are elsewhere are fetched whole or not at all', async () => {
    const content = randomBytes(250_001)
    const hub = hubOf()
    hub.contents.set(hashOf(content), content)
    hub.complete.add(hashOf(content))
    const vault = createBlobVault(desk.dataDir, desk.core.desk.bulkParts().key)
    const wanted = { sha256: hashOf(content), size: content.length }
    expect(await fetchBlob(hub.transport, vault, wanted)).toBeNull()
    expect(vault.has(wanted.sha256, wanted.size)).toBe(true)
    expect(vault.read(wanted.sha256, 200_000).equals(content.subarray(200_000))).toBe(true)
    const other = randomBytes(10)
    expect(await fetchBlob(hub.transport, vault, { sha256: hashOf(other), size: 10 })).toMatchObject({ kind: 'refused', status: 404 })
    hub.contents.set(hashOf(other), randomBytes(10))
    hub.complete.add(hashOf(other))
    expect(await fetchBlob(hub.transport, vault, { sha256: hashOf(other), size: 10 })).toMatchObject({ code: 'hash_mismatch' })
    expect(blobFiles()).toHaveLength(1)
    expect(() => createBlobVault(desk.dataDir, new Uint8Array(32)).read(wanted.sha256, 0)).toThrow()
    vault.close()
  })
})
