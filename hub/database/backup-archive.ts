/**
 * Files in one stream: for each four bytes of length, a line of JSON, and the content; a length of zero ends it. A file that shrinks while
 * it is read is filled up with zeros, as PostgreSQL's own backups do: its log knows better.
 */
import { open, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { chownSync } from 'node:fs'
import { z } from '../../shared/domain/schema.ts'
import { BackupError } from './backup-error.ts'
import type { Account } from './run-as.ts'

const entry = z.strictObject({ path: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/).max(400), size: z.int().min(0).nullable() })
/** `size` is `null` for a folder. */
type Entry = z.output<typeof entry>
const piece = 1024 * 1024
const longestEntry = 1_024

export const packFolder = (path: string): Buffer => headOf({ path, size: null })
export function packText(path: string, text: string): Buffer {
  const content = Buffer.from(text)
  return Buffer.concat([headOf({ path, size: content.length }), content])
}
export const packEnd = (): Buffer => Buffer.alloc(4)

/** A file as it is now; nothing when it has gone. */
export async function* packFile(path: string, from: string): AsyncGenerator<Buffer> {
  const file = await open(from, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (!file) return
  try {
    const { size } = await file.stat()
    yield headOf({ path, size })
    for (let at = 0; at < size; ) {
      const wanted = Math.min(piece, size - at)
      const buffer = Buffer.alloc(wanted)
      const { bytesRead } = await file.read(buffer, 0, wanted, at)
      const length = bytesRead === 0 ? wanted : bytesRead
      yield buffer.subarray(0, length)
      at += length
    }
  } finally {
    await file.close()
  }
}

function headOf(value: Entry): Buffer {
  const text = Buffer.from(JSON.stringify(entry.parse(value)))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return Buffer.concat([length, text])
}

/** Writes the files below a folder, each flushed to disk. Throws `BackupError` when the stream ends too early. */
export async function unpack(source: AsyncIterable<Buffer>, to: string, account: Account): Promise<void> {
  const reader = createReader(source)
  for (;;) {
    const length = (await reader.take(4)).readUInt32BE()
    if (length === 0) break
    if (length > longestEntry) throw new BackupError('the backup holds something else than files')
    const { path, size } = entry.parse(JSON.parse((await reader.take(length)).toString()))
    const target = join(to, path)
    if (size === null) await mkdir(target, { recursive: true, mode: 0o700 })
    else await writeOut(target, size, reader)
    if (account) chownSync(target, account.uid, account.gid)
  }
  await reader.end()
}

async function writeOut(target: string, size: number, reader: Reader): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const file = await open(target, 'wx', 0o600)
  try {
    for (let left = size; left > 0; ) {
      const part = await reader.take(Math.min(piece, left))
      await file.writeFile(part)
      left -= part.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

type Reader = { readonly take: (length: number) => Promise<Buffer>; readonly end: () => Promise<void> }

function createReader(source: AsyncIterable<Buffer>): Reader {
  const iterator = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  return {
    take: async (length) => {
      const parts = [rest]
      let have = rest.length
      while (have < length) {
        const next = await iterator.next()
        if (next.done === true) throw new BackupError('the backup ends too early')
        parts.push(next.value)
        have += next.value.length
      }
      const all = parts.length === 1 ? rest : Buffer.concat(parts)
      rest = all.subarray(length)
      return all.subarray(0, length)
    },
    // The last frame must be met: it says that nothing was cut off.
    end: async () => {
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) rest = Buffer.concat([rest, next.value])
      if (rest.length > 0) throw new BackupError('the backup goes on after its end')
    },
  }
}
