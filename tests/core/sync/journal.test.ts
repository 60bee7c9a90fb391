import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createHubDouble } from '../../support/hub-double.ts'
import { deskRows, doublePorts, exchange, fillHub, hubRows, inStore, joinedDesk } from '../../support/hub-desk.ts'
import { loadMasterData, rossi } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
const kept = <C extends TestCore>(core: C): C => {
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})
const ticket = (subject: string) => ({ customerId: rossi.id, area: 'water', type: 'information', channel: 'phone', receivedDay: '2026-11-20', subject }) as const
const subjects = (core: TestCore) => inStore(core, (db) => db.prepare('SELECT subject FROM ticket ORDER BY subject').pluck().all())

/** The data directory as it would be found after the write-ahead log was lost. */
function withoutLog(core: TestCore, change: (name: string, path: string) => void = () => undefined): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-test-'))
  for (const entry of readdirSync(core.dataDir, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('-wal') || entry.name.endsWith('-shm') || entry.name.includes('lock')) continue
    copyFileSync(join(core.dataDir, entry.name), join(dataDir, entry.name))
    change(entry.name, join(dataDir, entry.name))
  }
  return dataDir
}

describe('a desk whose write-ahead log was lost', () => {
  it('has every operation that was shown as saved, once', async () => {
    const core = kept(await createTestCore({ load: loadMasterData }))
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    for (const subject of ['uno', 'due', 'tre']) expect(await core.call('tickets', 'open', ticket(subject))).toMatchObject({ ok: true })
    expect(existsSync(join(core.dataDir, 'desk.db-wal'))).toBe(true)
    const back = kept(await createTestCore({ dataDir: withoutLog(core) }))
    expect(subjects(back)).toEqual(['due', 'tre', 'uno'])
    expect(inStore(back, (db) => db.prepare('SELECT count(*) FROM outbox').pluck().get())).toBe(4)
    const again = kept(await back.restart())
    opened.splice(opened.indexOf(back), 1)
    expect(subjects(again)).toEqual(['due', 'tre', 'uno'])
  })

  it('tells a hub nothing twice that it had told before', async () => {
    const hub = createHubDouble()
    await fillHub(hub)
    const core = kept(await joinedDesk(hub, { deskNumber: 1 }))
    await exchange(core)
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    await core.call('tickets', 'open', ticket('consegnata'))
    hub.hooks.fault = () => 'lost before'
    await exchange(core)
    await core.call('tickets', 'open', ticket('non consegnata'))
    const dataDir = withoutLog(core)
    hub.hooks.fault = () => null
    const back = kept(await createTestCore({ dataDir, deskNumber: 9, hub: doublePorts(hub) }))
    expect(subjects(back)).toEqual(['consegnata', 'non consegnata'])
    expect(await exchange(back)).toBe(null)
    expect(hub.find('ticket', {}).map((row) => row['subject'])).toEqual(['consegnata', 'non consegnata'])
    expect(deskRows(back)).toEqual(hubRows(hub))
  })

  it('takes what is whole of a damaged journal, and goes on', async () => {
    const core = kept(await createTestCore({ load: loadMasterData }))
    core.core.desk.bulkParts().deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    for (const subject of ['uno', 'due']) await core.call('tickets', 'open', ticket(subject))
    const dataDir = withoutLog(core, (name, path) => {
      if (name === 'outbox-journal.bin') writeFileSync(path, readFileSync(path).subarray(0, -7))
    })
    const back = kept(await createTestCore({ dataDir, deskNumber: 9 }))
    expect(subjects(back)).toEqual(['uno'])
    expect(await back.call('tickets', 'open', ticket('tre'))).toMatchObject({ ok: true })
    expect(subjects(back)).toEqual(['tre', 'uno'])
  })
})

describe('the journal', () => {
  it('shows nothing of what it holds', async () => {
    const core = kept(await createTestCore({ load: loadMasterData }))
    await core.call('tickets', 'open', ticket('parola segreta'))
    expect(readFileSync(join(core.dataDir, 'outbox-journal.bin')).toString('latin1')).not.toContain('segreta')
  })

  it('does not bring back what was told as failed', async () => {
    const core = kept(await createTestCore({ load: loadMasterData }))
    const { deskWriter } = core.core.desk.bulkParts()
    deskWriter.pragma('wal_checkpoint(TRUNCATE)')
    deskWriter.pragma(`max_page_count = ${Number(deskWriter.pragma('page_count', { simple: true })) + 40}`)
    let failed = -1
    for (let i = 0; i < 40 && failed < 0; i++) {
      const reply = await core.call('tickets', 'open', { ...ticket(`prova ${i}`), text: 'x'.repeat(20_000) })
      if (!reply.ok) failed = i
    }
    expect(failed).toBeGreaterThan(0)
    const back = kept(await createTestCore({ dataDir: withoutLog(core), deskNumber: 9 }))
    expect(subjects(back)).toHaveLength(failed)
  })
})
