import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../../hub/cli/settings.ts'

let folder: string
let hub: ChildProcess | null = null
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-cli-'))
  chmodSync(folder, 0o711)
})
afterAll(() => {
  hub?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const main = join(import.meta.dirname, '../../../hub/main.ts')
const dataDir = () => ['--data-dir', join(folder, 'data')]
const env = { ...process.env, NODE_ENV: 'test', DATABASE_URL: undefined, LC_ALL: 'en_GB.UTF-8' }

async function run(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

it('starts, prints where it is and the founding code, works beside its commands, and stops in order', { timeout: 300_000 }, async () => {
  const started = spawn(process.execPath, [main, '--port', '0', ...dataDir()], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  hub = started
  let output = ''
  const saidCode = new Promise<void>((resolve, reject) => {
    started.once('exit', () => reject(new Error(`ended: ${output}`)))
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/[A-Z2-7]{5}-[A-Z2-7]{5}/.test(output)) resolve()
    })
  })
  await saidCode
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? ''
  expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ ready: true })

  expect(await run('--port', '0', ...dataDir())).toMatchObject({ code: 1, output: expect.stringContaining('another hub') as unknown })
  expect((await run('enrol', ...dataDir())).output).toMatch(/^([A-Z2-7]{5}-){5}[A-Z2-7]/)
  expect(await run('enrol', '--office', 'Nessuno', ...dataDir())).toMatchObject({ code: 1 })
  writeFileSync(join(folder, 'password'), 'una password lunga\n')
  expect(await run('person', 'add', 'Anna', '--name', 'Anna Prova', '--role', 'administrator', '--password-file', join(folder, 'password'), ...dataDir())).toMatchObject({ code: 0 })
  expect((await run('person', 'list', ...dataDir())).output).toBe('anna\tadministrator\tactive\n')
  expect((await run('person', 'disable', 'anna', ...dataDir())).code).toBe(0)
  expect(await run('check', ...dataDir())).toMatchObject({ code: 0, output: expect.stringContaining('durable: yes') as unknown })

  started.kill('SIGTERM')
  expect(await once(started, 'exit')).toEqual([0, null])
  hub = null
  expect((await run('person', 'list', ...dataDir())).output).toBe('anna\tadministrator\tdisabled\n')
})

it('says in one line what it does not understand', async () => {
  expect(await run('nonsense')).toMatchObject({ code: 1, output: expect.stringContaining('npm run hub') as unknown })
  expect(await run('--port', 'x')).toMatchObject({ code: 1, output: expect.stringContaining('--port') as unknown })
  writeFileSync(join(folder, 'url'), 'postgres://sportello_hub:abc@localhost/sportello\n')
  expect(readSettings({}, { DATABASE_URL_FILE: join(folder, 'url') }, '1').databaseUrl).toBe('postgres://sportello_hub:abc@localhost/sportello')
  expect(() => readSettings({}, { DATABASE_URL_FILE: join(folder, 'url'), DATABASE_URL: 'postgres://x' }, '1')).toThrow(/one of the two/)
  expect(() => readSettings({}, { DATABASE_URL_FILE: join(folder, 'missing') }, '1')).toThrow(/cannot be read/)
  expect(() => readSettings({}, { DATABASE_URL: 'mysql://x' }, '1')).toThrow(/postgres:/)
})
