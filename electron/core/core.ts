import type { CoreEvent } from '../../shared/contract/events.ts'
import type { SessionStatus } from '../../shared/contract/session.ts'
import type { AllHandlers, DispatchContext } from './context.ts'
import { createDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { createDispatch } from './dispatch.ts'
import type { DeviceKey } from './people/device-key.ts'
import type { HashCost } from './people/key-slots.ts'
import { createIds, silentLog, systemClock } from './ports.ts'
import type { Clock, Ids, Log } from './ports.ts'
import type { HubPorts } from './sync/desk-hub.ts'
import { createFolderLock } from './store/folder-lock.ts'
import { customersHandlers } from './customers/customers-handlers.ts'
import { administrationHandlers } from './hub/administration-handlers.ts'
import { hubHandlers } from './hub/hub-handlers.ts'
import { inboxHandlers } from './inbox/inbox-handlers.ts'
import { lookupHandlers } from './search/lookup-handlers.ts'
import { outboxHandlers } from './outbox/outbox-handlers.ts'
import { peopleHandlers } from './people/people-handlers.ts'
import { portalHandlers } from './portal/portal-handlers.ts'
import { readingsHandlers } from './readings/readings-handlers.ts'
import { recoveryHandlers } from './recovery/recovery-handlers.ts'
import { referenceHandlers } from './reference/reference-handlers.ts'
import { sessionHandlers } from './people/session-handlers.ts'
import { ticketsHandlers } from './tickets/tickets-handlers.ts'
import { workspaceHandlers } from './workspace/workspace-handlers.ts'

export type CoreOptions = {
  readonly dataDir: string
  readonly clock?: Clock
  readonly ids?: Ids
  readonly log?: Log
  readonly hashCost?: HashCost
  /** Credentials to show on the sign-in page; demo mode only. */
  readonly demo?: SessionStatus['demo']
  /** From the operating system's key store; left out by hosts that have none. */
  readonly deviceKey?: DeviceKey
  readonly appVersion?: string
  /** In place of the network, in tests. */
  readonly hub?: HubPorts
  /** Copies and checks are not begun by themselves; for tests. */
  readonly upkeepByHand?: boolean
}

export type Core = {
  /** The one door: a JSON request in, a JSON envelope out; never rejects. */
  readonly dispatch: (context: DispatchContext, requestJson: string) => Promise<string>
  readonly subscribe: (listener: (event: CoreEvent) => void) => () => void
  /** For hosts and command-line tools that load master data or wait for the index; not reachable from a renderer. */
  readonly desk: Desk
  readonly close: () => Promise<void>
}

const handlers: AllHandlers = {
  session: sessionHandlers,
  recovery: recoveryHandlers,
  people: peopleHandlers,
  lookup: lookupHandlers,
  customers: customersHandlers,
  tickets: ticketsHandlers,
  readings: readingsHandlers,
  portal: portalHandlers,
  workspace: workspaceHandlers,
  outbox: outboxHandlers,
  inbox: inboxHandlers,
  reference: referenceHandlers,
  hub: hubHandlers,
  administration: administrationHandlers,
}

/**
 * Takes the data directory and stands ready; the store opens at the first sign-in. Throws `DataDirectoryBusyError`; a folder that cannot be
 * written to is a state of its own, told by `recovery.status`.
 */
export function createCore(options: CoreOptions): Core {
  const clock = options.clock ?? systemClock
  const ids = options.ids ?? createIds(clock)
  const log = options.log ?? silentLog
  const listeners = new Set<(event: CoreEvent) => void>()
  const emit = (event: CoreEvent) => {
    for (const listener of listeners) listener(event)
  }
  const lock = createFolderLock(options.dataDir)
  const desk = createDesk({
    lock,
    dataDir: options.dataDir,
    clock,
    ids,
    log,
    emit,
    ...(options.hashCost ? { hashCost: options.hashCost } : {}),
    ...(options.demo ? { demo: options.demo } : {}),
    ...(options.deviceKey ? { deviceKey: options.deviceKey } : {}),
    ...(options.appVersion ? { appVersion: options.appVersion } : {}),
    ...(options.hub ? { hub: options.hub } : {}),
    ...(options.upkeepByHand ? { upkeepByHand: true } : {}),
  })
  return {
    dispatch: createDispatch(handlers, { clock, ids, log, emit, desk }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    desk,
    close: async () => {
      try {
        await desk.close()
      } finally {
        lock.release()
      }
    },
  }
}
