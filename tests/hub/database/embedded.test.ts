import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { EmbeddedBusyError, EmbeddedFailedError, runningEmbedded, startEmbedded } from '../../../hub/database/embedded.ts'
import { migrate } from '../../../hub/database/migrate.ts'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sportello-embedded-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    return Object.values(rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

it('is a durable PostgreSQL on the loopback that keeps its data and lets in only who has its passwords', async () => {
  const first = await startEmbedded(dataDir)
  try {
    await migrate(first.ownerUrl)
    for (const [setting, value] of [['fsync', 'on'], ['full_page_writes', 'on'], ['synchronous_commit', 'on'], ['data_checksums', 'on'], ['listen_addresses', '127.0.0.1'], ['password_encryption', 'scram-sha-256']] as const)
      expect(await ask(first.hubUrl, `SHOW ${setting}`), setting).toBe(value)
    if (process.platform !== 'win32') expect(statSync(join(dataDir, 'postgres-passwords.json')).mode & 0o777).toBe(0o600)
    await expect(ask(first.hubUrl.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password authentication failed/)
    await expect(ask(first.hubUrl, 'CREATE TABLE mine (id text)')).rejects.toThrow(/permission denied/)
    await ask(first.ownerUrl, `INSERT INTO team (id, name) VALUES ('t', 'Reclami')`)

    await expect(startEmbedded(dataDir)).rejects.toThrow(EmbeddedBusyError)
    expect(await ask((await runningEmbedded(dataDir))?.hubUrl ?? '', 'SELECT name FROM team')).toBe('Reclami')
  } finally {
    await first.stop()
  }
  expect(await runningEmbedded(dataDir)).toBeNull()
  const second = await startEmbedded(dataDir)
  try {
    expect(await ask(second.hubUrl, 'SELECT name FROM team')).toBe('Reclami')
  } finally {
    await second.stop()
  }
})

it('is taken over where a hub was killed', async () => {
  const orphan = spawn(process.execPath, [join(import.meta.dirname, '../../support/hub-orphan.ts'), dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(orphan.stdout, 'data')
  orphan.kill('SIGKILL')
  await once(orphan, 'exit')
  expect(await runningEmbedded(dataDir)).not.toBeNull()
  const heir = await startEmbedded(dataDir)
  try {
    expect(await ask(heir.hubUrl, 'SELECT name FROM team')).toBe('Reclami')
  } finally {
    await heir.stop()
  }
})

it('never makes a new database where there is one it cannot open', async () => {
  unlinkSync(join(dataDir, 'postgres-passwords.json'))
  await expect(startEmbedded(dataDir)).rejects.toThrow(EmbeddedFailedError)
  expect(existsSync(join(dataDir, 'postgres', 'PG_VERSION'))).toBe(true)
})
