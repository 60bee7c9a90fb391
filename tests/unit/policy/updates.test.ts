import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BusyKind } from '../../../electron/core/busy.ts'
import { signManifest } from '../../../electron/main/policy/update-manifest.ts'
import type { UpdateManifest } from '../../../electron/main/policy/update-manifest.ts'
import { readUpdateConfig, rolloutId } from '../../../electron/main/update-config.ts'
import { checkForUpdate, installUpdate, WrongFileError } from '../../../electron/main/updates.ts'
import type { UpdateParts } from '../../../electron/main/updates.ts'
import { installer, makeReleaseKey, sampleManifest, sha512 } from '../../support/release-keys.ts'

const key = makeReleaseKey('2026-a')
let folder = ''
let done: string[]
let busy: BusyKind[]
let now: Date
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-update-'))
  writeFileSync(join(folder, 'installer'), installer)
  done = []
  busy = []
  now = new Date('2026-11-21T09:00:00.000Z')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = () => join(folder, 'installer')
function parts(change: Partial<UpdateParts> = {}, manifest: UpdateManifest = sampleManifest()): UpdateParts {
  return {
    url: new URL('https://hub.example/updates/'),
    keys: [key.pinned],
    facts: () => ({ currentVersion: '1.3.0', now, deskId: 'desk-1' }),
    fetchBytes: (address) => {
      done.push(address.href)
      return Promise.resolve(signManifest(manifest, key.id, key.privateKey))
    },
    updater: {
      check: () => Promise.resolve({ version: '1.4.0', files: [{ url: 'Sportello-Setup-1.4.0.exe', sha512: sha512(installer), size: installer.length }] }),
      download: () => {
        done.push('download')
        return Promise.resolve([path()])
      },
      install: () => void done.push('install'),
    },
    busy: () => busy,
    ask: (version) => {
      done.push(`ask ${version}`)
      return Promise.resolve(true)
    },
    close: () => {
      done.push('close')
      return Promise.resolve()
    },
    failed: () => void done.push('failed'),
    log: () => undefined,
    ...change,
  }
}
const ready = async (from: UpdateParts) => {
  const checked = await checkForUpdate(from)
  if (checked.kind !== 'ready') throw new Error(JSON.stringify(checked))
  done.length = 0
  return checked.update
}

describe('looking for an update', () => {
  it('downloads one that is signed, and nothing is installed by that', async () => {
    expect(await checkForUpdate(parts())).toEqual({ kind: 'ready', update: { manifest: sampleManifest(), paths: [path()] } })
    expect(done).toEqual(['https://hub.example/updates/sportello-update.signed', 'download'])
  })

  const nothing: [string, Partial<UpdateParts>, UpdateManifest, object][] = [
    ['no answer', { fetchBytes: () => Promise.reject(new Error('offline')) }, sampleManifest(), { kind: 'none', why: 'unreachable' }],
    ['no signature on the server', { fetchBytes: () => Promise.resolve(null) }, sampleManifest(), { kind: 'none', why: 'unsigned' }],
    ['a page of HTML answered with 200', { fetchBytes: () => Promise.resolve(Buffer.from('<!doctype html>')) }, sampleManifest(), { kind: 'refused', problem: 'not_a_manifest' }],
    ['no pinned key', { keys: [] }, sampleManifest(), { kind: 'refused', problem: 'unknown_key' }],
    ['an older version', {}, sampleManifest({ version: '1.2.0' }), { kind: 'refused', problem: 'downgrade' }],
    ['an old manifest', {}, sampleManifest({ notAfter: '2026-11-01T00:00:00.000Z' }), { kind: 'refused', problem: 'expired' }],
    ['another program', {}, sampleManifest({ product: 'altro' }), { kind: 'refused', problem: 'wrong_product' }],
    ['the same version', {}, sampleManifest({ version: '1.3.0' }), { kind: 'none', why: 'current' }],
    ['not this desk’s turn', {}, sampleManifest({ rollout: 0 }), { kind: 'none', why: 'later' }],
  ]
  it.each(nothing)('downloads nothing with %s', async (_, change, manifest, outcome) => {
    expect(await checkForUpdate(parts(change, manifest))).toEqual(outcome)
    expect(done).not.toContain('download')
  })

  it('downloads nothing that the updater offers and nobody signed', async () => {
    const { updater } = parts()
    const offering = (offer: Awaited<ReturnType<typeof updater.check>>) => checkForUpdate(parts({ updater: { ...updater, check: () => Promise.resolve(offer) } }))
    expect(await offering({ version: '1.4.0', files: [{ url: 'evil.exe', sha512: sha512('evil') }] })).toEqual({ kind: 'refused', problem: 'not_offered_file' })
    expect(await offering({ version: '1.5.0', files: [{ url: 'Sportello-Setup-1.4.0.exe', sha512: sha512(installer) }] })).toEqual({ kind: 'refused', problem: 'not_offered_file' })
    expect(await offering(null)).toEqual({ kind: 'none', why: 'off' })
    expect(done).not.toContain('download')
  })

  it.each([['another', Buffer.from('evil')], ['a truncated', installer.subarray(0, 5)], ['an empty', Buffer.alloc(0)]])('refuses %s file in place of the signed one', async (_, bytes) => {
    writeFileSync(path(), bytes)
    expect(await checkForUpdate(parts())).toEqual({ kind: 'refused', problem: 'not_signed_file' })
  })

  it('tells a file that is not what the channel file says from a server that does not answer', async () => {
    const { updater } = parts()
    const downloading = (error: Error) => checkForUpdate(parts({ updater: { ...updater, download: () => Promise.reject(error) } }))
    expect(await downloading(new WrongFileError())).toEqual({ kind: 'refused', problem: 'not_signed_file' })
    expect(await downloading(new Error('reset'))).toEqual({ kind: 'none', why: 'unreachable' })
  })

  it('refuses when nothing or something more was downloaded, or it is gone', async () => {
    const { updater } = parts()
    writeFileSync(join(folder, 'more'), 'x')
    for (const paths of [[], [path(), join(folder, 'more')], [join(folder, 'gone')]])
      expect(await checkForUpdate(parts({ updater: { ...updater, download: () => Promise.resolve(paths) } }))).toEqual({ kind: 'refused', problem: 'not_signed_file' })
  })
})

