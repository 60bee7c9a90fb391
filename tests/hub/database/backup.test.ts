import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkCommand, restoreCommand } from '../../../hub/cli/commands.ts'
import { readSettings } from '../../../hub/cli/settings.ts'
import { backupEmbedded, restoreEmbedded } from '../../../hub/database/backup.ts'
import { BackupError } from '../../../hub/database/backup-error.ts'
import { makeBackupKey, readBackupKey, readRecipient } from '../../../hub/database/backup-seal.ts'
import { startEmbedded } from '../../../hub/database/embedded.ts'
import { migrate } from '../../../hub/database/migrate.ts'
import { createPool } from '../../../hub/database/pool.ts'
import { verifyAudit } from '../../../hub/identity/verify-audit.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-backup-'))
  // Run as root, the database works as another account.
  chmodSync(folder, 0o711)
  makeBackupKey(join(folder, 'key'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const recipient = () => readRecipient(join(folder, 'key.pub'))
const canary = 'Canarina Segretissima'

it('a backup made while people write is sealed, and comes back whole, with a new history', { timeout: 300_000 }, async () => {
  const [dataDir, backups, restored] = [join(folder, 'data'), join(folder, 'backups'), join(folder, 'restored')]
  await expect(backupEmbedded(dataDir, backups, recipient())).rejects.toThrow(BackupError)
  const first = await startEmbedded(dataDir)
  const pool = createPool({ url: first.hubUrl })
  let feedBefore: unknown
  let written = 0
  let path = ''
  try {
    await migrate(first.ownerUrl)
    const add = async () => {
      await pool.query('INSERT INTO team (id, name) VALUES ($1, $2)', [`t${written + 1}`, `${canary} ${written + 1}`])
      written += 1
    }
    for (let count = 0; count < 50; count += 1) await add()
    feedBefore = (await pool.query('SELECT feed_id FROM feed_head')).rows[0]
    let going = true
    const writing = (async () => {
      while (going) await add()
    })()
    path = await backupEmbedded(dataDir, backups, recipient())
    going = false
    await writing
  } finally {
    await pool.end()
    await first.stop()
  }
  expect(readdirSync(backups)).toHaveLength(1)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  const sealed = readFileSync(path)
  for (const secret of [canary, 'pg_control', readFileSync(join(dataDir, 'postgres-passwords.json'), 'utf8').slice(10, 40)]) expect(sealed.includes(secret)).toBe(false)

  const said: string[] = []
  const settings = readSettings({ 'data-dir': restored }, {}, '1')
  await restoreCommand(settings, (line) => said.push(line), path, join(folder, 'key'))
  expect(await checkCommand(settings, (line) => said.push(line))).toBe(true)
  await expect(restoreEmbedded(path, readBackupKey(join(folder, 'key')), restored)).rejects.toThrow(/without a database/)
  const second = await startEmbedded(restored)
  const again = createPool({ url: second.hubUrl })
  try {
    const names = (await again.query<{ n: number }>(`SELECT substr(id, 2)::int AS n FROM team ORDER BY 1`)).rows.map(({ n }) => n)
    // Everything up to some moment after the backup began, and nothing beyond with a hole before it.
    expect(names).toEqual(Array.from({ length: names.length }, (_, index) => index + 1))
    expect(names.length).toBeGreaterThanOrEqual(50)
    expect(names.length).toBeLessThanOrEqual(written)
    const feed = (await again.query<{ feed_id: string }>('SELECT feed_id FROM feed_head')).rows[0]
    expect(feed).not.toEqual(feedBefore)
    expect(said).toContain(feed?.feed_id)
    expect(await verifyAudit(again)).toMatchObject({ entries: 1, firstBad: null })
  } finally {
    await again.end()
    await second.stop()
  }
  await expectRefused(sealed)
})

/** Nothing of a backup that is not whole lies in the data directory afterwards. */
async function expectRefused(sealed: Buffer): Promise<void> {
  const key = readBackupKey(join(folder, 'key'))
  const frame = 1024 * 1024 + 16
  const start = sealed.indexOf('\n', 30) + 1
  const flipped = (at: number) => Buffer.from(sealed.map((byte, index) => (index === at ? byte ^ 1 : byte)))
  expect(sealed.length).toBeGreaterThan(start + 3 * frame)
  const cases: Record<string, Buffer> = {
    'cut in a frame': sealed.subarray(0, start + 2 * frame + 1_000),
    'cut between frames': sealed.subarray(0, start + 2 * frame),
    'without its last byte': sealed.subarray(0, -1),
    'one bit in the middle': flipped(start + frame + 500),
    'one bit of the last tag': flipped(sealed.length - 1),
    'another time in its head': Buffer.from(sealed.toString('latin1').replace(/"at":"\d/, '"at":"1'), 'latin1'),
    'frames exchanged': Buffer.concat([sealed.subarray(0, start), sealed.subarray(start + frame, start + 2 * frame), sealed.subarray(start, start + frame), sealed.subarray(start + 2 * frame)]),
    'a frame taken out': Buffer.concat([sealed.subarray(0, start), sealed.subarray(start + frame)]),
    'something added': Buffer.concat([sealed, Buffer.from('x')]),
    'nothing in it': Buffer.alloc(0),
    'something else': Buffer.from('not a backup\n'.repeat(1_000)),
  }
  let number = 0
  for (const [what, bytes] of Object.entries(cases)) {
    const [path, dir] = [join(folder, `bad-${(number += 1)}`), join(folder, `into-${number}`)]
    mkdirSync(dir)
    writeFileSync(path, bytes)
    await expect(restoreEmbedded(path, key, dir), what).rejects.toThrow(BackupError)
    expect(readdirSync(dir), what).toEqual([])
    rmSync(path)
  }
  const [whole, other] = [join(folder, 'whole'), join(folder, 'other')]
  writeFileSync(whole, sealed)
  makeBackupKey(other)
  await expect(restoreEmbedded(whole, readBackupKey(other), join(folder, 'never'))).rejects.toThrow(/another key/)
  expect(existsSync(join(folder, 'never', 'postgres'))).toBe(false)
}

it('says what is wrong with a key', () => {
  expect(() => readRecipient(join(folder, 'key'))).toThrow(/keep it away from the hub/)
  expect(() => readRecipient(join(folder, 'nowhere'))).toThrow(/backup-key/)
  writeFileSync(join(folder, 'odd'), 'odd')
  expect(() => readRecipient(join(folder, 'odd'))).toThrow(BackupError)
  expect(() => readBackupKey(join(folder, 'key.pub'))).toThrow(BackupError)
  expect(() => makeBackupKey(join(folder, 'key'))).toThrow(/exists already/)
})
