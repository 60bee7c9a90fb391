import { getCurrentScope, onScopeDispose } from 'vue'
import type { CoreEvent } from '../../../../shared/contract/events.ts'
import type { Host } from '../../host.ts'
import type { Ports } from '../../ports.ts'

/** Refusals are short; longer replies need not be looked through. */
const longestRefusal = 400

export type SharedEvents = {
  /** The host's `call`; an answer that nobody is signed in is told to the listeners as `signed_out`. */
  readonly call: Host['call']
  /** One stream for all listeners; a listener of a component or a store leaves with it. */
  readonly onEvent: Ports['onEvent']
}

/** One event stream for the whole renderer: a browser allows only a handful of connections to one host. */
export function shareEvents(host: Pick<Host, 'call' | 'onEvent'>): SharedEvents {
  const listeners = new Set<(event: CoreEvent) => void>()
  const tell = (event: CoreEvent): void => {
    for (const listener of listeners) listener(event)
  }
  host.onEvent((event) => tell(JSON.parse(event) as CoreEvent))
  return {
    async call(request) {
      const reply = await host.call(request)
      if (reply.length < longestRefusal && reply.includes('"not_signed_in"')) tell({ kind: 'signed_out', clientId: '' })
      return reply
    },
    onEvent(listener) {
      listeners.add(listener)
      const leave = (): void => void listeners.delete(listener)
      if (getCurrentScope() !== undefined) onScopeDispose(leave)
      return leave
    },
  }
}
