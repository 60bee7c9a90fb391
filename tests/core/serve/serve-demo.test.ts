import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCore } from '../../../electron/core/core.ts'
import { silentLog } from '../../../electron/core/ports.ts'
import { readDemoMarker } from '../../../electron/serve/demo-marker.ts'
import { startServe } from '../../../electron/serve/serve.ts'
import { createCoreClient } from '../../../renderer/src/core-client.ts'
import { demoPeople, prepareDemo } from '../../../scripts/demo-setup.ts'
import { testHashCost as hashCost } from '../../support/hash-cost.ts'
import { pageText } from './fake-core.ts'
import { enterDesk } from './http-desk.ts'

const customers = 30
let folder = ''
let dataDir = ''
let rendererDir = ''
const said: string[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-demo-'))
  dataDir = join(folder, 'data')
  rendererDir = mkdtempSync(join(folder, 'renderer-'))
  writeFileSync(join(rendererDir, 'index.html'), pageText)
  await prepareDemo({ dataDir, customers, hashCost, say: (_, english) => said.push(english) })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function withDesk(use: (core: ReturnType<typeof createCoreClient>) => Promise<void>): Promise<void> {
  const core = createCore({ dataDir, hashCost, demo: readDemoMarker(dataDir) })
  const serving = await startServe({ core, rendererDir, log: silentLog })
  try {
    await use(createCoreClient((await enterDesk(serving.address)).call))
  } finally {
    await serving.close()
    await core.close()
  }
}

describe('a demo', () => {
  it('shows its credentials on the sign-in page, and each of them opens the desk with its role', async () => {
    for (const { username, password, role } of demoPeople) {
      await withDesk(async (core) => {
        expect(await core.session.status({})).toMatchObject({ ok: true, value: { state: 'signed_out', demo: expect.arrayContaining([{ username, password, role }]) as unknown } })
        expect(await core.session.signIn({ username, password })).toMatchObject({ ok: true, value: { state: 'signed_in', demo: null, person: { username, role } } })
      })
    }
  })

  it('has its customers', async () => {
    await withDesk(async (core) => {
      const [{ username, password } = { username: '', password: '' }] = demoPeople
      await core.session.signIn({ username, password })
      expect(await core.outbox.status({})).toMatchObject({ ok: true, value: { customers } })
    })
  })

  it('leaves no extracts behind, and says what it does', () => {
    expect(readdirSync(dataDir).filter((name) => name.includes('extract') || name.includes('unfinished'))).toEqual([])
    expect(said[0]).toBe(`Inventing ${customers} customers…`)
  })

  it('is made once', async () => {
    expect(await prepareDemo({ dataDir, customers, hashCost, say: () => undefined })).toBe(false)
  })

  it('that was cut short is finished at the next start', async () => {
    writeFileSync(join(dataDir, 'demo-unfinished'), '')
    rmSync(join(dataDir, 'demo.json'))
    expect(await prepareDemo({ dataDir, customers, hashCost, say: () => undefined })).toBe(true)
    expect(readDemoMarker(dataDir)).toHaveLength(demoPeople.length)
    expect(existsSync(join(dataDir, 'demo-unfinished'))).toBe(false)
  })

  it('is never made where somebody has set up a desk of their own', async () => {
    const own = join(folder, 'own')
    const core = createCore({ dataDir: own, hashCost })
    await core.dispatch({ clientId: 'c' }, JSON.stringify({ call: 'session.setUp', input: { username: 'anna', displayName: 'Anna', password: 'a long password', deskName: 'Desk' } }))
    await core.close()
    expect(await prepareDemo({ dataDir: own, customers, hashCost, say: () => undefined })).toBe(false)
    expect(readDemoMarker(own)).toBeNull()
  })
})

describe('a second desk on the same data', () => {
  it('says so in one line, in both languages, and ends with 1', async () => {
    const core = createCore({ dataDir, hashCost })
    try {
      const { code, out, err } = await runHost(['--data-dir', dataDir, '--no-open'])
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(/^[^\n]*già aperto[^\n]*already running[^\n]*\n$/)
    } finally {
      await core.close()
    }
  })
})

function runHost(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  const main = fileURLToPath(new URL('../../../electron/serve/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}
