import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeySlots } from '../../../electron/core/people/key-slots.ts'
import type { DeviceKey } from '../../../electron/core/people/device-key.ts'
import { openDeviceKey } from '../../../electron/main/device-secret.ts'
import { testHashCost, testPassword } from '../../support/hash-cost.ts'
import { createKeyStore } from '../../support/key-store.ts'
import type { KeyStoreDouble } from '../../support/key-store.ts'

const files = ['device-secret.json', 'device-secret.copy.json'] as const
const anna = { personId: 'p1', username: 'anna' } as const
const databaseKey = Buffer.alloc(32, 7)
let dataDir = ''
let store: KeyStoreDouble
let said: { level: string; event: string; fields: object }[]
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sportello-secret-'))
  store = createKeyStore()
  said = []
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const open = (platform = 'darwin', from: KeyStoreDouble = store): Promise<DeviceKey> =>
  openDeviceKey({ dataDir, platform, store: from, log: (level, event, fields = {}) => void said.push({ level, event, fields }) })
const at = (name: string): string => join(dataDir, name)
const contents = (): Record<string, string> => Object.fromEntries(readdirSync(dataDir).map((name) => [name, readFileSync(at(name), 'utf8')]))
/** A desk whose one slot depends on the secret, as it is after a set-up. */
const bound = async (platform = 'darwin'): Promise<DeviceKey> => {
  const key = await open(platform)
  await createKeySlots(dataDir, key.secret, testHashCost).create(databaseKey, anna, testPassword)
  return key
}
/** Opens while the time of a person who waits goes by. */
const patiently = async (run: () => Promise<DeviceKey>): Promise<DeviceKey> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const opening = run()
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.advanceTimersByTimeAsync(60_000)
    return await opening
  } finally {
    vi.useRealTimers()
  }
}
const unchanged = async (run: () => Promise<DeviceKey>): Promise<DeviceKey> => {
  const before = contents()
  const key = await run()
  expect(contents()).toEqual(before)
  return key
}

describe('a device secret', () => {
  it('is made once, kept in two copies readable by their owner only, and is the same at the next start', async () => {
    const first = await open()
    expect(first.state).toBe('in_use')
    expect(first.secret).toHaveLength(32)
    expect(contents()[files[0]]).toBe(contents()[files[1]])
    for (const name of files) expect(readFileSync(at(name), 'utf8')).not.toContain(first.secret?.toString())
    const again = await unchanged(open)
    expect(again).toEqual(first)
  })

  it('is not written in the clear, nor told to the log', async () => {
    const { secret } = await open()
    const text = Buffer.from(secret ?? []).toString('base64')
    expect(JSON.stringify([contents(), said])).not.toContain(text)
    expect(said).toEqual([{ level: 'info', event: 'device_key', fields: { state: 'in_use', store: 'keychain' } }])
  })

  it('is read from either copy, and the other is made good again', async () => {
    const first = await bound()
    for (const name of files) {
      for (const damage of ['', '{', '{"version":2}']) {
        writeFileSync(at(name), damage)
        expect(await open()).toEqual(first)
        expect(contents()[files[0]]).toBe(contents()[files[1]])
      }
      rmSync(at(name))
      expect(await open()).toEqual(first)
      expect(existsSync(at(name))).toBe(true)
    }
  })

  it('is wrapped afresh in both copies when the store asks for it, and stays the same secret', async () => {
    const first = await bound()
    const before = contents()[files[0]]
    store.stale = true
    expect(await open()).toEqual(first)
    expect(contents()[files[0]]).not.toBe(before)
    expect(contents()[files[0]]).toBe(contents()[files[1]])
    expect(await unchanged(open)).toEqual(first)
  })

  it('stays in use, its files as they were, when it cannot be wrapped afresh', async () => {
    const first = await bound()
    store.stale = true
    store.wrapFails = true
    expect(await unchanged(open)).toEqual(first)
    expect(said.map(({ event }) => event)).toContain('device_secret_not_rewritten')
    store.wrapFails = false
    store.garbles = true
    expect(await unchanged(open)).toEqual(first)
  })

  it('is not made with a store that does not give back what it was given', async () => {
    store.garbles = true
    expect(await open()).toEqual({ state: 'unavailable', secret: null })
    expect(readdirSync(dataDir)).toEqual([])
    store.garbles = false
    store.wrapFails = true
    expect(await open()).toEqual({ state: 'unavailable', secret: null })
    expect(readdirSync(dataDir)).toEqual([])
  })

  it.each(['basic_text', 'unknown', 'a_store_of_tomorrow', null])('is not made on Linux with %s', async (name) => {
    store.selectedName = name
    expect(await open('linux')).toEqual({ state: 'weak_store', secret: null })
    expect(readdirSync(dataDir)).toEqual([])
    expect(store.asked).toEqual([])
  })

  it.each(['rejects', false] as const)('is not made when the store answers with %s', async (available) => {
    store.available = available
    expect(await open()).toEqual({ state: 'unavailable', secret: null })
    expect(readdirSync(dataDir)).toEqual([])
  })

  it.each([
    ['that it is there', () => (store.available = 'hangs')],
    ['to a secret to wrap', () => (store.hangsAt = 'wrap')],
    ['to what it has just wrapped', () => (store.hangsAt = 'unwrap')],
  ])('is not waited for without end when the store does not answer %s, and none is made', async (_, happen) => {
    happen()
    expect(await patiently(open)).toEqual({ state: 'unavailable', secret: null })
    expect(readdirSync(dataDir)).toEqual([])
  })

  it('stays in use, its files as they were, when wrapping it afresh never ends', async () => {
    const first = await bound()
    store.stale = true
    store.hangsAt = 'wrap'
    expect(await unchanged(() => patiently(open))).toEqual(first)
    expect(said).toContainEqual({ level: 'error', event: 'device_secret_not_rewritten', fields: { name: 'StoreSilentError' } })
  })
})

