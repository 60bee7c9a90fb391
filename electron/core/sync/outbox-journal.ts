/**
 * The second copy of what was written here and is not safe elsewhere: beside the database, because a lost or damaged write-ahead log takes
 * committed writes with it without a word (reliability 0.3, 4). Each operation is appended and fsynced before its commit; the file is emptied
 * when everything in it is acknowledged and folded into the database.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { OutboxEntry } from '../store/outbox.ts'

export type JournalEntry = OutboxEntry & { readonly seq: number }
export type JournalReading = {
  readonly entries: readonly JournalEntry[]
  /** Bytes at the end that are no whole entry: a power cut in the middle of the last one, or damage. */
  readonly damagedBytes: number
}
export type OutboxJournal = {
  readonly read: () => JournalReading
  /** Durable when it returns. Answers how to take it back, for a commit that failed and was told as failed. */
  readonly append: (entry: JournalEntry) => () => void
  /** Entries since the last time it was emptied. */
  readonly count: () => number
  /** Forgets everything; for when the database holds it for good. */
  readonly clear: () => void
  readonly close: () => void
}

const nonceBytes = 12
const tagBytes = 16
const lengthBytes = 4
const longestEntry = 2 * 1024 * 1024
const chainStart = Buffer.alloc(32)

/** `key` is the database key, of which only a derived one is kept. */
export function openJournal(dataDir: string, key: Uint8Array): OutboxJournal {
  const path = join(dataDir, 'outbox-journal.bin')
  const own = Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'sportello outbox journal 1', 32))
  let file: number | null = null
  let link: Buffer = chainStart
  let end = 0
  let count = 0

  function read(): JournalReading {
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
    const entries: JournalEntry[] = []
    link = chainStart
    end = 0
    while (end + lengthBytes <= bytes.length) {
      const length = bytes.readUInt32BE(end)
      const from = end + lengthBytes
      if (length < nonceBytes + tagBytes || length > longestEntry || from + length > bytes.length) break
      const sealed = bytes.subarray(from, from + length)
      const text = unseal(own, sealed, link)
      if (text === null) break
      entries.push(JSON.parse(text.toString('utf8')) as JournalEntry)
      link = hashOf(sealed)
      end = from + length
    }
    count = entries.length
    return { entries, damagedBytes: bytes.length - end }
  }

  function handle(): number {
    if (file !== null) return file
    file = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600)
    return file
  }

  return {
    read,
    append: (entry) => {
      const sealed = seal(own, Buffer.from(JSON.stringify(entry)), link)
      const length = Buffer.alloc(lengthBytes)
      length.writeUInt32BE(sealed.length)
      const record = Buffer.concat([length, sealed])
      const into = handle()
      const before = { link, end, count }
      // At the end of what is whole: a torn entry before it is overwritten.
      writeSync(into, record, 0, record.length, end)
      fsyncSync(into)
      link = hashOf(sealed)
      end += record.length
      count += 1
      return () => {
        ftruncateSync(into, before.end)
        fsyncSync(into)
        ;({ link, end, count } = before)
      }
    },
    count: () => count,
    clear: () => {
      if (end === 0 && !existsSync(path)) return
      const into = handle()
      ftruncateSync(into, 0)
      fsyncSync(into)
      link = chainStart
      end = 0
      count = 0
    },
    close: () => {
      if (file !== null) closeSync(file)
      file = null
      own.fill(0)
    },
  }
}

/** Each entry is bound to the one before: neither the order nor the middle can be changed. */
function seal(key: Uint8Array, bytes: Uint8Array, link: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(link)
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function unseal(key: Uint8Array, sealed: Buffer, link: Uint8Array): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
    decipher.setAAD(link)
    decipher.setAuthTag(sealed.subarray(-tagBytes))
    return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch {
    return null
  }
}

function hashOf(sealed: Uint8Array): Buffer {
  return createHash('sha256').update(sealed).digest()
}
