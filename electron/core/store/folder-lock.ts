import { probeWrite } from './write-probe.ts'
import { DataDirectoryBusyError, lockDataDirectory } from './lock.ts'

/** `read_only` and `full`: the folder cannot be written to, so that nothing is begun. `busy`: found so when it was tried again. */
export type FolderLockState = 'held' | 'read_only' | 'full' | 'busy'
export type FolderLock = {
  readonly state: () => FolderLockState
  /** Takes the folder if it can be had by now. */
  readonly tryAgain: () => void
  readonly release: () => void
}

/** What noting a sign-in may need. */
const leastBytes = 64 * 1024

/** Takes the data directory, or stands before it and says why not. Throws `DataDirectoryBusyError` only at the first try. */
export function createFolderLock(dataDir: string): FolderLock {
  let held: { release: () => void } | null = null
  let state: FolderLockState = 'held'

  function take(first: boolean): void {
    try {
      held ??= lockDataDirectory(dataDir)
      probeWrite(dataDir, leastBytes)
      state = 'held'
    } catch (error) {
      const why = reasonOf(error)
      if (why === null || (why === 'busy' && first)) throw error
      state = why
    }
  }
  take(true)
  return {
    state: () => state,
    tryAgain: () => take(false),
    release: () => {
      held?.release()
      held = null
    },
  }
}

function reasonOf(error: unknown): Exclude<FolderLockState, 'held'> | null {
  if (error instanceof DataDirectoryBusyError) return 'busy'
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'full'
  return code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM' ? 'read_only' : null
}
