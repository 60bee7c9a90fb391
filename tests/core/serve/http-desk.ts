/** A browser as the loopback host sees one, with every header under the test's control. */
import { request } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }
export type Asked = { readonly method?: string; readonly path?: string; readonly headers?: OutgoingHttpHeaders; readonly body?: string | Buffer }

export type HttpDesk = {
  readonly cookie: string
  /** What the desk's own page sends with a call. */
  readonly callHeaders: OutgoingHttpHeaders
  /** The transport of a core client: one JSON string there, one back. */
  readonly call: (requestJson: string) => Promise<string>
  /** Joins the event stream; resolves once the host has opened it. */
  readonly listen: () => Promise<{ readonly heard: string[]; readonly ended: Promise<void>; leave: () => void }>
}

/** One exchange; the path goes out exactly as given. */
export function ask(port: number, { method = 'GET', path = '/', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      text(response).then((whole) => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: whole }), reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Comes in through an entry address, as a browser that keeps the cookie does. */
export async function enterDesk(address: string): Promise<HttpDesk> {
  const { port: portText, pathname, search, origin } = new URL(address)
  const port = Number(portText)
  const entered = await ask(port, { path: pathname + search })
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0]
  if (cookie === undefined) throw new Error(`not let in: ${entered.status}`)
  const callHeaders = { cookie, origin, 'sec-fetch-site': 'same-origin', 'x-sportello': '1', 'content-type': 'application/json' }
  return {
    cookie,
    callHeaders,
    call: async (body) => (await ask(port, { method: 'POST', path: '/call', headers: callHeaders, body })).text,
    listen: () =>
      new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path: '/events', headers: { cookie }, agent: false }, (response) => {
          const heard: string[] = []
          response.setEncoding('utf8')
          response.on('data', (part: string) => heard.push(...part.split('\n').flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []))))
          const ended = new Promise<void>((end) => response.on('close', end))
          response.once('data', () => resolve({ heard, ended, leave: () => asked.destroy() }))
        })
        asked.on('error', reject)
        asked.end()
      }),
  }
}

async function text(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of response as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
