import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a file that only its owner reads: whole or not at all; of two processes that make it at once, the first wins, and both go on. */
export function writeOnce(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.${process.pid}.part`
  const file = openSync(part, 'w', 0o600)
  try {
    writeSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  try {
    linkSync(part, path)
    // A key that the database knows already must not be gone after a power cut. Windows has no handle for a directory and needs none.
    if (process.platform !== 'win32') syncFolder(dirname(path))
  } catch (cause) {
    if (!existsSync(path)) throw cause
  } finally {
    unlinkSync(part)
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
