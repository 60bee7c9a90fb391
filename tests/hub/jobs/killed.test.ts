import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJobsModule } from '../../../hub/jobs/jobs-module.ts'
import { mailFor } from '../../../hub/mail/outgoing.ts'
import { inTransaction } from '../../../hub/database/pool.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { readMail } from '../mail/read-mail.ts'
import { startSmtp } from '../mail/smtp-stand-in.ts'
import { quickJobs } from './quick-jobs.ts'

const patience = { timeout: 50_000, interval: 20 }
let database: HubDatabase
let smtp: Awaited<ReturnType<typeof startSmtp>>
let doomed: ChildProcess
const cleanups: (() => Promise<void>)[] = []
/** Lets the mail server say yes to the recipient. */
let letIn: () => void
beforeEach(async () => {
  database = await hubDatabase()
  const open = new Promise<null>((resolve) => (letIn = () => resolve(null)))
  smtp = await startSmtp(() => open)
  const own = database.asOwner
  await own(`INSERT INTO customer (id, brand_id, code, kind, email, email_state, updated_at) VALUES ('etra:1', 'etra', '1', 'person', 'maria.prova@posta.example', 'ok', '')`)
  await own(`INSERT INTO customer_territory VALUES ('etra:1', 'all')`)
  await own(`INSERT INTO ticket (id, code, number, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ('t1', 'T-1', '2026/000007', 'etra:1', 'water', 'complaint', 'phone', 'Prova', '2026-11-01', 'answered', 'normal', '', '', 'desk')`)
  await own(`INSERT INTO supply_point (id, brand_id, commodity, code) VALUES ('etra:W:1', 'etra', 'water', 'W1')`)
  await own(`INSERT INTO contract (id, brand_id, service_code, customer_id, supply_point_id, domestic, start_day, state, direct_debit, bill_delivery) VALUES ('etra:1', 'etra', '1', 'etra:1', 'etra:W:1', true, '2020-01-01', 'active', false, 'paper')`)
  await own(`INSERT INTO meter (id, supply_point_id, serial, kind, digits, decimals, corrector) VALUES ('etra:W:M1', 'etra:W:1', 'M1', 'direct', 5, 0, false)`)
  doomed = await startChild()
})
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean()
  doomed.kill('SIGKILL')
  await smtp.stop()
  await database.drop()
})

