import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { restoredCommand } from '../../../hub/cli/commands.ts'
import { readSettings } from '../../../hub/cli/settings.ts'
import { BackupError, backupEmbedded } from '../../../hub/database/backup.ts'
import { startEmbedded } from '../../../hub/database/embedded.ts'
import { migrate } from '../../../hub/database/migrate.ts'
import { createPool } from '../../../hub/database/pool.ts'
import { verifyAudit } from '../../../hub/identity/audit.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-backup-'))
  // Run as root, the database works as another account.
  chmodSync(folder, 0o711)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a backup made while people write comes back whole, with a new history', { timeout: 300_000 }, async () => {
  const [dataDir, backup, restored] = [join(folder, 'data'), join(folder, 'backup'), join(folder, 'restored')]
  await expect(backupEmbedded(dataDir, backup)).rejects.toThrow(BackupError)
  const first = await startEmbedded(dataDir)
  const pool = createPool({ url: first.hubUrl })
  let feedBefore: unknown
  let written = 0
  try {
    await migrate(first.ownerUrl)
    const add = async () => {
      await pool.query('INSERT INTO team (id, name) VALUES ($1, $1)', [`t${written + 1}`])
      written += 1
    }
    for (let count = 0; count < 50; count += 1) await add()
    feedBefore = (await pool.query('SELECT feed_id FROM feed_head')).rows[0]
    let going = true
    const writing = (async () => {
      while (going) await add()
    })()
    await backupEmbedded(dataDir, backup)
    going = false
    await writing
    await expect(backupEmbedded(dataDir, backup)).rejects.toThrow(BackupError)
  } finally {
    await pool.end()
    await first.stop()
  }
  if (process.platform !== 'win32') expect(statSync(join(backup, 'postgres-passwords.json')).mode & 0o777).toBe(0o600)

  // With owners and rights, as the drill says.
  mkdirSync(restored)
  if (process.platform === 'win32') cpSync(join(backup, 'postgres'), join(restored, 'postgres'), { recursive: true })
  else execFileSync('cp', ['-a', join(backup, 'postgres'), restored])
  copyFileSync(join(backup, 'postgres-passwords.json'), join(restored, 'postgres-passwords.json'))
  const said: string[] = []
  await restoredCommand(readSettings({ 'data-dir': restored }, {}, '1'), (line) => said.push(line))
  const second = await startEmbedded(restored)
  const again = createPool({ url: second.hubUrl })
  try {
    const names = (await again.query<{ n: number }>(`SELECT substr(id, 2)::int AS n FROM team ORDER BY 1`)).rows.map(({ n }) => n)
    // Everything up to some moment after the backup began, and nothing beyond with a hole before it.
    expect(names).toEqual(Array.from({ length: names.length }, (_, index) => index + 1))
    expect(names.length).toBeGreaterThanOrEqual(50)
    expect(names.length).toBeLessThanOrEqual(written)
    expect((await again.query('SELECT feed_id FROM feed_head')).rows[0]).not.toEqual(feedBefore)
    expect(await verifyAudit(again)).toMatchObject({ entries: 1, firstBad: null })
  } finally {
    await again.end()
    await second.stop()
  }
})
