import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMail } from './read-mail.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { createJobsModule } from '../../../hub/jobs/jobs-module.ts'
import { identityModule } from '../../../hub/identity/identity-module.ts'
import { mailFor } from '../../../hub/mail/outgoing.ts'
import type { AppliedOperation } from '../../../hub/mail/outgoing.ts'
import { writeMail } from '../../../hub/mail/templates.ts'
import type { HubConfig } from '../../../hub/server/config.ts'
import type { HubModule } from '../../../hub/server/parts.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { startSmtp } from './smtp-stand-in.ts'

const quick: HubModule = (hub) => createJobsModule(hub, { pollSeconds: 0.5, mailRetries: { limit: 3, delay: 1, delayMax: 1 } })
const patience = { timeout: 40_000, interval: 100 }
const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function smtp(answer?: Parameters<typeof startSmtp>[0]) {
  const server = await startSmtp(answer)
  cleanups.push(server.stop)
  return server
}
async function hubWith(mail: Partial<HubConfig['mail']>, first?: TestHub): Promise<TestHub> {
  const hub = await startTestHub({ modules: [identityModule, quick], ...(first ? { database: first.database } : {}), ...(Object.keys(mail).length === 0 ? {} : { config: { mail: { devDir: null, smtpUrl: null, from: 'Sportello <sportello@hub.example>', ...mail } } }) })
  cleanups.push(hub.stop)
  if (!first) await hub.database.asOwner(`INSERT INTO customer (id, brand_id, code, kind, email, email_state, updated_at) VALUES ('etra:1', 'etra', '1', 'person', 'maria.prova@posta.example', 'ok', '')`)
  if (!first) await hub.database.asOwner(`INSERT INTO customer_territory VALUES ('etra:1', 'all')`)
  if (!first) await hub.database.asOwner(`INSERT INTO ticket (id, code, number, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ('t1', 'T-1', '2026/000007', 'etra:1', 'water', 'complaint', 'phone', 'Segreto', '2026-11-01', 'answered', 'normal', '', '', 'desk')`)
  return hub
}
const answered = (hub: TestHub, opId = 'op-1', rest: Partial<AppliedOperation> = {}) => hub.hub.parts.transaction((tx) => mailFor(tx, { opId, kind: 'ticket.answer', outcome: 'applied', subjectId: 't1', ...rest }))
const messages = async (hub: TestHub) => (await hub.database.pool.query<{ state: string; attempts: number; last_code: string | null }>('SELECT state, attempts, last_code FROM mail_message ORDER BY created_at, id')).rows
const emailState = async (hub: TestHub) => (await hub.database.pool.query<{ email_state: string }>(`SELECT email_state FROM customer WHERE id = 'etra:1'`)).rows[0]?.email_state

