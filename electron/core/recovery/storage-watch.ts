import type { StorageState } from '../../../shared/contract/recovery.ts'
import { probeWrite } from '../store/write-probe.ts'

export type StorageWatch = {
  readonly state: () => StorageState
  /** A call has failed for this reason. */
  readonly failed: (why: 'storage_full' | 'storage_read_only' | 'storage_damaged') => void
  /** Something was written: it can be done again. */
  readonly wrote: () => void
  readonly stop: () => void
}

const askEveryMs = 3_000
/** What a write of the desk may need. */
const probeBytes = 256 * 1024
const stateOf = { storage_full: 'full', storage_read_only: 'read_only', storage_damaged: 'damaged' } as const

/** Remembers that the disk takes nothing any more, tries by itself whether it does again, and says both. */
export function createStorageWatch(dataDir: string, onChange: (state: StorageState) => void): StorageWatch {
  let state: StorageState = 'ok'
  let timer: NodeJS.Timeout | undefined

  function become(next: StorageState): void {
    if (state === next) return
    state = next
    clearInterval(timer)
    if (next === 'full' || next === 'read_only') {
      timer = setInterval(() => {
        if (canWrite(dataDir)) become('ok')
      }, askEveryMs)
      timer.unref()
    }
    onChange(next)
  }

  return {
    state: () => state,
    failed: (why) => become(stateOf[why]),
    wrote: () => {
      // A page that could be written says nothing of the one that could not be read.
      if (state !== 'damaged') become('ok')
    },
    stop: () => {
      clearInterval(timer)
      state = 'ok'
    },
  }
}

function canWrite(dataDir: string): boolean {
  try {
    probeWrite(dataDir, probeBytes)
    return true
  } catch {
    return false
  }
}
