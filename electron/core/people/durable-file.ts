import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from '../store/durable.ts'

/** Replaces a file so that after a power cut, or on a disk without room, it holds the old text or the new, never half of it. */
export function writeFileDurably(path: string, text: string): void {
  const fresh = `${path}.new`
  const handle = openSync(fresh, 'w', 0o600)
  try {
    writeWhole(handle, Buffer.from(text))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(fresh, path)
  syncFolder(dirname(path))
}

/** A disk that is nearly full takes a part, and says so by nothing but the count. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) {
    const written = writeSync(file, bytes, done, bytes.length - done, done)
    if (written === 0) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' })
    done += written
  }
}
