import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openRaw } from '../../../electron/core/store/cipher.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { furlan, gasMeter, gasPoint, loadMasterData, rossi, waterMeter } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
const desk = async (options: Parameters<typeof createTestCore>[0] = {}) => {
  const core = await createTestCore(options)
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject, text: 'x'.repeat(20_000) }) as const

/** What another connection finds in the file: only what is committed. */
function committed(core: TestCore, sql: string): unknown {
  const { databasePath, key } = core.core.desk.bulkParts()
  const db = openRaw(databasePath, key, 'read')
  try {
    return db.prepare(sql).pluck().get()
  } finally {
    db.close()
  }
}

describe('a disk that is full', () => {
  it('is named, loses nothing that was saved, and lets the desk go on when there is room again', async () => {
    const core = await desk({ load: loadMasterData })
    expect(await core.call('tickets', 'open', ticket('prima'))).toMatchObject({ ok: true })
    const { deskWriter, work } = core.core.desk.bulkParts()
    const pages = Number(deskWriter.pragma('page_count', { simple: true }))
    deskWriter.pragma(`max_page_count = ${pages}`)
    let full = await core.call('tickets', 'open', ticket('piena'))
    for (let i = 0; i < 20 && full.ok; i++) full = await core.call('tickets', 'open', ticket(`piena ${i}`))
    expect(full).toMatchObject({ ok: false, error: { code: 'storage_full' } })
    const before = Number(committed(core, 'SELECT count(*) FROM ticket'))
    deskWriter.pragma('max_page_count = 1000000')
    expect(await core.call('tickets', 'open', ticket('dopo'))).toMatchObject({ ok: true })
    expect(await core.call('tickets', 'open', { ...ticket('rifiutata'), receivedDay: '2027-01-01' })).toMatchObject({ error: { code: 'received_in_future' } })
    expect(await core.call('workspace', 'saveDraft', { key: 'nota', text: 'bozza' })).toMatchObject({ ok: true })
    expect(committed(core, 'SELECT count(*) FROM ticket')).toBe(before + 1)
    expect(committed(core, 'SELECT text FROM draft')).toBe('bozza')
    expect(await work.local((db) => db.inTransaction)).toBe(true)
  })

  it('lets nobody in without the trace of it, and lets everybody out', async () => {
    const core = await desk()
    await core.core.desk.bulkParts().work.local((db) => db.prepare(`CREATE TRIGGER audit_full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END`).run())
    expect(await core.as('second')('session', 'signIn', { username: 'anna', password: testPassword })).toMatchObject({ ok: false })
    expect(await core.as('second')('session', 'status', {})).toMatchObject({ ok: true, value: { state: 'signed_out' } })
    expect(await core.call('session', 'signOut', {})).toMatchObject({ ok: true, value: { state: 'signed_out' } })
  })
})

describe('two at once', () => {
  it('set up one desk: the second is told so and touches nothing', async () => {
    const core = await desk({ signIn: false })
    const founder = (username: string) => ({ username, displayName: 'Prova', password: testPassword, deskName: 'Prova' })
    const replies = await Promise.all([core.as('a')('session', 'setUp', founder('anna')), core.as('b')('session', 'setUp', founder('bruno'))])
    expect(replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).toSorted()).toEqual(['already_set_up', 'ok'])
    expect(existsSync(join(core.dataDir, 'desk.db'))).toBe(true)
    const winner = replies[0].ok ? 'anna' : 'bruno'
    await core.core.close()
    const again = await desk({ dataDir: core.dataDir, signIn: false })
    opened.splice(opened.indexOf(core), 1)
    expect(await again.call('session', 'signIn', { username: winner, password: testPassword })).toMatchObject({ ok: true })
  })

  it('sign in while the store is closing: whoever may, comes in', async () => {
    const core = await desk()
    await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno', role: 'agent', password: testPassword })
    const bruno = core.as('second')
    for (let i = 0; i < 5; i++) {
      const [, entered] = await Promise.all([core.call('session', 'signOut', {}), bruno('session', 'signIn', { username: 'bruno', password: testPassword })])
      expect(entered).toMatchObject({ ok: true })
      expect(await bruno('outbox', 'status', {})).toMatchObject({ ok: true })
      await Promise.all([bruno('session', 'signOut', {}), core.call('session', 'signIn', { username: 'anna', password: testPassword })])
      expect(await core.call('outbox', 'status', {})).toMatchObject({ ok: true })
    }
  })

  it('at one place: the first leaves, with a trace of each under the right name', async () => {
    const core = await desk()
    const added = await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno', role: 'agent', password: testPassword })
    const bruno = added.ok ? added.value.id : ''
    expect(await core.call('session', 'signIn', { username: 'bruno', password: testPassword })).toMatchObject({ ok: true, value: { person: { username: 'bruno' } } })
    const rows = await core.core.desk.bulkParts().work.local((db) => db.prepare('SELECT kind, actor FROM audit ORDER BY seq DESC LIMIT 2').all() as { kind: string; actor: string }[])
    expect(rows[0]).toEqual({ kind: 'signed_in', actor: bruno })
    expect(rows[1]?.kind).toBe('signed_out')
    expect(rows[1]?.actor).not.toBe(bruno)
  })

  it('share no name, however it is written', async () => {
    const core = await desk()
    expect(await core.call('people', 'add', { username: 'ａｎｎａ', displayName: 'Altra', role: 'agent', password: testPassword })).toMatchObject({ error: { code: 'username_taken' } })
    await core.call('session', 'signOut', {})
    expect(await core.call('session', 'signIn', { username: 'anna', password: testPassword })).toMatchObject({ ok: true })
  })
})

describe('the readings of a supply point', () => {
  it('belong to whoever held it then', async () => {
    const core = await desk({
      load: (db) => {
        loadMasterData(db)
        db.prepare(`UPDATE contract SET start_day = '2026-08-01' WHERE id = 'etra:S-100'`).run()
        db.prepare(`INSERT INTO contract VALUES ('etra:S-099', 'etra', 'S-099', ?, 'etra:W:2200418', 0, '2011-03-14', '2026-07-31', 'closed', 0, 'paper')`).run(furlan.id)
      },
    })
    const days = async (customerId: string) => {
      const reply = await core.call('customers', 'readings', { customerId, supplyPointId: 'etra:W:2200418' })
      return reply.ok ? reply.value.rows.map((row) => row.day) : reply.error.code
    }
    expect(await days(rossi.id)).toEqual(['2026-09-02'])
    expect(await days(furlan.id)).toEqual(['2026-07-01'])
    const entered = await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })
    const { day, entry } = entered.ok ? entered.value : { day: '', entry: '' }
    expect(await core.call('readings', 'remove', { customerId: furlan.id, meterId: waterMeter, day, entry })).toMatchObject({ error: { code: 'not_of_customer' } })
    expect(await core.call('readings', 'form', { customerId: furlan.id, supplyPointId: gasPoint })).toMatchObject({ ok: true, value: { meter: { meterId: gasMeter } } })
  })
})
