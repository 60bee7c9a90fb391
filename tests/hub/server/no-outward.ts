/**
 * Loaded before a hub (`node --import`): every way out of the process is refused and said on standard error, but for the addresses that
 * `SPORTELLO_TEST_ALLOWED` names (`host:port`, with commas).
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const allowed = new Set((process.env['SPORTELLO_TEST_ALLOWED'] ?? '').split(','))
const refuse = (what: string): Error => {
  process.stderr.write(`outward ${what}\n`)
  return Object.assign(new Error('refused by the test'), { code: 'ECONNREFUSED' })
}

type Target = { readonly host?: string; readonly port?: number | string; readonly path?: string }
/** Arguments come as options, as port and host, or as the list that `net.connect` has made of them. */
function targetOf([first, second]: readonly unknown[]): Target {
  if (Array.isArray(first)) return targetOf(first)
  if (typeof first === 'object' && first !== null) return first
  return typeof second === 'string' ? { port: first as number, host: second } : { port: first as number }
}

/* Sockets, and with them TLS, HTTP and fetch. */
const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => net.Socket
Reflect.set(net.Socket.prototype, 'connect', function (this: net.Socket, ...args: unknown[]): net.Socket {
  const { host = 'localhost', port, path } = targetOf(args)
  const name = path ?? `${host}:${String(port)}`
  return allowed.has(name) ? Reflect.apply(connect, this, args) : this.destroy(refuse(name))
})

const names = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveMx', 'resolveSrv', 'resolveTxt', 'reverse'] as const
for (const name of names) {
  const asIs = Reflect.get(dns, name) as (...args: unknown[]) => unknown
  Object.assign(dns, { [name]: (host: string, ...rest: unknown[]) => {
    // An address is not asked of anybody.
    if (name === 'lookup' && net.isIP(host) !== 0) return asIs(host, ...rest)
    const error = refuse(`dns ${host}`)
    const done = rest.at(-1)
    if (typeof done === 'function') (done as (cause: Error) => void)(error)
    return undefined
  } })
  Object.assign(dns.promises, { [name]: (host: string) => Promise.reject(refuse(`dns ${host}`)) })
}
Reflect.set(dgram.Socket.prototype, 'send', () => void refuse('datagram'))
syncBuiltinESMExports()
