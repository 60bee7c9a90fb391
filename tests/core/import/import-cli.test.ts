import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHubLinks, newDeviceKeys } from '../../../electron/core/sync/hub-link.ts'
import { writeState } from '../../../electron/core/sync/sync-store.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'
import { smallExtracts, writeExtracts } from './support/small-extracts.ts'

const script = fileURLToPath(new URL('../../../scripts/import.ts', import.meta.url))
const agent = { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: 'bruno-password' } as const

/** A page ends when its time is up: how many rows it has says nothing, all pages together do. */
async function namesFound({ call }: TestCore, text: string): Promise<number> {
  let count = 0
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await call('lookup', 'search', { text, ...(cursor === undefined ? {} : { cursor }) })
    if (!page.ok) throw new Error(page.error.code)
    count += page.value.rows.length
    cursor = page.value.cursor
  }
  return count
}

describe('npm run import', () => {
  let dataDir = ''
  let folder = ''
  let last: TestCore | null = null
  beforeAll(async () => {
    const core = await createTestCore()
    await core.call('people', 'add', agent)
    dataDir = core.dataDir
    folder = join(dataDir, 'extracts')
    await core.core.close()
    writeExtracts(folder, smallExtracts(20))
  })
  afterAll(async () => {
    await last?.core.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  type Ended = { readonly code: number | null; readonly text: string }

  /** Runs the command with what is typed into it. */
  function run(typed: string, ...args: string[]): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, ...args, '--data-dir', dataDir])
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, text }))
      child.stdin.end(typed)
    })
  }

  it('asks who it is: a wrong password and an agent load nothing', async () => {
    expect(await run('no-such-password\n', folder, '--user', 'anna')).toMatchObject({ code: 1, text: expect.stringContaining('wrong_credentials') as string })
    expect(await run(`${agent.password}\n`, folder, '--user', agent.username)).toMatchObject({ code: 1, text: expect.stringContaining('administrator') as string })
  })

  it('says what is missing instead of failing', async () => {
    expect(await run('')).toMatchObject({ code: 1, text: expect.stringContaining('npm run import') as string })
    expect(await run('', join(dataDir, 'nowhere'))).toMatchObject({ code: 1, text: expect.stringContaining('does not exist') as string })
    expect(await run(`${testPassword}\n`, dataDir, '--user', 'anna')).toMatchObject({ code: 1, text: expect.stringContaining('None of the nine files') as string })
  })

  it('loads nothing into a desk that follows a hub, not even to judge it, and says where extracts go', async () => {
    const links = createHubLinks(dataDir, null)
    const before = await createTestCore({ dataDir })
    await before.core.desk.bulkParts().work.local((db) => writeState(db, 'deviceId', 'desk-1'))
    await before.core.close()
    // Nobody answers there.
    links.write({ address: 'https://127.0.0.1:9', deviceId: 'desk-1', hubName: 'Prova', officeName: 'Trieste', privateKey: newDeviceKeys().privateKey }, randomBytes(32), randomBytes(32))
    try {
      for (const flags of [[], ['--dry-run'], ['--resume']]) {
        const refused = await run(`${testPassword}\n`, folder, '--user', 'anna', ...flags)
        expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('npm run hub -- import') as string })
        expect(refused.text).not.toMatch(/indexed|\n\s+at /)
      }
    } finally {
      links.remove()
    }
    expect(existsSync(join(folder, 'rejects'))).toBe(false)
    const desk = await createTestCore({ dataDir })
    expect(await desk.core.desk.bulkParts().work.local((db) => ['customer', 'import_run'].map((table) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()))).toEqual([0, 0])
    await desk.core.close()
  })

  it('loads the extracts for an administrator, leaves a trace of it, and the desk finds the customers', async () => {
    const dry = await run(`${testPassword}\n`, folder, '--user', 'anna', '--dry-run')
    expect(dry).toMatchObject({ code: 0, text: expect.stringContaining('nothing was written') as string })
    const loaded = await run(`anna\n${testPassword}\n`, folder)
    expect(loaded).toMatchObject({ code: 0, text: expect.stringContaining('20 customers indexed') as string })
    expect(loaded.text).not.toContain(testPassword)
    last = await createTestCore({ dataDir })
    expect(await namesFound(last, 'rossi mario')).toBe(20)
    const traces = await last.core.desk.bulkParts().work.local((db) => db.prepare(`SELECT details FROM audit WHERE kind = 'administered' AND details LIKE '%"action":"import"%'`).pluck().all())
    expect(traces.map((text) => JSON.parse(String(text)) as unknown)).toMatchObject([
      { dryRun: true, loaded: 360, state: 'done' },
      { dryRun: false, loaded: 360, rejected: 0 },
    ])
  })
})
