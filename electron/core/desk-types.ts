/** What a desk is to its handlers and hosts. */
import type { CoreEvent } from '../../shared/contract/events.ts'
import type { SessionStatus } from '../../shared/contract/session.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { PersonRow } from '../../shared/domain/records/people.ts'
import type { AuditEntry } from './audit/audit-log.ts'
import type { BusyKind } from './busy.ts'
import type { Session, SignedCall } from './context.ts'
import type { DeviceKey } from './people/device-key.ts'
import type { HashCost, KeySlots } from './people/key-slots.ts'
import type { SignInThrottle } from './people/sign-in-throttle.ts'
import type { Clock, Ids, Log } from './ports.ts'
import type { LookupService } from './search/lookup-service.ts'
import type { RawDatabase } from './store/cipher.ts'
import type { UnitOfWork } from './store/unit-of-work.ts'
import type { WriteGate } from './store/write-gate.ts'
import type { Recovery } from './recovery/recovery.ts'
import type { StorageWatch } from './recovery/storage-watch.ts'
import type { FolderLock } from './store/folder-lock.ts'
import type { Upkeep } from './store/upkeep.ts'
import type { DeskHub, HubPorts } from './sync/desk-hub.ts'
import type { Follower } from './sync/follower.ts'

export type DeskOptions = {
  readonly dataDir: string
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly emit: (event: CoreEvent) => void
  readonly hashCost?: HashCost
  readonly demo?: SessionStatus['demo']
  readonly deviceKey?: DeviceKey
  readonly appVersion?: string
  /** In place of the network, in tests. */
  readonly hub?: HubPorts
  readonly lock: FolderLock
  /** Copies and checks are not begun by themselves; for tests. */
  readonly upkeepByHand?: boolean
}
/** What a bulk load beside the open desk works with. */
export type BulkParts = {
  readonly databasePath: string
  readonly key: Uint8Array
  readonly gate: WriteGate
  readonly deskWriter: RawDatabase
  readonly work: UnitOfWork
  readonly lookup: LookupService
}

export type Desk = {
  readonly dataDir: string
  readonly appVersion: string
  readonly recovery: Recovery
  readonly storage: StorageWatch
  readonly upkeep: Upkeep
  /** Forgets why the desk did not open, and looks whether its folder can be written to by now. */
  readonly lookAgain: () => Promise<void>
  /** In turn with opening and closing, and only while the store is closed; `otherwise` where it is open. */
  readonly whileClosed: <T>(work: () => Promise<T>, otherwise: T) => Promise<T>
  /** The open database follows a hub, and no link says which. */
  readonly hubLinkLost: () => boolean
  /** Throws, with the code of the reason, where nothing can be written to the folder of the desk. */
  readonly requireFolder: () => void
  readonly databasePath: string
  readonly keySlots: KeySlots
  readonly throttle: SignInThrottle
  readonly status: (clientId: string) => SessionStatus
  readonly session: (clientId: string) => Session | null
  readonly signedParts: (session: Session) => Pick<SignedCall, 'session' | 'actor' | 'store' | 'work' | 'drafts'>
  readonly lookup: () => LookupService
  /** The hub this desk follows; `null` while it stands alone. */
  readonly hub: () => Follower | null
  readonly joinHub: DeskHub['join']
  readonly envelope: DeskHub['envelope']
  readonly hubSignIn: DeskHub['signIn']
  /** The hub has accepted the password that this person came in with. */
  readonly hubKnows: (personId: string, revision: number) => Promise<void>
  /** The hub has refused it: one it had accepted before was changed there and opens nothing any more; a disabled person has none. */
  readonly hubRefuses: (personId: string, code: string) => Promise<void>
  /** Work that must not be cut short. */
  readonly busy: () => readonly BusyKind[]
  /** What a bulk load in a worker of this process needs; the caller zeroes the key. */
  readonly bulkParts: () => BulkParts
  readonly needsSetUp: () => boolean
  /** First run: a new store under a new key, the first person in it, then the key slots; cut short at any point, it starts over. False where there is a desk already. */
  readonly setUp: (make: (parts: { key: Uint8Array; work: UnitOfWork }) => Promise<void>) => Promise<boolean>
  /** Opens the store and lets a person in, in one turn, with the trace of it; false for somebody who may not come in. */
  readonly enter: (clientId: string, key: Uint8Array, personId: PersonId, kind: 'signed_in' | 'set_up', details: AuditEntry['details'], known?: Omit<PersonRow, 'createdAt'>) => Promise<boolean>
  /** The same for the person just made by a set-up, whose turn it still is. */
  readonly admit: (clientId: string, person: PersonRow, kind: 'signed_in' | 'set_up', details: AuditEntry['details']) => Promise<void>
  readonly end: (clientId: string) => Promise<void>
  /** Closes a store that was opened for somebody who may not come in. */
  readonly closeIfIdle: () => Promise<void>
  readonly dropPerson: (personId: string) => void
  readonly person: (id: PersonId) => Promise<PersonRow | null>
  readonly audit: (entry: Omit<AuditEntry, 'desk'>) => Promise<void>
  readonly nameDesk: (deskName: string) => void
  readonly close: () => Promise<void>
}
