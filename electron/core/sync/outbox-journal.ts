/**
 * The second copy of what was written here and is not safe elsewhere: beside the database, because a lost or damaged write-ahead log takes
 * committed writes with it without a word (reliability 0.3, 4). Each operation is appended and fsynced before its commit; the file is emptied
 * when everything in it is acknowledged and folded into the database.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { syncFolder } from '../store/durable.ts'
import type { OutboxEntry } from '../store/outbox.ts'

export type JournalEntry = OutboxEntry & { readonly seq: number }
export type JournalReading = {
  readonly entries: readonly JournalEntry[]
  /** Bytes at the end that are no whole entry: a power cut in the middle of the last one, or damage. */
  readonly damagedBytes: number
  /** Operations in what is whole by its length among them and cannot be read: what a power cut leaves is none. */
  readonly unreadable: number
}
export type OutboxJournal = {
  readonly read: () => JournalReading
  /**
   * Durable when it returns, all of them or, after a power cut, none: they are sealed as one. Answers how to take them back, for a commit that
   * failed and was told as failed.
   */
  readonly append: (entries: readonly JournalEntry[]) => () => void
  /** Entries since the last time it was emptied. */
  readonly count: () => number
  /** Forgets everything; for when the database holds it for good. */
  readonly clear: () => void
  /** Begins anew and keeps what was there under this path: beside a copy of the database, whose next older one it brings forward. */
  readonly moveTo: (path: string) => void
  readonly close: () => void
}

const nonceBytes = 12
const tagBytes = 16
/** Before each seal: its length, and in the first byte how many operations are in it where they are several. */
const headBytes = 4
const lengthMask = 0xff_ffff
const longestEntry = 2 * 1024 * 1024
const chainStart = Buffer.alloc(32)

export const journalFile = 'outbox-journal.bin'

/** What is whole of a journal that was kept beside a copy. */
export function readJournalFile(path: string, key: Uint8Array): readonly JournalEntry[] {
  const own = journalKey(key)
  try {
    return entriesOf(readFileSync(path), own).entries
  } finally {
    own.fill(0)
  }
}

function journalKey(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(), 'sportello outbox journal 1', 32))
}

function entriesOf(bytes: Buffer, own: Uint8Array): { entries: JournalEntry[]; end: number; link: Buffer } {
  const entries: JournalEntry[] = []
  let link: Buffer = chainStart
  let end = 0
  while (end + headBytes <= bytes.length) {
    const { length } = headAt(bytes, end)
    const from = end + headBytes
    if (length < nonceBytes + tagBytes || length > longestEntry || from + length > bytes.length) break
    const sealed = bytes.subarray(from, from + length)
    const text = unseal(own, sealed, link)
    if (text === null) break
    const sealedAsOne = JSON.parse(text.toString('utf8')) as JournalEntry | readonly JournalEntry[]
    entries.push(...[sealedAsOne].flat())
    link = hashOf(sealed)
    end = from + length
  }
  return { entries, end, link }
}

function countUnreadable(bytes: Buffer, from: number): number {
  let count = 0
  for (let at = from; at + headBytes <= bytes.length; ) {
    const { length, operations } = headAt(bytes, at)
    at += headBytes + length
    // Zeros are what a file system leaves where nothing was written yet.
    if (length < nonceBytes + tagBytes || at > bytes.length) break
    count += operations
  }
  return count
}

function headAt(bytes: Buffer, at: number): { readonly length: number; readonly operations: number } {
  const head = bytes.readUInt32BE(at)
  return { length: head & lengthMask, operations: Math.max(1, head >>> 24) }
}

function headOf(length: number, operations: number): Buffer {
  const head = Buffer.alloc(headBytes)
  head.writeUInt32BE(length)
  if (operations > 1) head.writeUInt8(Math.min(operations, 0xff))
  return head
}

/** `key` is the database key, of which only a derived one is kept. */
export function openJournal(dataDir: string, key: Uint8Array): OutboxJournal {
  const path = join(dataDir, journalFile)
  const own = journalKey(key)
  let file: number | null = null
  let link: Buffer = chainStart
  let end = 0
  let count = 0

  function read(): JournalReading {
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0)
    const whole = entriesOf(bytes, own)
    ;({ link, end } = whole)
    count = whole.entries.length
    return { entries: whole.entries, damagedBytes: bytes.length - end, unreadable: countUnreadable(bytes, end) }
  }

  function handle(): number {
    if (file !== null) return file
    const isNew = !existsSync(path)
    file = openSync(path, isNew ? 'w+' : 'r+', 0o600)
    // A new file is only safe once its directory entry is.
    if (isNew) syncFolder(dataDir)
    return file
  }

  return {
    read,
    append: (entries) => {
      const sealed = seal(own, Buffer.from(JSON.stringify(entries.length === 1 ? entries[0] : entries)), link)
      // Reading stops at what is longer, and would lose everything after it.
      if (sealed.length > longestEntry) throw new RangeError('an operation is too long for the journal')
      const record = Buffer.concat([headOf(sealed.length, entries.length), sealed])
      const into = handle()
      const before = { link, end, count }
      const takeBack = () => {
        // First of all: whatever the disk says now, the next entry takes the place of this one.
        ;({ link, end, count } = before)
        cutBack(into, before.end)
      }
      try {
        // At the end of what is whole: a torn entry before it is overwritten.
        writeWhole(into, record, end)
        fsyncSync(into)
      } catch (error) {
        // Told as failed: what reached the file may not come back as something that was written.
        try {
          takeBack()
        } catch {
          // The disk has said what is wrong with it; the next entry takes the place of this one.
        }
        throw error
      }
      link = hashOf(sealed)
      end += record.length
      count += entries.length
      return takeBack
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
    moveTo: (target) => {
      if (count === 0) return
      if (file !== null) closeSync(file)
      file = null
      renameSync(path, target)
      for (const folder of new Set([dirname(target), dataDir])) syncFolder(folder)
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

/** Nothing from there on is read as an entry any more: cut off, or without its length where the disk refuses to cut. */
function cutBack(file: number, at: number): void {
  try {
    ftruncateSync(file, at)
  } catch {
    writeWhole(file, Buffer.alloc(headBytes), at)
  }
  fsyncSync(file)
}

/** A disk that is nearly full takes a part, and says so by nothing but the count. */
function writeWhole(file: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    const written = writeSync(file, bytes, done, bytes.length - done, at + done)
    if (written === 0) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' })
    done += written
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
