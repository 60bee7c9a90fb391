/** How one key slot is closed and opened: argon2id over the password, HKDF with the device's secret, AES-256-GCM. */
import { hashRaw } from '@node-rs/argon2'
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { normalUsername } from '../../../shared/domain/username.ts'

/** OWASP allows 19 MiB, t=2 at the least; a desk has room for more. Stored with each slot, so that they can be raised. */
export type HashCost = { readonly memoryKiB: number; readonly passes: number }
export type SlotOwner = { readonly personId: string; readonly username: string }

export const slotSchema = z.strictObject({
  personId: z.string(),
  username: z.string(),
  salt: z.string(),
  memoryKiB: z.int().min(8).max(1024 * 1024),
  passes: z.int().min(1).max(20),
  nonce: z.string(),
  sealed: z.string(),
  /** Which device secret is mixed in; `null` for the password alone, as in every slot written before there was one. */
  device: z.string().max(64).nullable().default(null),
})
export type KeySlot = z.infer<typeof slotSchema>

/** Names a device secret without telling anything about it. */
export function deviceSecretId(secret: Uint8Array): string {
  return createHmac('sha256', secret).update('sportello device secret id').digest('base64').slice(0, 16)
}

export async function sealSlot(key: Uint8Array, person: SlotOwner, password: string, cost: HashCost, deviceSecret: Uint8Array | null): Promise<KeySlot> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const username = normalUsername(person.username)
  const wrapping = await wrappingKey(password, salt, cost, deviceSecret)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce)
  cipher.setAAD(Buffer.from(`${person.personId}\n${username}`))
  const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()])
  wrapping.fill(0)
  const device = deviceSecret === null ? null : deviceSecretId(deviceSecret)
  return { personId: person.personId, username, salt: salt.toString('base64'), ...cost, nonce: nonce.toString('base64'), sealed: sealed.toString('base64'), device }
}

/** The key, or `null` for a wrong password. A slot that names a device secret needs that very one. */
export async function unsealSlot(slot: KeySlot, password: string, deviceSecret: Uint8Array | null): Promise<Uint8Array | null> {
  const wrapping = await wrappingKey(password, Buffer.from(slot.salt, 'base64'), slot, slot.device === null ? null : deviceSecret)
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

/** Hashing for a name that does not exist costs the same and always fails. */
export function decoySlot(cost: HashCost): KeySlot {
  const salt = createHash('sha256').update('decoy').digest().subarray(0, 16).toString('base64')
  return { personId: '', username: '', salt, ...cost, nonce: Buffer.alloc(12).toString('base64'), sealed: Buffer.alloc(48).toString('base64'), device: null }
}

async function wrappingKey(password: string, salt: Uint8Array, cost: HashCost, deviceSecret: Uint8Array | null): Promise<Buffer> {
  // The library's default algorithm is argon2id; its constant is a const enum, which erasable syntax cannot import.
  const hash = await hashRaw(password.normalize('NFKC'), { salt, memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1, outputLen: 32 })
  const secret = deviceSecret ?? new Uint8Array()
  return Buffer.from(hkdfSync('sha256', Buffer.concat([hash, secret]), salt, 'sportello key slot 1', 32))
}
