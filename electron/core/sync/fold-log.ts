import type { RawDatabase } from '../store/cipher.ts'

/** Folds the write-ahead log into the file and empties it; false while somebody still reads an older state. Waits for nobody: it runs on the desk's own thread. */
export function foldLog(db: RawDatabase): boolean {
  const before = Number(db.pragma('busy_timeout', { simple: true }))
  db.pragma('busy_timeout = 0')
  try {
    const [folded] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return folded?.busy === 0
  } finally {
    db.pragma(`busy_timeout = ${before}`)
  }
}
