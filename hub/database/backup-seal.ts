/**
 * Encrypts a backup for whoever holds a private key that is not on the hub: who steals the hub or the backups reads none of those made before.
 *
 *     sportello-backup-1
 *     {"ephemeral":"…","at":"…"}
 *     frames of 1 MiB, AES-256-GCM, 16 bytes more each; the last one is shorter or not, and its number says that it is the last
 *
 * The key is made from X25519 between a fresh key and the recipient's, bound to the first two lines. Nothing can be exchanged, taken out,
 * added or cut off without the frame there failing.
 */
import { createCipheriv, createDecipheriv, createHash, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from '../../shared/domain/schema.ts'
import { BackupError } from './backup-error.ts'

const firstLine = 'sportello-backup-1'
const header = z.strictObject({ ephemeral: z.string().regex(/^[A-Za-z0-9_-]{43}$/), at: z.string() })
const frameBytes = 1024 * 1024
const tagBytes = 16
const longestHead = 1_024

/** Makes the pair: the private half in `path`, which does not stay on the hub, the public one beside it as `path.pub`. Throws `BackupError` where either exists. */
export function makeBackupKey(path: string): void {
  if (existsSync(path) || existsSync(`${path}.pub`)) throw new BackupError(`${path} exists already`)
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  writeFileSync(`${path}.pub`, publicKey.export({ type: 'spki', format: 'pem' }), { flag: 'wx' })
}

/** The public half a backup is made for. Throws `BackupError`, also for a private one, which has no business here. */
export function readRecipient(path: string): KeyObject {
  const text = readKey(path)
  if (text.includes('PRIVATE')) throw new BackupError(`${path} is the private key: keep it away from the hub and name the public one`)
  return x25519(path, () => createPublicKey(text))
}
export const readBackupKey = (path: string): KeyObject => x25519(path, () => createPrivateKey(readKey(path)))

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new BackupError(`${path} cannot be read: "npm run hub -- backup-key FILE" makes a pair of keys`, { cause })
  }
}
function x25519(path: string, make: () => KeyObject): KeyObject {
  try {
    const key = make()
    if (key.asymmetricKeyType === 'x25519') return key
  } catch {
    // Said below.
  }
  throw new BackupError(`${path} is not a key of a backup`)
}

export async function* seal(plain: AsyncIterable<Buffer>, recipient: KeyObject, at: Date): AsyncGenerator<Buffer> {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  const head = `${firstLine}\n${JSON.stringify({ ephemeral: publicKey.export({ format: 'jwk' }).x ?? '', at: at.toISOString() } satisfies z.output<typeof header>)}\n`
  const key = keyOf(diffieHellman({ privateKey, publicKey: recipient }), head)
  yield Buffer.from(head)
  for await (const { bytes, number, isLast } of frames(plain, frameBytes)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast))
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
}

/** What was sealed, frame by frame: nothing of it may be believed before the end has come. Throws `BackupError` for what is not whole or not for this key. */
export async function* unseal(sealed: AsyncIterable<Buffer>, privateKey: KeyObject): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]()
  const { head, rest } = await readHead(source)
  const { ephemeral } = parseHead(head)
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: ephemeral }, format: 'jwk' })
  const key = keyOf(diffieHellman({ privateKey, publicKey }), head)
  for await (const { bytes, number, isLast } of frames(continued(rest, source), frameBytes + tagBytes)) {
    if (bytes.length < tagBytes) throw damaged()
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagBytes })
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
    let opened: Buffer
    try {
      opened = Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagBytes)), decipher.final()])
    } catch (cause) {
      throw number === 0 ? new BackupError('the backup is damaged, or it was made for another key', { cause }) : damaged(cause)
    }
    yield opened
  }
}

const damaged = (cause?: unknown): BackupError => new BackupError('the backup was changed or cut short: nothing of it is used', { cause })
const keyOf = (shared: Buffer, head: string): Buffer => Buffer.from(hkdfSync('sha256', shared, createHash('sha256').update(head).digest(), firstLine, 32))

/** Never the same twice under one key: the number of the frame, and whether it is the last. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(number, 4, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** Pieces of exactly so many bytes, the last one of what is left, which may be nothing. */
async function* frames(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ bytes: Buffer; number: number; isLast: boolean }> {
  let waiting: Buffer[] = []
  let length = 0
  let number = 0
  for await (const chunk of source) {
    waiting.push(chunk)
    length += chunk.length
    // Only when there is more: a full frame may be the last one.
    while (length > size) {
      const all = Buffer.concat(waiting)
      yield { bytes: all.subarray(0, size), number, isLast: false }
      number += 1
      waiting = [all.subarray(size)]
      length -= size
    }
  }
  yield { bytes: Buffer.concat(waiting), number, isLast: true }
}

async function readHead(source: AsyncIterator<Buffer>): Promise<{ head: string; rest: Buffer }> {
  let bytes = Buffer.alloc(0)
  for (;;) {
    const end = bytes.indexOf('\n', firstLine.length + 1)
    if (end >= 0) return { head: bytes.subarray(0, end + 1).toString(), rest: bytes.subarray(end + 1) }
    const next = bytes.length > longestHead ? { done: true as const } : await source.next()
    if (next.done === true) throw notABackup()
    bytes = Buffer.concat([bytes, next.value])
  }
}
function parseHead(head: string): z.output<typeof header> {
  const [first, second = ''] = head.split('\n')
  if (first !== firstLine) throw notABackup()
  try {
    return header.parse(JSON.parse(second))
  } catch (cause) {
    throw notABackup(cause)
  }
}
const notABackup = (cause?: unknown): BackupError => new BackupError('this is no backup of a hub', { cause })

async function* continued(first: Buffer, source: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value
}