async function startChild(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('child-hub.ts', import.meta.url)), database.url, smtp.url], { stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const chunk of child.stderr as AsyncIterable<Buffer>) if (/port \d+/.test(chunk.toString())) return child
  throw new Error('the hub did not start')
}
/** What it had asked of the database and waits there goes with it: otherwise the database would still do it. */
async function kill(): Promise<void> {
  const gone = once(doomed, 'exit')
  doomed.kill('SIGKILL')
  await gone
  const waiting = `FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  await database.pool.query(`SELECT pg_terminate_backend(pid) ${waiting}`)
  await expect.poll(isWaiting, patience).toBe(false)
}
/** Another hub on the same database, for as long as it takes. */
async function takeOver(work: (hub: TestHub) => Promise<void>): Promise<void> {
  const hub = await startTestHub({ database, modules: [(parts) => createJobsModule(parts, quickJobs)], config: { mail: { devDir: null, smtpUrl: smtp.url, from: 'Sportello <sportello@hub.example>' } } })
  try {
    await work(hub)
  } finally {
    await hub.stop()
  }
}
/** Holds rows, so that the hub that will be killed stands where it wants to change them. */
async function hold(sql: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  cleanups.push(() => client.end())
  await client.query('BEGIN')
  await client.query(sql)
  return () => client.end()
}
const rows = (sql: string) => database.asOwner(sql)
const message = async () => (await rows('SELECT state FROM mail_message'))[0]?.['state']
const job = async (name: string) => (await rows(`SELECT state FROM pgboss.job WHERE name = '${name}'`)).map(({ state }) => state)
/** Asked as the hub: others are not told what it waits for. */
const isWaiting = async () => (await database.pool.query(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)).rows.length > 0
const answer = () => inTransaction(database.pool, (tx) => mailFor(tx, { opId: 'op-1', kind: 'ticket.answer', outcome: 'applied', subjectId: 't1' }))

describe('a hub that is killed in the middle of a message', () => {
  it('leaves it to another; what the server took and nobody noted is sent again as the same message', async () => {
    await answer()
    await expect.poll(smtp.attempts, patience).toBe(1)
    const release = await hold('SELECT 1 FROM mail_message FOR UPDATE')
    letIn()
    await expect.poll(() => smtp.received.length, patience).toBe(1)
    await kill()
    await release()
    expect(await message()).not.toBe('sent')
    await takeOver(async () => {
      await expect.poll(message, patience).toBe('sent')
      await expect.poll(() => job('mail'), patience).toEqual(['completed'])
    })
    const ids = smtp.received.map(({ message: text }) => readMail(text).messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('has not sent it twice where it was noted', async () => {
    await answer()
    await expect.poll(smtp.attempts, patience).toBe(1)
    const release = await hold(`SELECT 1 FROM pgboss.job WHERE name = 'mail' FOR UPDATE`)
    letIn()
    await expect.poll(message, patience).toBe('sent')
    await kill()
    await release()
    expect(await job('mail')).toEqual(['active'])
    await takeOver(() => expect.poll(() => job('mail'), patience).toEqual(['completed']))
    expect(smtp.received).toHaveLength(1)
    expect(await rows('SELECT state, attempts::int FROM mail_message')).toEqual([{ state: 'sent', attempts: 1 }])
  })
})

describe('a hub that is killed while it takes readings into a file', () => {
  beforeEach(async () => {
    for (let day = 10; day < 30; day += 1) await database.asOwner(`INSERT INTO reading (meter_id, day, entry, source, state, value, taken_at) VALUES ('etra:W:M1', $1, $2, 'desk', 'pending', 1000, '2026-11-19T08:00:00.000Z')`, [`2026-10-${day}`, `op-${day}`])
  })
  const begin = () => rows(`INSERT INTO pgboss.job (name, heartbeat_seconds) VALUES ('acquisition', 10)`)

  async function expectOneFile(): Promise<void> {
    const { rows: files } = await database.pool.query<{ number: number; rows: number; sha256: string; file: Buffer }>('SELECT number, rows, sha256, file FROM reading_export ORDER BY number')
    expect(files.map(({ number, rows: lines }) => [number, lines])).toEqual([[1, 20]])
    const { file, sha256 } = files[0]!
    expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
    expect(file.toString().trimEnd().split('\r\n')).toHaveLength(21)
    expect(await rows(`SELECT state, count(*)::int AS n FROM reading GROUP BY state`)).toEqual([{ state: 'acquired', n: 20 }])
    expect(await rows('SELECT count(*)::int AS n, max(pos)::int AS last FROM change')).toEqual([{ n: 20, last: 20 }])
    expect(await rows(`SELECT count(*)::int AS n FROM audit WHERE kind = 'readings_exported'`)).toEqual([{ n: 1 }])
  }

  it('leaves nothing of it, and another makes it whole, under the same number', async () => {
    const release = await hold('SELECT 1 FROM audit_head FOR UPDATE')
    await begin()
    await expect.poll(isWaiting, patience).toBe(true)
    await kill()
    await release()
    expect(await rows('SELECT 1 FROM reading_export')).toEqual([])
    await takeOver(() => expect.poll(() => job('acquisition'), patience).toEqual(['completed']))
    await expectOneFile()
  })

  it('has made it once where it was committed', async () => {
    const release = await hold('SELECT 1 FROM audit_head FOR UPDATE')
    await begin()
    await expect.poll(isWaiting, patience).toBe(true)
    const releaseJob = await hold(`SELECT 1 FROM pgboss.job WHERE name = 'acquisition' FOR UPDATE`)
    await release()
    await expect.poll(() => rows('SELECT number FROM reading_export'), patience).toEqual([{ number: 1 }])
    await kill()
    await releaseJob()
    await takeOver(() => expect.poll(() => job('acquisition'), patience).toEqual(['completed']))
    await expectOneFile()
  })
})
