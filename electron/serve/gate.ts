/**
 * Who may speak to this host at all. Loopback is reachable by every program and every local user of the machine, and
 * by any page in the browser that guesses the port, so a request must prove that it comes from the desk's own page.
 */
import type { IncomingHttpHeaders } from 'node:http'

export type Refusal = { readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415; readonly reason: string }

/** Sent by the desk's own page with each call; another origin could send it only after a preflight, which gets no leave. */
export const callHeader = 'x-sportello'

/** The name the browser used must be ours: a foreign name that resolves to loopback (DNS rebinding) is turned away. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Checks a read (page, file, event stream). A browser says where a request comes from; other clients may say nothing. */
export function refuseRead(headers: IncomingHttpHeaders, port: number): Refusal | null {
  if (!isOwnHost(headers.host, port)) return { status: 403, reason: 'host' }
  if (headers.origin !== undefined && headers.origin !== originOf(headers)) return { status: 403, reason: 'origin' }
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, reason: 'site' }
  return null
}

/** Checks a call: everything a read must show, and beyond that what only a script of our own page can send. */
export function refuseCall(headers: IncomingHttpHeaders, port: number): Refusal | null {
  const refused = refuseRead(headers, port)
  if (refused) return refused
  if (headers.origin === undefined) return { status: 403, reason: 'origin' }
  if (headers['sec-fetch-site'] === 'none') return { status: 403, reason: 'site' }
  if (headers[callHeader] !== '1') return { status: 403, reason: 'header' }
  if (!isJson(headers['content-type'])) return { status: 415, reason: 'content_type' }
  return null
}

function originOf(headers: IncomingHttpHeaders): string {
  return `http://${headers.host}`
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(contentType)
}
