import type { ServerResponse } from 'node:http'
import type { CoreEvent } from '../../shared/contract/events.ts'

/** Keeps the line from being taken for dead, and finds out when it is. */
const heartbeatMs = 15_000
/** A reader this far behind is cut off; it comes back and reads everything afresh. */
const mostWaitingBytes = 1024 * 1024
/** A page in view holds one stream; beyond this many, the oldest of a client gives way. */
const mostPerClient = 8

export type EventStreams = {
  /** Turns the answer into a stream of this client's events, until the client leaves. */
  open: (clientId: string, response: ServerResponse) => void
  send: (event: CoreEvent) => void
  closeAll: () => void
}

/** @param isSignedIn only those who are hear what the core says; the end of a session is told to its own client */
export function createEventStreams(isSignedIn: (clientId: string) => boolean): EventStreams {
  const streams = new Map<string, Set<ServerResponse>>()
  const heartbeat = setInterval(() => each(() => true, ': still here\n\n'), heartbeatMs)
  heartbeat.unref()

  function each(may: (clientId: string) => boolean, text: string): void {
    for (const [clientId, responses] of streams) {
      if (!may(clientId)) continue
      for (const response of responses) {
        if (response.writableLength > mostWaitingBytes) response.destroy()
        else response.write(text)
      }
    }
  }

  return {
    open: (clientId, response) => {
      const own = streams.get(clientId) ?? new Set()
      streams.set(clientId, own.add(response))
      response.on('close', () => {
        own.delete(response)
        if (own.size === 0 && streams.get(clientId) === own) streams.delete(clientId)
      })
      const [oldest] = own
      if (own.size > mostPerClient) oldest?.end()
      response.write('retry: 1000\n\n')
    },
    send: (event) => {
      const may = event.kind === 'signed_out' ? (clientId: string) => clientId === event.clientId : isSignedIn
      each(may, `data: ${JSON.stringify(event)}\n\n`)
    },
    closeAll: () => {
      clearInterval(heartbeat)
      for (const responses of streams.values()) for (const response of responses) response.end()
    },
  }
}