describe('installing an update', () => {
  it('asks, closes the store, and only then starts the installer', async () => {
    const from = parts()
    expect(await installUpdate(await ready(from), from)).toBe('installing')
    expect(done).toEqual(['ask 1.4.0', 'close', 'install'])
  })

  it.each(['push', 'migration', 'import'] as const)('does not begin during a %s', async (kind) => {
    const from = parts()
    const update = await ready(from)
    busy = [kind]
    expect(await installUpdate(update, from)).toBe('busy')
    expect(done).toEqual([])
  })

  it('does not go on when such work has begun while the question stood', async () => {
    const from = parts({ ask: () => Promise.resolve((busy = ['import']).length > 0) })
    expect(await installUpdate(await ready(from), from)).toBe('busy')
    expect(done).toEqual([])
  })

  it('does not happen against the person’s wish', async () => {
    const from = parts({ ask: () => Promise.resolve(false) })
    expect(await installUpdate(await ready(from), from)).toBe('declined')
    expect(done).toEqual([])
  })

  it('does not happen when the file was exchanged, or the time ran out, while the question stood', async () => {
    const exchanged = parts({ ask: () => Promise.resolve(writeFileSync(path(), 'evil') === undefined) })
    expect(await installUpdate(await ready(exchanged), exchanged)).toBe('changed')
    writeFileSync(path(), installer)
    const late = parts({ ask: () => Promise.resolve((now = new Date('2027-01-01T00:00:00.000Z')) > new Date(0)) })
    expect(await installUpdate(await ready(late), late)).toBe('changed')
    expect(done).toEqual([])
  })

  it('does not happen when the store does not close: the desk has to start again', async () => {
    const from = parts({ close: () => Promise.reject(new Error('full')) })
    expect(await installUpdate(await ready(from), from)).toBe('failed')
    expect(done).toEqual(['ask 1.4.0', 'failed'])
  })

  it('has the desk start again when the installer does not start, at once or later', async () => {
    const late: (() => void)[] = []
    const { updater } = parts()
    const atOnce = parts({ updater: { ...updater, install: (failed) => failed() } })
    await installUpdate(await ready(atOnce), atOnce)
    expect(done).toEqual(['ask 1.4.0', 'close', 'failed'])
    const later = parts({ updater: { ...updater, install: (failed) => void late.push(failed) } })
    await installUpdate(await ready(later), later)
    expect(done).toEqual(['ask 1.4.0', 'close'])
    for (const fail of late) fail()
    expect(done).toEqual(['ask 1.4.0', 'close', 'failed'])
  })
})

describe('the configuration', () => {
  const write = (text: string) => writeFileSync(join(folder, 'updates.json'), text)

  it('is off when absent, and takes the first folder that has one', () => {
    expect(readUpdateConfig([folder, join(folder, 'gone')])).toBeNull()
    write('{"url":"https://hub.example/updates"}')
    expect(readUpdateConfig([join(folder, 'gone'), folder])?.href).toBe('https://hub.example/updates/')
  })
  it.each(['', '{', '{}', '{"url":7}', '{"url":"http://hub.example/"}', '{"url":"https://hub.example/","x":1}'])('is off with %j', (text) => {
    write(text)
    expect(readUpdateConfig([folder])).toBeNull()
  })
  it('gives a desk one random name for good', () => {
    const id = rolloutId(folder)
    expect(rolloutId(folder)).toBe(id)
    expect(readFileSync(join(folder, 'update-desk.json'), 'utf8')).toContain(id)
    writeFileSync(join(folder, 'update-desk.json'), 'x')
    expect(rolloutId(folder)).not.toBe(id)
  })
})
