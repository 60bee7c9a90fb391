import { closeSync, fsyncSync, openSync } from 'node:fs'

/** What was written to a file is on the disk when this returns. */
export function syncFile(path: string): void {
  sync(path, 'r+')
}

/** A new or renamed file is only safe once its directory entry is. Windows has no handle for a directory and needs none. */
export function syncFolder(path: string): void {
  if (process.platform !== 'win32') sync(path, 'r')
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
