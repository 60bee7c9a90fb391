/**
 * Which hub this desk belongs to, and what it proves itself with: beside the database, because somebody without a key slot here signs in
 * through the hub before the database can be opened. The private key is wrapped by the device's secret where the host has one; the hub slot
 * holds the database key under a key that only the hub gives out, and only to who may sign in here.
 */
import { createCipheriv, createDecipheriv, createPrivateKey, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from '../../../shared/domain/schema.ts'
import { writeFileDurably } from '../people/durable-file.ts'

const sealed = z.strictObject({ nonce: z.string(), text: z.string() })
const linkFile = z.strictObject({
  version: z.literal(1),
  address: z.string(),
  deviceId: z.string(),
  hubName: z.string(),
  officeName: z.string(),
  /** In clear where the host has no key store: then the file's mode and the disk keep it. */
  privateKey: z.union([z.strictObject({ pkcs8: z.string() }), sealed]),
  hubSlot: sealed.nullable(),
  /** The hub no longer lets this desk in. */
  revoked: z.boolean().default(false),
})
type LinkFile = z.infer<typeof linkFile>

export const hubLinkFile = 'hub-link.json'

export type HubLink = {
  readonly address: string
  readonly deviceId: string
  readonly hubName: string
  readonly officeName: string
  readonly privateKey: KeyObject
  readonly revoked: boolean
}
export type DeviceKeyPair = { readonly privateKey: KeyObject; readonly publicKey: string; readonly unlockKey: Uint8Array }

export class HubLinkDamagedError extends Error {
  override readonly name = 'HubLinkDamagedError'
}

export type HubLinks = {
  /** `null` for a standalone desk. Throws `HubLinkDamagedError`. */
  readonly read: () => HubLink | null
  readonly write: (link: Omit<HubLink, 'revoked'>, key: Uint8Array, unlockKey: Uint8Array) => void
  /** The database key out of the hub slot; `null` when this unlock key does not open it. */
  readonly unlock: (unlockKey: Uint8Array) => Uint8Array | null
  /** From now on nobody comes in through the hub. */
  readonly markRevoked: () => void
  readonly remove: () => void
}

export function createHubLinks(dataDir: string, deviceSecret: Uint8Array | null): HubLinks {
  const path = join(dataDir, hubLinkFile)
  const readFile = (): LinkFile | null => {
    if (!existsSync(path)) return null
    try {
      return linkFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    } catch (cause) {
      throw new HubLinkDamagedError('the file of the hub link cannot be read', { cause })
    }
  }
  const slotKey = (unlockKey: Uint8Array) => derive(Buffer.concat([unlockKey, deviceSecret ?? new Uint8Array()]), 'sportello hub slot 1')
  const keyKey = (secret: Uint8Array) => derive(secret, 'sportello device private key 1')
  return {
    read: () => {
      const file = readFile()
      if (!file) return null
      return { address: file.address, deviceId: file.deviceId, hubName: file.hubName, officeName: file.officeName, revoked: file.revoked, privateKey: openPrivateKey(file, deviceSecret === null ? null : keyKey(deviceSecret)) }
    },
    write: ({ address, deviceId, hubName, officeName, privateKey }, key, unlockKey) => {
      const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' })
      const file: LinkFile = {
        version: 1, address, deviceId, hubName, officeName, revoked: false,
        privateKey: deviceSecret === null ? { pkcs8: pkcs8.toString('base64') } : seal(keyKey(deviceSecret), pkcs8, deviceId),
        hubSlot: seal(slotKey(unlockKey), key, deviceId),
      }
      writeFileDurably(path, JSON.stringify(file))
    },
    unlock: (unlockKey) => {
      const file = readFile()
      return file?.hubSlot && !file.revoked ? unseal(slotKey(unlockKey), file.hubSlot, file.deviceId) : null
    },
    markRevoked: () => {
      const file = readFile()
      if (file) writeFileDurably(path, JSON.stringify({ ...file, hubSlot: null, revoked: true }))
    },
    remove: () => rmSync(path, { force: true }),
  }
}

export function newDeviceKeys(): DeviceKeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new Error('the new key has no public half')
  return { privateKey, publicKey: x, unlockKey: randomBytes(32) }
}

function openPrivateKey({ privateKey, deviceId }: LinkFile, wrapping: Uint8Array | null): KeyObject {
  const pkcs8 = 'pkcs8' in privateKey ? Buffer.from(privateKey.pkcs8, 'base64') : wrapping === null ? null : unseal(wrapping, privateKey, deviceId)
  if (pkcs8 === null) throw new HubLinkDamagedError('the key of this desk is sealed with a device secret that is not here')
  return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
}

function derive(secret: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32))
}

function seal(key: Uint8Array, bytes: Uint8Array, about: string): { nonce: string; text: string } {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(about))
  const text = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), text: text.toString('base64') }
}

function unseal(key: Uint8Array, { nonce, text }: { nonce: string; text: string }, about: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'))
    decipher.setAAD(Buffer.from(about))
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()])
  } catch {
    return null
  }
}
