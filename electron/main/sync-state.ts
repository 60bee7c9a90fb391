import type { OutboxStatus } from '../../shared/contract/outbox.ts'
import type { Core } from '../core/core.ts'

export type SyncState = {
  /** Reads how the queue stands through the core's one door, as a client who is signed in there. */
  readonly ask: () => void
  /** What waits and whether the hub is there; `null` until somebody who may know has asked. */
  readonly outbox: () => Pick<OutboxStatus, 'queued' | 'hub'> | null
}

export type SyncParts = {
  readonly core: Pick<Core, 'dispatch' | 'subscribe'>
  /** A client that is signed in now; `null` while there is none, and then nothing is asked. */
  readonly client: () => string | null
  readonly changed: () => void
  readonly failed: (error: unknown) => void
}

type Reply = { readonly ok: boolean; readonly value?: OutboxStatus }

/** A send tells of the hub for each part of it: what comes within this time is asked once. */
const gatherMs = 500

/** Follows queue and hub by the core's own events; the store itself stays the core's affair. */
export function followSync({ core, client, changed, failed }: SyncParts): SyncState {
  let outbox: Pick<OutboxStatus, 'queued' | 'hub'> | null = null
  let gathering: NodeJS.Timeout | undefined
  /** Answers may overtake each other: only that of the newest question counts. */
  let newest = 0

  async function read(clientId: string): Promise<void> {
    const mine = ++newest
    const reply = JSON.parse(await core.dispatch({ clientId }, JSON.stringify({ call: 'outbox.status', input: {} }))) as Reply
    if (mine !== newest || !reply.ok || reply.value === undefined) return
    outbox = { queued: reply.value.queued, hub: reply.value.hub }
    changed()
  }

  function ask(): void {
    const clientId = client()
    if (clientId !== null) read(clientId).catch(failed)
  }

  core.subscribe((event) => {
    // The event says that something has changed about the hub, not what: a write confirmed, a line lost, a hub joined.
    if (event.kind === 'hub') {
      gathering ??= setTimeout(() => {
        gathering = undefined
        ask()
      }, gatherMs).unref()
    }
    if (event.kind !== 'outbox' || outbox === null) return
    outbox = { ...outbox, queued: event.queued }
    changed()
  })
  return { outbox: () => outbox, ask }
}
