/** A network in which the names that the test gave lead to ports of this machine, over TLS with the certificate it gave; all others lead nowhere. */
import { request } from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { tell } from './link.ts'
import { machine } from './settings.ts'

export type Question = { readonly url: URL; readonly method: string; readonly headers: Readonly<Record<string, string | string[]>> }

/** Whether the answer sends the asker elsewhere. */
export function redirectOf(answer: IncomingMessage, asked: URL): string | null {
  const { statusCode = 0, headers } = answer
  return statusCode >= 300 && statusCode < 400 && headers.location !== undefined ? new URL(headers.location, asked).href : null
}

/** Node's request, which the asker ends. `null` where the name leads nowhere. */
export function ask({ url, method, headers }: Question): ClientRequest | null {
  tell({ note: 'network', address: url.href })
  const server = machine.servers.find(({ host }) => host === url.hostname)
  if (server === undefined || url.protocol !== 'https:' || url.port !== '') return null
  return request({ host: '127.0.0.1', port: server.port, servername: server.host, ca: server.certificate, path: url.pathname + url.search, method, headers: { ...headers, host: server.host }, agent: false })
}