describe('a device secret that somebody needs and that cannot be had', () => {
  const cases: [string, () => void, DeviceKey['state']][] = [
    ['the store does not answer', () => (store.available = false), 'blocked_unavailable'],
    ['the store never unwraps and never refuses', () => (store.hangsAt = 'unwrap'), 'blocked_unavailable'],
    ['the store refuses', () => (store.refuses = true), 'blocked_unreadable'],
    ['the store has another key (another account, another machine)', () => store.changeKey(), 'blocked_unreadable'],
    ['the back end has become another one', () => { store.selectedName = 'kwallet6'; store.changeKey() }, 'blocked_changed'],
    ['the back end hides nothing any more', () => (store.selectedName = 'basic_text'), 'blocked_changed'],
    ['both files are damaged', () => files.forEach((name) => writeFileSync(at(name), 'x')), 'blocked_damaged'],
    ['both files are gone', () => files.forEach((name) => rmSync(at(name))), 'blocked_missing'],
    ['the files hold nothing of ours', () => files.forEach((name) => writeFileSync(at(name), JSON.stringify({ version: 1, store: 'gnome_libsecret', id: 'x', sealed: 'AAAA' }))), 'blocked_unreadable'],
  ]

  it.each(cases)('%s: it is said, nothing new is made, nothing is touched', async (_, happen, state) => {
    store.selectedName = 'gnome_libsecret'
    const first = await bound('linux')
    happen()
    expect(await unchanged(() => patiently(() => open('linux')))).toEqual({ state, secret: null })
    expect(said.at(-1)).toMatchObject({ level: 'error', event: 'device_key', fields: { state } })
    expect(first.secret).not.toBeNull()
  })

  it('comes back with the store it was made with', async () => {
    store.selectedName = 'gnome_libsecret'
    const first = await bound('linux')
    store.selectedName = 'basic_text'
    expect((await open('linux')).state).toBe('blocked_changed')
    store.selectedName = 'gnome_libsecret'
    expect(await open('linux')).toEqual(first)
  })

  it('is not replaced by the secret of another desk, and that one is not written over', async () => {
    const mine = await bound()
    const kept = contents()
    const other = mkdtempSync(join(tmpdir(), 'sportello-secret-'))
    try {
      await openDeviceKey({ dataDir: other, platform: 'darwin', store, log: () => undefined })
      for (const name of files) writeFileSync(at(name), readFileSync(join(other, name)))
      expect(await unchanged(open)).toEqual({ state: 'blocked_missing', secret: null })
      // One copy of each: the right one is found, and the other is left alone.
      writeFileSync(at(files[1]), kept[files[1]] ?? '')
      expect(await unchanged(open)).toEqual(mine)
    } finally {
      rmSync(other, { recursive: true, force: true })
    }
  })

  it('is not made when the key slots cannot be read: they may have been sealed with one', async () => {
    writeFileSync(at('keyslots.json'), '{')
    expect(await unchanged(open)).toEqual({ state: 'blocked_missing', secret: null })
  })

  it('is not taken for missing when its files cannot be read', async () => {
    await bound()
    for (const name of files) {
      rmSync(at(name))
      mkdirSync(at(name))
    }
    expect((await open()).state).toBe('blocked_damaged')
  })
})

describe('a device secret that nobody needs yet and that cannot be had', () => {
  const cases: [string, () => void, DeviceKey['state']][] = [
    ['the store never unwraps and never refuses', () => (store.hangsAt = 'unwrap'), 'unavailable'],
    ['the store refuses', () => (store.refuses = true), 'set_aside'],
    ['the store does not answer', () => (store.available = false), 'unavailable'],
    ['both files are damaged', () => files.forEach((name) => writeFileSync(at(name), 'x')), 'set_aside'],
  ]
  it.each(cases)('%s: the desk goes on with the passwords alone, and nothing is touched', async (_, happen, state) => {
    await open()
    happen()
    expect(await unchanged(() => patiently(open))).toEqual({ state, secret: null })
  })
})