describe('mail to customers', () => {
  it('tells that an answer is there and not what it says, once for each operation', async () => {
    const server = await smtp()
    const hub = await hubWith({ smtpUrl: server.url })
    await answered(hub)
    await answered(hub)
    await answered(hub, 'op-2', { outcome: 'superseded' })
    await answered(hub, 'op-3', { kind: 'ticket.note' })
    await expect.poll(() => messages(hub), patience).toEqual([{ state: 'sent', attempts: 1, last_code: null }])
    expect(server.received.map(({ to }) => to)).toEqual([['maria.prova@posta.example']])
    const mail = readMail(server.received[0]!.message)
    expect(mail.subject).toBe('ETRA Servizi: risposta alla richiesta 2026/000007')
    expect(mail.text).toContain('è stata pubblicata una risposta alla richiesta 2026/000007')
    expect(mail.text).not.toContain('Segreto')
    expect(hub.logs.join('')).not.toMatch(/maria\.prova|posta\.example/)
  })

  it('is tried again when the server is busy', async () => {
    const server = await smtp((_address, attempt) => (attempt === 1 ? 450 : null))
    const hub = await hubWith({ smtpUrl: server.url })
    await answered(hub)
    await expect.poll(() => messages(hub), patience).toEqual([{ state: 'sent', attempts: 2, last_code: null }])
    expect(server.received).toHaveLength(1)
    expect(await emailState(hub)).toBe('ok')
  })

  it('marks an address that is refused for good, tells the desks, and tries it no more', async () => {
    const server = await smtp(() => 550)
    const hub = await hubWith({ smtpUrl: server.url })
    await answered(hub)
    await expect.poll(() => messages(hub), patience).toEqual([{ state: 'refused', attempts: 1, last_code: '550' }])
    expect(await emailState(hub)).toBe('unreachable')
    const { rows } = await hub.database.pool.query(`SELECT tbl, kind, scopes, row ->> 'emailState' AS state FROM change`)
    expect(rows).toEqual([{ tbl: 'customer', kind: 'put', scopes: ['all'], state: 'unreachable' }])
    await answered(hub, 'op-4')
    expect(await messages(hub)).toHaveLength(1)
  })

  it('that no server takes is given up visibly, and can be tried again by a supervisor', async () => {
    const server = await startSmtp()
    await server.stop()
    const hub = await hubWith({ smtpUrl: server.url })
    await addPerson(hub, { username: 'capo', role: 'supervisor' })
    await addPerson(hub, { username: 'agente', role: 'agent' })
    const desk = await enrolDevice(hub)
    const session = await desk.signIn('capo')
    await answered(hub)
    await expect.poll(() => messages(hub), patience).toMatchObject([{ state: 'failed', attempts: 4 }])
    const listed = await desk.call('/v1/administration/mail', { method: 'POST', body: {}, session })
    expect(listed).toMatchObject({ status: 200, body: [{ template: 'ticket_answered', customerId: 'etra:1', state: 'failed', attempts: 4, lastCode: 'ESOCKET', sentAt: null }] })
    expect(JSON.stringify(listed.body)).not.toContain('posta.example')
    const [{ id } = { id: '' }] = listed.body as { id: string }[]
    expect(await desk.call('/v1/administration/retryMail', { method: 'POST', body: { id }, session })).toEqual({ status: 200, body: null })
    expect(await desk.call('/v1/administration/retryMail', { method: 'POST', body: { id: 'nobody' }, session })).toMatchObject({ status: 404 })
    expect((await desk.call('/v1/administration/mail', { method: 'POST', body: {}, session: await desk.signIn('agente') })).status).toBe(403)
    await expect.poll(async () => (await messages(hub))[0]?.attempts, patience).toBeGreaterThan(4)
  })

  it('goes out once from two hubs on one database', async () => {
    const server = await smtp()
    const hub = await hubWith({ smtpUrl: server.url })
    await hubWith({ smtpUrl: server.url }, hub)
    for (let i = 0; i < 20; i++) await answered(hub, `op-${i}`)
    await expect.poll(async () => (await messages(hub)).filter(({ state }) => state === 'sent').length, patience).toBe(20)
    expect(server.received).toHaveLength(20)
    expect(new Set(server.received.map(({ message }) => readMail(message).messageId)).size).toBe(20)
  })

  it('becomes files in a folder where no server is configured', async () => {
    const hub = await hubWith({})
    await answered(hub)
    await expect.poll(() => messages(hub), patience).toMatchObject([{ state: 'sent' }])
    const folder = hub.config.mail.devDir!
    const [name] = readdirSync(folder)
    expect(name).toMatch(/\.eml$/)
    expect(readMail(readFileSync(join(folder, name!), 'utf8')).to).toBe('maria.prova@posta.example')
  })

  it('speaks both languages', () => {
    const data = { ticket: '2026/000007', brand: 'ETRA Servizi' }
    expect(writeMail('ticket_answered', 'it', data).text).toContain('Gentile cliente')
    expect(writeMail('ticket_answered', 'en', data).text).toContain('Dear customer')
    expect(() => writeMail('toString', 'it', data)).toThrow(RangeError)
  })
})
