import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blobsModule } from '../../../hub/blobs/blob-routes.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { enrolDevice, startTestHub, testDevice } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

const part = 1024 * 1024
let hub: TestHub
let desk: TestDevice
let elsewhere: TestDevice
beforeEach(async () => {
  hub = await startTestHub({ modules: [identityModule, blobsModule] })
  desk = await enrolDevice(hub, { name: 'A', office: 'a', territories: ['all'] })
  elsewhere = await enrolDevice(hub, { name: 'B', office: 'b', territories: ['other'] })
  await hub.database.asOwner(`INSERT INTO customer (id, brand_id, code, kind, updated_at) VALUES ('etra:1', 'etra', '1', 'person', '')`)
  await hub.database.asOwner(`INSERT INTO customer_territory VALUES ('etra:1', 'all')`)
})
afterEach(() => hub.stop())

const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const attach = (content: Buffer, sha256 = hashOf(content)) =>
  hub.database.asOwner(`INSERT INTO attachment VALUES ($1, 't1', 'etra:1', 'foto.png', 'image/png', $2, $1, 'p', '')`, [sha256, content.length])
const put = async (content: Buffer, start: number, end: number, from = desk, sha256 = hashOf(content)) => {
  const answer = await from.call(`/v1/blobs/${sha256}?start=${start}&size=${content.length}`, { method: 'PUT', bytes: content.subarray(start, end) })
  return answer
}
const head = async (sha256: string, from = desk) => {
  const answer = await from.signedFetch(`/v1/blobs/${sha256}`, { method: 'HEAD' })
  return [answer.status, answer.headers.get('x-sportello-size'), answer.headers.get('x-sportello-complete')]
}
async function get(sha256: string, from = desk): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let start = 0; ; ) {
    const answer = await from.signedFetch(`/v1/blobs/${sha256}?start=${start}`)
    if (answer.status !== 200) throw new Error(`status ${answer.status}`)
    const content = Buffer.from(await answer.arrayBuffer())
    parts.push(content)
    start += content.length
    if (start >= Number(answer.headers.get('x-sportello-size'))) return Buffer.concat(parts)
  }
}

describe('contents of attachments at the hub', () => {
  it('arrive in parts, can be gone on with, and are whole only with their hash', async () => {
    const content = randomBytes(2 * part + 77)
    const sha256 = hashOf(content)
    await attach(content)
    expect(await head(sha256)).toEqual([404, null, null])
    expect(await put(content, 0, part)).toEqual({ status: 200, body: { received: part, complete: false } })
    expect(await head(sha256)).toEqual([200, String(part), 'false'])
    // The answer was lost: the same part again.
    expect(await put(content, 0, part)).toMatchObject({ status: 409, body: { error: { code: 'offset', details: { expected: part } } } })
    await expect(get(sha256)).rejects.toThrow('404')
    await put(content, part, 2 * part)
    expect(await put(content, 2 * part, content.length)).toEqual({ status: 200, body: { received: content.length, complete: true } })
    expect(await put(content, 0, part)).toEqual({ status: 200, body: { received: content.length, complete: true } })
    expect((await get(sha256)).equals(content)).toBe(true)
    const { rows } = await hub.database.pool.query<{ data: Buffer }>('SELECT data FROM blob_chunk')
    expect(rows.some(({ data }) => data.includes(content.subarray(100, 132)))).toBe(false)
  })

  it('with another hash are thrown away, and can be sent anew', async () => {
    const content = randomBytes(1000)
    await attach(content)
    const wrong = randomBytes(1000)
    expect(await put(wrong, 0, 1000, desk, hashOf(content))).toMatchObject({ status: 409, body: { error: { code: 'hash_mismatch' } } })
    expect(await head(hashOf(content))).toEqual([404, null, null])
    expect(await put(content, 0, 1000)).toMatchObject({ status: 200, body: { complete: true } })
  })

  it('are there only for desks that hold the customer, and only under a known attachment', async () => {
    const content = randomBytes(50)
    const sha256 = hashOf(content)
    expect((await put(content, 0, 50)).status).toBe(404)
    await attach(content)
    await put(content, 0, 50)
    expect(await head(sha256, elsewhere)).toEqual([404, null, null])
    expect((await elsewhere.signedFetch(`/v1/blobs/${sha256}`)).status).toBe(404)
    expect((await put(content, 0, 50, elsewhere)).status).toBe(404)
    expect((await desk.signedFetch(`/v1/blobs/${sha256}`)).status).toBe(200)
  })

  it('have limits: size as announced, parts of a mebibyte, 50 MiB in all', async () => {
    const content = randomBytes(100)
    const sha256 = hashOf(content)
    await attach(content)
    const tried = async (query: string, bytes: Buffer) => (await desk.call(`/v1/blobs/${sha256}?${query}`, { method: 'PUT', bytes })).status
    expect(await tried('start=0&size=99', content.subarray(0, 99))).toBe(409)
    expect(await tried('start=0&size=100', Buffer.concat([content, content]))).toBe(400)
    expect(await tried('start=0&size=52428801', content)).toBe(400)
    expect(await tried('start=0&size=100', Buffer.alloc(part + 1))).toBe(413)
  })

  it('sent by two desks at once become one', async () => {
    const content = randomBytes(3 * 1000)
    await attach(content)
    const send = async () => {
      for (let start = 0; start < content.length; ) {
        const { body } = await put(content, start, start + 1000)
        const answer = body as { received?: number; error?: { details: { expected: number } } }
        start = answer.received ?? answer.error?.details.expected ?? 0
      }
    }
    await Promise.all([send(), send(), send()])
    expect((await get(hashOf(content))).equals(content)).toBe(true)
  })

  it('are read with one key by every hub on the database', async () => {
    const content = randomBytes(10)
    const sha256 = hashOf(content)
    await attach(content)
    await put(content, 0, 10)
    const other = await startTestHub({ database: hub.database, modules: [blobsModule] })
    const there = testDevice(other, desk.id, desk.privateKey)
    expect((await there.signedFetch(`/v1/blobs/${sha256}`)).status).toBe(503)
    expect(other.logs.join('')).toContain('WrongBlobKeyError')
    await other.stop()
    await hub.database.asOwner(`UPDATE blob_chunk SET data = set_byte(data, 13, get_byte(data, 13) # 1)`)
    expect((await desk.signedFetch(`/v1/blobs/${sha256}`)).status).toBe(500)
  })
})
