import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkCommand, restoredCommand } from '../../../hub/cli/commands.ts'
import { readSettings } from '../../../hub/cli/settings.ts'
import { inTransaction } from '../../../hub/database/pool.ts'
import { appendAudit } from '../../../hub/identity/audit.ts'
import { openAuditKey, readAuditKey, WrongAuditKeyError } from '../../../hub/identity/audit-key.ts'
import type { AuditKey } from '../../../hub/identity/audit-key.ts'
import { auditPage } from '../../../hub/identity/audit-page.ts'
import { keptCheckpoints } from '../../../hub/identity/audit-signing.ts'
import { checkpointMs, checkpointRows, makeCheckpoint } from '../../../hub/identity/checkpoints.ts'
import { verifyAudit } from '../../../hub/identity/verify-audit.ts'
import { addPerson, enrolDevice, startTestHub } from '../../support/hub-app.ts'
import { hubDatabase } from '../../support/hub-database.ts'
import type { HubDatabase } from '../../support/hub-database.ts'
import { cutAfter, rewriteFrom, unlockAudit } from './tamper.ts'

let folder: string
let dataDir: string
let database: HubDatabase
let key: AuditKey
let now: Date
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-audit-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  database = await hubDatabase()
  dataDir = mkdtempSync(join(folder, 'data-'))
  key = await openAuditKey(database.pool, dataDir)
  now = new Date('2026-11-20T09:00:00.000Z')
  await unlockAudit(database)
  return () => database.drop()
})

const write = (count: number) =>
  inTransaction(database.pool, (tx) => appendAudit(tx, ...Array.from({ length: count }, (_, index) => ({ at: now.toISOString(), actor: 'hub', deviceId: null, kind: 'test', subject: `s${index}`, details: { index } }))))
const sign = () => makeCheckpoint({ pool: database.pool, key, dataDir, now })
const check = () => verifyAudit(database.pool, { key, kept: keptCheckpoints(dataDir) })
const later = (ms: number) => (now = new Date(now.getTime() + ms))
/** Two checkpoints, and some entries that none vouches for yet. */
async function signedChain(): Promise<void> {
  await write(10)
  expect(await sign()).toEqual({ result: 'signed', seq: 10 })
  await write(checkpointRows)
  expect(await sign()).toEqual({ result: 'signed', seq: 1010 })
  await write(5)
}

