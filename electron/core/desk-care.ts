/** What looks after the desk's files: whether they can be written, copies and checks, and the way back when they cannot be opened. */
import type { DeskOptions } from './desk-types.ts'
import type { KeySlots } from './people/key-slots.ts'
import { createRecovery } from './recovery/recovery.ts'
import type { Recovery } from './recovery/recovery.ts'
import { createStorageWatch } from './recovery/storage-watch.ts'
import type { StorageWatch } from './recovery/storage-watch.ts'
import { hasTraces } from './recovery/traces.ts'
import { createUpkeep } from './store/upkeep.ts'
import type { Upkeep } from './store/upkeep.ts'
import type { SessionStatus } from '../../shared/contract/session.ts'

/** How far opening is, for whoever is signing in. */
export type OpeningProgress = { underWay: boolean; migration: SessionStatus['migration']; checking: boolean }
export type DeskCare = { readonly storage: StorageWatch; readonly upkeep: Upkeep; readonly recovery: Recovery; readonly requireFolder: () => void; readonly recoveryKind: () => Pick<SessionStatus, 'recovery'>; readonly lookAgain: () => void }

export function createDeskCare(options: DeskOptions, parts: { keySlots: KeySlots; deviceId: () => string | null; deskName: () => string; needsSetUp: () => boolean; progress: OpeningProgress }): DeskCare {
  const { dataDir, clock, log, lock } = options
  const storage = createStorageWatch(dataDir, (state) => {
    if (state === 'damaged') upkeep.doubt()
    options.emit({ kind: 'storage', state })
  })
  const upkeep = createUpkeep({ dataDir, clock, log, onDamage: () => storage.failed('storage_damaged'), ...(options.upkeepByHand ? { byHand: true } : {}) })
  const recovery = createRecovery({
    dataDir, clock, log, lock, slotFiles: parts.keySlots.inspect, deviceId: parts.deviceId, deskName: parts.deskName, onMigration: (migration) => (parts.progress.migration = migration),
    hasDesk: () => !parts.needsSetUp() && hasTraces(dataDir),
  })
  return {
    storage,
    upkeep,
    recovery,
    recoveryKind: () => {
      const kind = recovery.kind()
      return kind === null ? {} : { recovery: kind }
    },
    lookAgain: () => {
      recovery.forget()
      lock.tryAgain()
    },
    requireFolder: () => {
      const state = lock.state()
      if (state !== 'held') throw Object.assign(new Error('the folder of the desk cannot be written to'), { code: state === 'full' ? 'ENOSPC' : 'EROFS' })
    },
  }
}
