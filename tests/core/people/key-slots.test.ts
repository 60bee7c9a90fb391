import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCore } from '../../../electron/core/core.ts'
import type { DeviceKey } from '../../../electron/core/people/device-key.ts'
import { createKeySlots, DeviceSecretMissingError, neededDeviceSecrets } from '../../../electron/core/people/key-slots.ts'
import { deviceSecretId } from '../../../electron/core/people/slot-seal.ts'
import { testHashCost, testPassword } from '../../support/hash-cost.ts'

const anna = { personId: 'p1', username: 'anna' } as const
const bruno = { personId: 'p2', username: 'bruno' } as const
const key = Buffer.alloc(32, 7)
const secret = randomBytes(32)
let dataDir = ''
beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'sportello-slots-'))))
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const slots = (device: Uint8Array | null) => createKeySlots(dataDir, device, testHashCost)
const slotFile = () => JSON.parse(readFileSync(join(dataDir, 'keyslots.json'), 'utf8')) as { slots: { username: string; device?: string | null }[] }

describe('a key slot', () => {
  it('says whether it was sealed with the device secret, and with which', async () => {
    await slots(secret).create(key, anna, testPassword)
    await slots(null).add(key, bruno, 'altra password')
    expect(slotFile().slots.map(({ username, device }) => [username, device])).toEqual([['anna', deviceSecretId(secret)], ['bruno', null]])
    expect(neededDeviceSecrets(dataDir)).toEqual([deviceSecretId(secret)])
  })

  it('sealed with the device secret opens with it, and without it says so whatever the password', async () => {
    await slots(secret).create(key, anna, testPassword)
    expect(await slots(secret).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
    expect(await slots(secret).open('anna', 'wrong')).toBeNull()
    for (const device of [null, randomBytes(32)])
      for (const password of [testPassword, 'wrong']) await expect(slots(device).open('anna', password)).rejects.toBeInstanceOf(DeviceSecretMissingError)
    // A name nobody has looks the same.
    await expect(slots(null).open('nobody', 'x')).rejects.toBeInstanceOf(DeviceSecretMissingError)
  })

  it('from before there was a secret opens as ever, and is sealed with it at the next good sign-in', async () => {
    await slots(null).create(key, anna, testPassword)
    expect(await slots(secret).open('anna', 'wrong')).toBeNull()
    expect(slotFile().slots[0]?.device).toBeNull()
    expect(await slots(secret).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
    expect(slotFile().slots).toMatchObject([{ username: 'anna', device: deviceSecretId(secret) }])
    expect(await slots(secret).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
    expect(readFileSync(join(dataDir, 'keyslots.copy.json'), 'utf8')).toBe(readFileSync(join(dataDir, 'keyslots.json'), 'utf8'))
  })

  it('written by a version that knew no device secret is read', async () => {
    await slots(null).create(key, anna, testPassword)
    for (const name of ['keyslots.json', 'keyslots.copy.json']) {
      const file = slotFile()
      writeFileSync(join(dataDir, name), JSON.stringify({ ...file, sum: undefined, slots: file.slots.map((slot) => Object.fromEntries(Object.entries(slot).filter(([name]) => name !== 'device'))) }))
    }
    expect(neededDeviceSecrets(dataDir)).toEqual([])
    expect(await slots(null).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
  })

  it('opens also when it cannot be sealed afresh', async () => {
    await slots(null).create(key, anna, testPassword)
    // Where the new file would be written there is a folder.
    mkdirSync(join(dataDir, 'keyslots.json.new'))
    expect(await slots(secret).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
    expect(slotFile().slots[0]?.device).toBeNull()
  })

  it('does not open when its mark is taken away or put on by hand', async () => {
    const mark = (device: string | null) => {
      for (const name of ['keyslots.json', 'keyslots.copy.json']) writeFileSync(join(dataDir, name), JSON.stringify({ ...slotFile(), sum: undefined, slots: slotFile().slots.map((slot) => ({ ...slot, device })) }))
    }
    await slots(secret).create(key, anna, testPassword)
    mark(null)
    expect(await slots(secret).open('anna', testPassword)).toBeNull()
    mark(deviceSecretId(secret))
    expect(await slots(secret).open('anna', testPassword)).not.toBeNull()
  })
})

describe('a desk', () => {
  const desk = async <T>(deviceKey: DeviceKey | undefined, use: (send: (call: string, input: object) => Promise<unknown>) => Promise<T>): Promise<T> => {
    const core = createCore({ dataDir, hashCost: testHashCost, ...(deviceKey ? { deviceKey } : {}) })
    try {
      return await use(async (call, input) => JSON.parse(await core.dispatch({ clientId: 'c' }, JSON.stringify({ call, input }))) as unknown)
    } finally {
      await core.close()
    }
  }
  const founder = { username: 'anna', displayName: 'Anna Prova', password: testPassword, deskName: 'Prova' }
  const signIn = { username: 'anna', password: testPassword }
  const inUse: DeviceKey = { state: 'in_use', secret }

  it('made without a secret is bound to the computer at the next sign-in, with its data', async () => {
    expect(await desk(undefined, (send) => send('session.setUp', founder))).toMatchObject({ ok: true, value: { deviceKey: 'no_store' } })
    expect(await desk(inUse, (send) => send('session.signIn', signIn))).toMatchObject({ ok: true, value: { deviceKey: 'in_use', person: { displayName: 'Anna Prova' } } })
    expect(await desk(undefined, (send) => send('session.signIn', signIn))).toEqual({ ok: false, error: { code: 'device_key_missing' } })
    expect(await desk(inUse, (send) => send('session.signIn', signIn))).toMatchObject({ ok: true })
  })

  it('whose secret cannot be had is not offered as new, says why, and opens again when it is back', async () => {
    await desk(inUse, (send) => send('session.setUp', founder))
    await desk({ state: 'blocked_changed', secret: null }, async (send) => {
      expect(await send('session.status', {})).toMatchObject({ value: { state: 'signed_out', deviceKey: 'blocked_changed' } })
      expect(await send('session.signIn', signIn)).toMatchObject({ error: { code: 'device_key_missing' } })
      expect(await send('session.setUp', founder)).toMatchObject({ error: { code: 'already_set_up' } })
    })
    expect(await desk(inUse, (send) => send('session.signIn', signIn))).toMatchObject({ ok: true })
  })

  it('adds people with the secret it has', async () => {
    await desk(inUse, async (send) => {
      await send('session.setUp', founder)
      expect(await send('people.add', { username: 'bruno', displayName: 'Bruno Prova', role: 'agent', password: 'altra password' })).toMatchObject({ ok: true })
    })
    expect(slotFile().slots.every(({ device }) => device === deviceSecretId(secret))).toBe(true)
  })
})

describe('the files of the key slots', () => {
  it('with a flipped bit are damaged, and never a wrong password', async () => {
    await slots(null).create(key, anna, testPassword)
    const path = join(dataDir, 'keyslots.json')
    const text = readFileSync(path, 'utf8')
    const sealed = text.indexOf('"sealed":"') + 14
    const flipped = text.slice(0, sealed) + (text[sealed] === 'A' ? 'B' : 'A') + text.slice(sealed + 1)
    writeFileSync(path, flipped)
    expect(slots(null).inspect()).toBe('one')
    expect(await slots(null).open('anna', testPassword)).toEqual({ key, personId: 'p1' })
    expect(slots(null).inspect()).toBe('whole')
    for (const name of ['keyslots.json', 'keyslots.copy.json']) writeFileSync(join(dataDir, name), flipped)
    expect(slots(null).inspect()).toBe('damaged')
    await expect(slots(null).open('anna', testPassword)).rejects.toThrow('no readable copy')
  })
})
