import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { byteRange } from '../../../hub/updates/byte-range.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'

const installer = 'Sportello Setup 1.4.0.exe'
const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
const channel = `version: 1.4.0\nfiles:\n  - url: ${installer}\n    sha512: x\n    size: ${content.length}\n  - url: ../../audit.key\n  - url: https://example.org/evil.exe\npath: ${installer}\nsha512: x\nreleaseDate: '2026-11-20T00:00:00.000Z'\n`

let hub: TestHub
beforeAll(async () => {
  hub = await startTestHub()
  const folder = join(hub.config.dataDir, 'updates')
  mkdirSync(join(folder, 'inner'), { recursive: true })
  writeFileSync(join(folder, 'latest.yml'), channel)
  writeFileSync(join(folder, 'latest-linux.yml'), `path: 'sportello.AppImage'\n`)
  writeFileSync(join(folder, 'sportello-update.signed'), 'signed')
  writeFileSync(join(folder, installer), content)
  writeFileSync(join(folder, `${installer}.blockmap`), 'blocks')
  writeFileSync(join(folder, 'notes.txt'), 'of the operator')
  writeFileSync(join(folder, 'inner', 'latest.yml'), 'path: x\n')
  symlinkSync(join(hub.config.dataDir, 'audit.key'), join(folder, 'sportello.AppImage'))
})
afterAll(() => hub.stop())

const ask = (name: string, headers: Record<string, string> = {}) => fetch(`${hub.url}/updates/${encodeURIComponent(name)}`, { headers })

describe('a desk without a proof gets', () => {
  it('the channel and the signed manifest, asked for again each time', async () => {
    for (const [name, text] of [['latest.yml', channel], ['sportello-update.signed', 'signed']] as const) {
      const answer = await ask(name)
      expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([200, text, 'no-cache'])
    }
    expect((await fetch(`${hub.url}/updates/latest.yml?noCache=1hdj3k2`)).status).toBe(200)
  })
  it('the installer whole, with what it takes to keep it', async () => {
    const answer = await ask(installer)
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    expect(answer.headers.get('content-length')).toBe(String(content.length))
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await ask(installer, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304)
    expect((await ask(`${installer}.blockmap`)).status).toBe(200)
  })
  it('a part of it, and goes on where it was interrupted', async () => {
    const first = await ask(installer, { range: 'bytes=0-99999' })
    expect([first.status, first.headers.get('content-range'), first.headers.get('content-length')]).toEqual([206, `bytes 0-99999/${content.length}`, '100000'])
    const rest = await ask(installer, { range: 'bytes=100000-', 'if-range': first.headers.get('etag') ?? '' })
    expect(rest.status).toBe(206)
    expect(Buffer.concat([Buffer.from(await first.arrayBuffer()), Buffer.from(await rest.arrayBuffer())]).equals(content)).toBe(true)
    const beyond = await ask(installer, { range: `bytes=${content.length}-` })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${content.length}`])
    // Another file by now: the part would not fit.
    const other = await ask(installer, { range: 'bytes=100000-', 'if-range': '"other"' })
    expect([other.status, other.headers.get('content-length')]).toEqual([200, String(content.length)])
    await other.arrayBuffer()
  })
})

describe('and nothing else', () => {
  it.each(['notes.txt', '..', '.', 'inner', 'inner/latest.yml', '../audit.key', '..\\audit.key', 'audit.key', 'evil.exe', 'sportello.AppImage', 'latest.yml.bak', 'x'.repeat(120)])('%s', async (name) => {
    const answer = await ask(name)
    expect([400, 401, 404]).toContain(answer.status)
    expect(await answer.text()).not.toContain('PRIVATE')
  })
  it.each(['/updates', '/updates/', '/updates/%2e%2e/audit.key', '/updates/../audit.key', '/updates/..%2faudit.key', '/updates/inner/latest.yml', '/updates/latest.yml%00.exe', '//updates/latest.yml', '/updates//latest.yml'])('written as %s', async (path) => {
    const socket = connect(Number(new URL(hub.url).port), '127.0.0.1')
    let text = ''
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
    socket.end(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(text).not.toContain('PRIVATE')
  })
  it('a hub without a folder of updates has none', async () => {
    const bare = await startTestHub({ database: hub.database })
    expect((await fetch(`${bare.url}/updates/latest.yml`)).status).toBe(404)
    await bare.stop()
  })
  it('more at once than there is room for are asked to come back, and those who hang up make room', async () => {
    const large = join(hub.config.dataDir, 'updates', installer)
    writeFileSync(large, Buffer.alloc(40_000_000, 1))
    const waiting = await Promise.all(Array.from({ length: 40 }, () => ask(installer)))
    const refused = await ask('latest.yml')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true])
    // Room for downloads is not room for everything else.
    expect((await fetch(`${hub.url}/healthz`)).status).toBe(200)
    for (const answer of waiting) await answer.body?.cancel()
    while ((await ask('latest.yml')).status !== 200) await new Promise((resolve) => setImmediate(resolve))
    rmSync(large)
    expect((await ask(installer)).status).toBe(404)
  })
})

it('a range is what it says or nothing', () => {
  expect(byteRange(undefined, 10)).toBeNull()
  expect(byteRange('bytes=2-4', 10)).toEqual({ start: 2, end: 4 })
  expect(byteRange('bytes=2-', 10)).toEqual({ start: 2, end: 9 })
  expect(byteRange('bytes=-3', 10)).toEqual({ start: 7, end: 9 })
  expect(byteRange('bytes=-30', 10)).toEqual({ start: 0, end: 9 })
  expect(byteRange('bytes=2-99', 10)).toEqual({ start: 2, end: 9 })
  for (const whole of ['bytes=4-2', 'bytes=0-1,3-4', 'items=1-2', 'bytes=-', 'bytes=a-b', '']) expect(byteRange(whole, 10)).toBeNull()
  for (const beyond of ['bytes=10-', 'bytes=-0', 'bytes=99-100']) expect(byteRange(beyond, 10)).toBe('unsatisfiable')
})
