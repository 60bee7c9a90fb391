/**
 * Contents of attachments on this desk: one encrypted file each under a name that says nothing. They are written and read in parts; no
 * clear copy and no whole content ever lies on the disk or in memory.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../../store/durable.ts'
import { attachmentLimits } from '../../../../shared/domain/attachment.ts'

/** A file of the vault is damaged or cut: it must be fetched again. */
export class BlobDamagedError extends Error {
  override readonly name = 'BlobDamagedError'
}

export type BlobWriter = {
  /** Bytes so far. */
  readonly received: () => number
  readonly write: (bytes: Uint8Array) => void
  /** Makes it durable under its hash, or throws it away when it has another one than `expected`: `null`. */
  readonly finish: (expected?: string) => { readonly sha256: string; readonly size: number } | null
  readonly abandon: () => void
}
export type BlobVault = {
  readonly has: (sha256: string, size: number) => boolean
  readonly begin: () => BlobWriter
  /** Bytes from `start`, at most one part; empty at the end. Throws `BlobDamagedError`. */
  readonly read: (sha256: string, start: number) => Buffer
  readonly remove: (sha256: string) => void
  /** Removes what no attachment names any more, and beginnings that nobody goes on with. */
  readonly sweep: (known: ReadonlySet<string>, now: number) => void
  /** Forgets the keys. */
  readonly close: () => void
}

const magic = Buffer.from('SPB1')
const fileIdBytes = 16
const headBytes = magic.length + fileIdBytes
const nonceBytes = 12
const tagBytes = 16
const partBytes = attachmentLimits.partBytes
const sealedBytes = nonceBytes + partBytes + tagBytes
const unnamedKeptMs = 24 * 3600_000

/** @param databaseKey copied into keys of its own; the caller zeroes what it gave. */
export function createBlobVault(dataDir: string, databaseKey: Uint8Array): BlobVault {
  const folder = join(dataDir, 'blobs')
  const derived = (purpose: string) => Buffer.from(hkdfSync('sha256', databaseKey, Buffer.alloc(0), `sportello-blobs-1 ${purpose}`, 32))
  const contentKey = derived('content')
  const nameKey = derived('name')
  const nameOf = (sha256: string) => createHmac('sha256', nameKey).update(sha256).digest('hex')
  const pathOf = (sha256: string) => join(folder, nameOf(sha256))

  function begin(): BlobWriter {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, `${randomBytes(16).toString('hex')}.part`)
    const file = openSync(path, 'wx', 0o600)
    const fileId = randomBytes(fileIdBytes)
    const hash = createHash('sha256')
    let held: Buffer = Buffer.alloc(0)
    let index = 0
    let received = 0
    let isOpen = true
    writeSync(file, Buffer.concat([magic, fileId]))

    function seal(bytes: Buffer): void {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', contentKey, nonce)
      cipher.setAAD(placeOf(fileId, index))
      const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
      writeSync(file, sealed)
      index += 1
    }
    function abandon(): void {
      if (!isOpen) return
      isOpen = false
      closeSync(file)
      rmSync(path, { force: true })
    }
    return {
      received: () => received,
      write: (bytes) => {
        hash.update(bytes)
        received += bytes.length
        held = Buffer.concat([held, bytes])
        while (held.length >= partBytes) {
          seal(held.subarray(0, partBytes))
          held = held.subarray(partBytes)
        }
      },
      finish: (expected) => {
        if (held.length > 0) seal(held)
        const sha256 = hash.digest('hex')
        if (expected !== undefined && expected !== sha256) {
          abandon()
          return null
        }
        fsyncSync(file)
        closeSync(file)
        isOpen = false
        renameSync(path, pathOf(sha256))
        syncFolder(folder)
        return { sha256, size: received }
      },
      abandon,
    }
  }

  return {
    has: (sha256, size) => existsSync(pathOf(sha256)) && statSync(pathOf(sha256)).size === storedSize(size),
    begin,
    read: (sha256, start) => {
      const file = openSync(pathOf(sha256), 'r')
      try {
        const index = Math.floor(start / partBytes)
        const head = Buffer.alloc(headBytes)
        if (readSync(file, head, 0, headBytes, 0) < headBytes || !head.subarray(0, magic.length).equals(magic)) throw new BlobDamagedError('not a file of the vault')
        const at = headBytes + index * sealedBytes
        const length = Math.min(sealedBytes, fstatSync(file).size - at)
        if (length <= 0) return Buffer.alloc(0)
        const sealed = Buffer.alloc(length)
        readSync(file, sealed, 0, length, at)
        return openPart(contentKey, head.subarray(magic.length), index, sealed).subarray(start - index * partBytes)
      } finally {
        closeSync(file)
      }
    },
    remove: (sha256) => rmSync(pathOf(sha256), { force: true }),
    sweep: (known, now) => {
      if (!existsSync(folder)) return
      const names = new Set([...known].map(nameOf))
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        // A young one may be on its way to being named.
        if (!names.has(name) && now - statSync(path).mtimeMs > unnamedKeptMs) rmSync(path, { force: true })
      }
    },
    close: () => {
      contentKey.fill(0)
      nameKey.fill(0)
    },
  }
}

/** Bytes of the file that holds so many bytes of content. */
function storedSize(size: number): number {
  return headBytes + size + Math.ceil(size / partBytes) * (nonceBytes + tagBytes)
}

/** Bound to its file and place: parts cannot be exchanged. */
const placeOf = (fileId: Uint8Array, index: number) => Buffer.concat([fileId, Buffer.from(` ${index}`)])

function openPart(key: Buffer, fileId: Uint8Array, index: number, sealed: Buffer): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new BlobDamagedError('a part is cut')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
  decipher.setAAD(placeOf(fileId, index))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()])
  } catch (cause) {
    throw new BlobDamagedError('a part was changed', { cause })
  }
}
