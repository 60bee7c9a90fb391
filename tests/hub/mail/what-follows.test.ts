import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { blobsModule } from '../../../hub/blobs/blob-routes.ts'
import { syncModule } from '../../../hub/sync/sync-module.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { addDesk, addPeople, loadRecords, outcomes, rossi, south } from '../sync/records.ts'

let hub: TestHub
let agent: string
beforeAll(async () => {
  hub = await startTestHub({ modules: [syncModule, blobsModule] })
  await loadRecords(hub.database)
  agent = (await addPeople(hub)).agent
  await hub.database.asOwner(`UPDATE customer SET email = 'm.rossi@posta.example', email_state = 'ok' WHERE id = $1`, [rossi.id])
})
afterAll(() => hub.stop())

it('queues one message for an answer, in the transaction that keeps it, however often it is delivered', async () => {
  const anna = await addDesk(hub, { actor: agent })
  const open = anna.openTicket()
  const take = anna.write('ticket.take', { ticketId: open.opId, text: '' }, { basis: { state: 'new' } })
  const answer = anna.write('ticket.answer', { ticketId: open.opId, text: 'La risposta' }, { basis: { state: 'in_charge' } })
  const late = anna.write('ticket.answer', { ticketId: open.opId, text: 'Un’altra' }, { basis: { state: 'in_charge' } })
  expect(outcomes(await anna.send(open, take, answer, late))).toEqual(['applied', 'applied', 'applied', 'superseded ticket_moved_on'])
  await anna.send(open, take, answer, late)
  const messages = await hub.database.asOwner('SELECT template, customer_id, address, state, op_id, data FROM mail_message')
  const [ticket] = await hub.database.asOwner('SELECT number FROM ticket WHERE id = $1', [open.opId])
  expect(messages).toEqual([{ template: 'ticket_answered', customer_id: rossi.id, address: 'm.rossi@posta.example', state: 'waiting', op_id: answer.opId, data: { ticket: ticket?.['number'], brand: 'ETRA Servizi' } }])
})

it('takes the content of a file once its ticket knows it, and gives it to desks of the territory only', async () => {
  const anna = await addDesk(hub, { actor: agent })
  const bruno = await addDesk(hub, { actor: agent })
  const elsewhere = await addDesk(hub, { actor: agent, office: 'Sud', territories: [south] })
  const content = randomBytes(5_000)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const open = anna.openTicket()
  const file = { ticketId: open.opId, name: 'foto.png', mediaType: 'image/png', size: content.length, sha256 }
  const attach = anna.write('ticket.attach', file)
  const put = () => anna.call(`/v1/blobs/${sha256}?start=0&size=${content.length}`, { method: 'PUT', bytes: content })
  expect((await put()).status).toBe(404)
  expect(outcomes(await anna.send(open, attach, anna.write('ticket.attach', file)))).toEqual(['applied', 'applied', 'rejected already_attached'])
  expect((await put()).body).toEqual({ received: content.length, complete: true })
  const answer = await bruno.signedFetch(`/v1/blobs/${sha256}`)
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
  expect((await elsewhere.signedFetch(`/v1/blobs/${sha256}`)).status).toBe(404)
  const [row] = await hub.database.asOwner(`SELECT row ->> 'name' AS name, scopes FROM change WHERE tbl = 'attachment'`)
  expect(row).toEqual({ name: 'foto.png', scopes: ['north'] })
  const [event] = await hub.database.asOwner(`SELECT kind, text FROM ticket_event WHERE id = $1`, [attach.opId])
  expect(event).toEqual({ kind: 'attached', text: 'foto.png' })
})
