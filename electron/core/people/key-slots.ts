/**
 * The database key, wrapped once per person (LUKS-like): argon2id over the password, then HKDF with the device's secret,
 * then AES-256-GCM. Two copies of the file; a check value tells a wrong password from a damaged database (reliability 6.2).
 */
import { hashRaw } from '@node-rs/argon2'
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { normalUsername } from '../../../shared/domain/username.ts'
import { writeFileDurably } from './durable-file.ts'

/** OWASP allows 19 MiB, t=2 at the least; a desk has room for more. Stored with each slot, so that they can be raised. */
export type HashCost = { readonly memoryKiB: number; readonly passes: number }
export const deskHashCost: HashCost = { memoryKiB: 64 * 1024, passes: 3 }

const slotSchema = z.strictObject({
  personId: z.string(),
  username: z.string(),
  salt: z.string(),
  memoryKiB: z.int().min(8).max(1024 * 1024),
  passes: z.int().min(1).max(20),
  nonce: z.string(),
  sealed: z.string(),
})
const fileSchema = z.strictObject({ version: z.literal(1), keyCheck: z.string(), slots: z.array(slotSchema) })
type KeySlot = z.infer<typeof slotSchema>
type KeySlotFile = z.infer<typeof fileSchema>

export class KeySlotsDamagedError extends Error {
  override readonly name = 'KeySlotsDamagedError'
}

export type KeySlots = {
  exists: () => boolean
  usernames: () => readonly string[]
  /** First run: writes the file with its first slot. Refuses to run twice. */
  create: (key: Uint8Array, person: SlotOwner, password: string) => Promise<void>
  add: (key: Uint8Array, person: SlotOwner, password: string) => Promise<void>
  /** The key, or `null` for an unknown name or a wrong password: the two take equally long and look alike. */
  open: (username: string, password: string) => Promise<{ key: Uint8Array; personId: string } | null>
  remove: (personId: string) => void
}
export type SlotOwner = { readonly personId: string; readonly username: string }

const copies = ['keyslots.json', 'keyslots.copy.json'] as const

/** `deviceSecret` comes from the operating system's key store where there is one; files carried off the machine are useless without it. */
export function createKeySlots(dataDir: string, deviceSecret: Uint8Array | null, cost: HashCost = deskHashCost): KeySlots {
  const paths = copies.map((name) => join(dataDir, name))
  const read = () => readFirstWhole(paths)
  const write = (file: KeySlotFile) => {
    for (const path of paths) writeFileDurably(path, JSON.stringify(file))
  }
  return {
    exists: () => paths.some((path) => existsSync(path)),
    usernames: () => read().slots.map((slot) => slot.username),
    create: async (key, person, password) => {
      if (paths.some((path) => existsSync(path))) throw new Error('key slots exist already')
      write({ version: 1, keyCheck: keyCheck(key), slots: [await seal(key, person, password, cost, deviceSecret)] })
    },
    add: async (key, person, password) => {
      const slot = await seal(key, person, password, cost, deviceSecret)
      const file = read()
      if (file.slots.some((other) => other.username === slot.username && other.personId !== slot.personId)) throw new Error('the name has a key slot of somebody else')
      write({ ...file, slots: [...file.slots.filter((other) => other.username !== slot.username), slot] })
    },
    open: async (username, password) => {
      const file = read()
      const slot = file.slots.find((candidate) => candidate.username === normalUsername(username))
      const key = await unseal(slot ?? decoySlot(cost), password, deviceSecret)
      if (!slot || !key) return null
      if (!sameText(keyCheck(key), file.keyCheck)) throw new KeySlotsDamagedError('the key does not fit its check value')
      return { key, personId: slot.personId }
    },
    remove: (personId) => {
      const file = read()
      write({ ...file, slots: file.slots.filter((slot) => slot.personId !== personId) })
    },
  }
}

function readFirstWhole(paths: readonly string[]): KeySlotFile {
  for (const path of paths) {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      continue
    }
  }
  throw new KeySlotsDamagedError('no readable copy of the key slots')
}

async function seal(key: Uint8Array, person: SlotOwner, password: string, cost: HashCost, deviceSecret: Uint8Array | null): Promise<KeySlot> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const username = normalUsername(person.username)
  const wrapping = await wrappingKey(password, salt, cost, deviceSecret)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce)
  cipher.setAAD(Buffer.from(`${person.personId}\n${username}`))
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  wrapping.fill(0)
  return { personId: person.personId, username, salt: salt.toString('base64'), ...cost, nonce: nonce.toString('base64'), sealed: sealed.toString('base64') }
}

async function unseal(slot: KeySlot, password: string, deviceSecret: Uint8Array | null): Promise<Uint8Array | null> {
  const wrapping = await wrappingKey(password, Buffer.from(slot.salt, 'base64'), slot, deviceSecret)
  const sealed = Buffer.from(slot.sealed, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(slot.nonce, 'base64'))
    decipher.setAAD(Buffer.from(`${slot.personId}\n${slot.username}`))
    decipher.setAuthTag(sealed.subarray(-16))
    return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  } catch {
    return null
  } finally {
    wrapping.fill(0)
  }
}

async function wrappingKey(password: string, salt: Uint8Array, cost: HashCost, deviceSecret: Uint8Array | null): Promise<Buffer> {
  // The library's default algorithm is argon2id; its constant is a const enum, which erasable syntax cannot import.
  const hash = await hashRaw(password.normalize('NFKC'), { salt, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1, outputLen: 32 })
  const secret = deviceSecret ?? new Uint8Array()
  return Buffer.from(hkdfSync('sha256', Buffer.concat([hash, secret]), salt, 'sportello key slot 1', 32))
}

/** Hashing for a name that does not exist costs the same and always fails. */
function decoySlot(cost: HashCost): KeySlot {
  return { personId: '', username: '', salt: createHash('sha256').update('decoy').digest().subarray(0, 16).toString('base64'), ...cost, nonce: Buffer.alloc(12).toString('base64'), sealed: Buffer.alloc(48).toString('base64') }
}

function keyCheck(key: Uint8Array): string {
  return createHmac('sha256', key).update('sportello key check').digest('base64')
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
