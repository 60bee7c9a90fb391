import type { OutboxStatus } from '../../shared/contract/outbox.ts'
import type { Core } from '../core/core.ts'

export type SyncState = {
  /** Reads how the queue stands through the core's one door, as the client who is signed in there. */
  readonly ask: (clientId: string) => Promise<void>
  /** What waits and whether the hub is there; `null` until somebody who may know has asked. */
  readonly outbox: () => Pick<OutboxStatus, 'queued' | 'hub'> | null
}

type Reply = { readonly ok: boolean; readonly value?: OutboxStatus }

/** Follows the queue by the core's own events; the store itself stays the core's affair. */
export function followSync(core: Pick<Core, 'dispatch' | 'subscribe'>, changed: () => void): SyncState {
  let outbox: Pick<OutboxStatus, 'queued' | 'hub'> | null = null
  core.subscribe((event) => {
    if (event.kind !== 'outbox' || outbox === null) return
    outbox = { ...outbox, queued: event.queued }
    changed()
  })
  return {
    outbox: () => outbox,
    ask: async (clientId) => {
      const reply = JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call: 'outbox.status', input: {} }))) as Reply
      if (!reply.ok || reply.value === undefined) return
      outbox = { queued: reply.value.queued, hub: reply.value.hub }
      changed()
    },
  }
}
