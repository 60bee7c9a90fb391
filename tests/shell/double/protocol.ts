import type Electron from 'electron'
import { onCommand } from './link.ts'
import { strict } from './strict.ts'

type Handler = Parameters<Electron.Protocol['handle']>[1]
const handlers = new Map<string, Handler>()
const privileged = new Set<string>()

export const schemes: ReadonlySet<string> = privileged

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes) => {
    for (const { scheme, privileges } of schemes) {
      if (privileges?.standard !== true || privileges.secure !== true) throw new Error(`The double shows standard and secure schemes only, not ${scheme}`)
      if (privileges.bypassCSP === true) throw new Error(`The double bypasses no policy, as ${scheme} asks`)
      privileged.add(scheme)
    }
  },
  handle: (scheme, handler) => {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'>)

/** The application's own answer to a request for one of its addresses; redirects are followed here, the browser never sees them. */
export async function answerOf(address: string, init: RequestInit): Promise<Response> {
  const handler = handlers.get(new URL(address).protocol.slice(0, -1))
  if (handler === undefined) return new Response('', { status: 404 })
  // Node's and Electron's declarations of the same classes differ in names only.
  return (await handler(new Request(address, init)))
}

onCommand('fetch-app', async ({ address, method }) => {
  const response = await answerOf(address, { method })
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
})