describe('a checkpoint', () => {
  it('is made after so many entries or so much time, and not before', async () => {
    expect(await sign()).toEqual({ result: 'nothing', seq: 0 })
    await signedChain()
    expect(await sign()).toEqual({ result: 'nothing', seq: 1010 })
    later(checkpointMs)
    expect(await sign()).toEqual({ result: 'signed', seq: 1015 })
    later(checkpointMs)
    expect(await sign()).toEqual({ result: 'nothing', seq: 1015 })
    expect(await check()).toEqual({ entries: 1015, firstBad: null, why: null, signedThrough: 1015 })
  })

  it('does not sign what does not follow from the one before', async () => {
    await signedChain()
    await rewriteFrom(database, 1003)
    later(checkpointMs)
    expect(await sign()).toEqual({ result: 'broken', seq: 1011 })
    await database.asOwner('DELETE FROM audit_checkpoint WHERE seq > 10')
    // Signed again it is another chain than the one of the file beside the database.
    expect(await sign()).toMatchObject({ result: 'signed', seq: 1015 })
    expect(await check()).toMatchObject({ why: 'rewritten', firstBad: 11 })
  })

  it('keeps its key in a file that only the owner reads, and never in the database', async () => {
    const secret = readFileSync(join(dataDir, 'audit.key'), 'utf8')
    const stored = JSON.stringify(await database.asOwner('SELECT * FROM hub_setting'))
    expect(stored).toContain(key.publicKey)
    for (const line of secret.split('\n').filter((text) => text !== '' && !text.startsWith('-'))) expect(stored).not.toContain(line)
  })

  it('needs the key that the hubs before had', async () => {
    const other = mkdtempSync(join(folder, 'other-'))
    await expect(openAuditKey(database.pool, other)).rejects.toThrow(WrongAuditKeyError)
    writeFileSync(join(other, 'audit.key'), generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await expect(openAuditKey(database.pool, other)).rejects.toThrow(WrongAuditKeyError)
    writeFileSync(join(other, 'audit.key'), 'damaged')
    expect(() => readAuditKey(other)).toThrow(WrongAuditKeyError)
    writeFileSync(join(other, 'audit.key'), readFileSync(join(dataDir, 'audit.key')))
    expect((await openAuditKey(database.pool, other)).publicKey).toBe(key.publicKey)
  })
})

describe('of a chain that somebody with every right in the database has worked on', () => {
  beforeEach(signedChain)

  it('an altered entry is named', async () => {
    await database.asOwner(`UPDATE audit SET kind = 'nothing' WHERE seq = 7`)
    expect(await check()).toMatchObject({ firstBad: 7, why: 'altered' })
  })
  it('a removed entry is named', async () => {
    await database.asOwner('DELETE FROM audit WHERE seq = 7')
    expect(await check()).toMatchObject({ firstBad: 7, why: 'missing' })
  })
  it('an end that was cut off is seen, although the head and the checkpoints went with it', async () => {
    await cutAfter(database, 900)
    expect((await verifyAudit(database.pool)).firstBad).toBeNull()
    expect(await check()).toMatchObject({ entries: 900, firstBad: 901, why: 'cut' })
  })
  it('an end that was cut off and grew again is seen', async () => {
    await cutAfter(database, 900)
    await write(500)
    expect(await check()).toMatchObject({ firstBad: 11, why: 'rewritten' })
  })
  it('a chain that was written anew is seen, and from where on nobody vouches for it', async () => {
    await rewriteFrom(database, 500)
    expect((await verifyAudit(database.pool)).firstBad).toBeNull()
    expect(await check()).toMatchObject({ firstBad: 11, why: 'rewritten', signedThrough: 10 })
  })
  it('a checkpoint made to fit is seen', async () => {
    await rewriteFrom(database, 500)
    await database.asOwner('UPDATE audit_checkpoint SET hash = (SELECT hash FROM audit WHERE seq = 1010) WHERE seq = 1010')
    rmSync(join(dataDir, 'audit-checkpoints.jsonl'))
    expect(await check()).toMatchObject({ firstBad: 1010, why: 'forged' })
  })
  it('the page of the administration says so too, above and below', async () => {
    const verified = async (before: number | null) => (await auditPage(database.pool, before, 100, key)).verified
    expect([await verified(null), await verified(700), await verified(5)]).toEqual([true, true, true])
    await rewriteFrom(database, 500)
    expect([await verified(null), await verified(700), await verified(5)]).toEqual([false, false, true])
    await database.asOwner('UPDATE audit_head SET seq = 900, hash = (SELECT hash FROM audit WHERE seq = 900)')
    await database.asOwner('DELETE FROM audit WHERE seq > 900')
    expect([await verified(null), await verified(5)]).toEqual([false, false])
  })
  it('npm run hub -- check says what is wrong, and says when the key is not there to tell', async () => {
    const settings = (dir: string) => readSettings({ 'data-dir': dir }, { DATABASE_URL: database.url }, '1')
    const said: string[] = []
    expect(await checkCommand(settings(dataDir), (line) => said.push(line))).toBe(true)
    expect(said).toContain('audit: 1015 entries, whole, signed through 1010')
    expect(await checkCommand(settings(join(folder, 'none')), (line) => said.push(line))).toBe(false)
    expect(said.at(-1)).toMatch(/audit.key is not in the data directory/)
    await cutAfter(database, 900)
    expect(await checkCommand(settings(dataDir), (line) => said.push(line))).toBe(false)
    expect(said.join('\n')).toMatch(/entry 901 and what followed it is missing/)
  })
})

it('what a restore took away is not held against the chain once the operator has said that there was one', async () => {
  await signedChain()
  // The backup was made here.
  await cutAfter(database, 900)
  expect(await check()).toMatchObject({ why: 'cut' })
  await restoredCommand(readSettings({ 'data-dir': dataDir }, { DATABASE_URL: database.url }, '1'), () => undefined)
  await write(checkpointRows)
  expect(await check()).toMatchObject({ firstBad: null, entries: 1901 })
  // What was there before the restore is still vouched for.
  await rewriteFrom(database, 5)
  expect(await check()).toMatchObject({ firstBad: 1, why: 'rewritten' })
})

it('a running hub signs, gives signed heads out, and believes a desk that holds one against the chain', async () => {
  const hub = await startTestHub({ database, config: { dataDir } })
  try {
    const desk = await enrolDevice(hub)
    await addPerson(hub, { username: 'anna', role: 'administrator' })
    const session = await desk.signIn('anna')
    const feedId = String((await database.asOwner('SELECT feed_id FROM feed_head'))[0]?.['feed_id'])
    const { body } = await desk.call(`/v1/changes?feedId=${feedId}&after=0&protocol=1`)
    const [seq, hash, signature] = (body as { auditHead: string }).auditHead.split(':')
    const head = { feedId, seq: Number(seq), hash, signature }
    const show = async (...heads: unknown[]) => (await desk.call('/v1/audit-heads', { method: 'POST', body: { heads } })).body
    const verified = async () => ((await desk.call('/v1/administration/audit', { method: 'POST', session, body: { before: null } })).body as { verified: boolean }).verified
    expect(await show(head)).toEqual({ checked: 1, contradicted: 0 })
    expect(await verified()).toBe(true)
    // Another one than the hub's own hand proves nothing.
    expect(await show({ ...head, hash: 'f'.repeat(64) })).toEqual({ checked: 0, contradicted: 0 })
    await rewriteFrom(database, 1)
    expect(await verified()).toBe(true)
    expect(await check()).toMatchObject({ firstBad: null })
    expect(await show(head)).toEqual({ checked: 1, contradicted: 1 })
    expect(await check()).toMatchObject({ firstBad: 1, why: 'rewritten' })
    expect(await verified()).toBe(false)
    expect(hub.logs.filter((line) => line.includes('contradicts'))).toHaveLength(1)
    expect(await (await fetch(`${hub.url}/metrics`)).text()).toContain('sportello_audit_whole 0')
  } finally {
    await hub.stop()
  }
})
