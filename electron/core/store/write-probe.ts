import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a file of some size to the disk itself, and takes it away again. Throws what the disk says. */
export function probeWrite(dataDir: string, bytes: number): void {
  const path = join(dataDir, 'write-probe.tmp')
  try {
    const handle = openSync(path, 'w', 0o600)
    try {
      const written = writeSync(handle, Buffer.alloc(bytes))
      if (written < bytes) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' })
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } finally {
    try {
      rmSync(path, { force: true })
    } catch {
      // Where nothing can be written nothing can be removed, and nothing was made.
    }
  }
}
