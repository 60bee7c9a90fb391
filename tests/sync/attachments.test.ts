import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { realHub } from '../../electron/core/sync/desk-hub.ts'
import { addOffice, startTestHub } from '../support/hub-app.ts'
import type { TestHub } from '../support/hub-app.ts'
import { exchange } from '../support/hub-desk.ts'
import { enrolmentCode, fillRealHub } from '../support/hub-fill.ts'
import { rossi } from '../support/master-data.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'

let hub: TestHub
let office = ''
const opened: TestCore[] = []

beforeAll(async () => {
  hub = await startTestHub()
  office = await addOffice(hub, 'Trieste', ['T1'])
  await fillRealHub(hub, 'T1')
})
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
afterAll(() => hub.stop())

async function desk(deskNumber: number, founding: boolean): Promise<TestCore> {
  const core = await createTestCore({ deskNumber, hub: { ...realHub, timer: { after: () => () => undefined, random: () => 0.5 } } })
  opened.push(core)
  expect(await core.call('hub', 'join', { address: hub.url, code: await enrolmentCode(hub, office, founding) })).toMatchObject({ ok: true })
  expect(await exchange(core)).toBe(null)
  return core
}
async function attach(core: TestCore, ticketId: string, content: Buffer): Promise<void> {
  const begun = await core.call('tickets', 'attachBegin', { ticketId, name: 'contatore.jpg', size: content.length })
  if (!begun.ok) throw new Error(begun.error.code)
  const { uploadId, partBytes } = begun.value
  for (let start = 0; start < content.length; start += partBytes) await core.call('tickets', 'attachPart', { uploadId, start, data: content.subarray(start, start + partBytes).toString('base64') })
  expect(await core.call('tickets', 'attach', { uploadId })).toMatchObject({ ok: true, value: { state: 'here' } })
}
const listed = async (core: TestCore, ticketId: string) => {
  const reply = await core.call('tickets', 'attachments', { ticketId })
  return reply.ok ? reply.value : []
}

it('a file that one desk puts beside a ticket is read at the other, through the hub', async () => {
  const first = await desk(1, true)
  const second = await desk(2, false)
  const reply = await first.call('tickets', 'open', { customerId: rossi.id, area: 'water', type: 'information', channel: 'counter', receivedDay: '2026-11-20', subject: 'Foto' })
  const ticketId = reply.ok ? reply.value.ticketId : ''
  const content = randomBytes(900_000)
  await attach(first, ticketId, content)
  for (const core of [first, second]) expect(await exchange(core)).toBe(null)
  await expect.poll(async () => (await listed(first, ticketId))[0]?.state).toBe('sent')
  const [row] = await listed(second, ticketId)
  expect(row).toMatchObject({ name: 'contatore.jpg', mediaType: 'image/jpeg', size: content.length, state: 'missing' })
  expect(await second.call('tickets', 'openAttachment', { attachmentId: row!.id })).toMatchObject({ ok: true, value: { name: 'contatore.jpg' } })
  let text = ''
  for (let start: number | null = 0; start !== null; ) {
    const part: { readonly data: string; readonly next: number | null } = await second.call('tickets', 'attachmentContent', { attachmentId: row!.id, start }).then((answer) => (answer.ok ? answer.value : { data: '', next: null }))
    text += part.data
    start = part.next
  }
  expect(Buffer.from(text, 'base64').equals(content)).toBe(true)
  expect(await listed(second, ticketId)).toMatchObject([{ state: 'sent' }])
})
