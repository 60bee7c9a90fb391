/**
 * A route says everything about itself: who may call it, what it takes, how much and how often. The server registers nothing else
 * (`register.ts` makes it refuse to start), and `/openapi.json`, the tests of roles and the flood of malformed requests are made from it.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { z } from '../../shared/domain/schema.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import type { RateClass } from './rate-classes.ts'

/** `device`: the proof of an enrolled desk. `person`: that, and the session of somebody signed in on it. */
export type Access = 'anyone' | 'device' | 'person'

/** The desk that asks, as it stood when the request came in. */
export type DeviceIdentity = { readonly id: string; readonly name: string; readonly officeId: string; readonly epoch: number; readonly scopeRevision: number }
export type PersonIdentity = { readonly id: string; readonly username: string; readonly displayName: string; readonly role: Role; readonly sessionId: string }

type Schema = z.ZodType
/** `bytes` takes `application/octet-stream` as it comes. */
type BodySpec = Schema | 'bytes'
type Output<S> = S extends Schema ? z.output<S> : S extends 'bytes' ? Buffer : null

/** What a handler is given: everything in it has been checked. */
export type Call<A extends Access, P, Q, B> = {
  readonly device: A extends 'anyone' ? null : DeviceIdentity
  readonly person: A extends 'person' ? PersonIdentity : null
  readonly params: Output<P>
  readonly query: Output<Q>
  readonly body: Output<B>
  readonly headers: IncomingHttpHeaders
  /** Address of the one who asks, behind trusted proxies the one they name. */
  readonly address: string
  readonly now: Date
  /** Fires when the one who asked hung up or the hub stops: long answers end then. */
  readonly signal: AbortSignal
}

export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly type: string | null; readonly content: string | Buffer | Readable | null }

export const json = (value: unknown, status = 200): Answer => ({ status, type: 'application/json; charset=utf-8', content: JSON.stringify(value) })
export const text = (content: string | Readable, type = 'text/plain; charset=utf-8', headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, headers, type, content })
export const bytes = (content: Buffer | Readable, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, headers, type: 'application/octet-stream', content })
/** `data:` lines; the stream must send something at least every 20 seconds, since silent connections are closed. */
export const events = (content: Readable): Answer => ({ status: 200, type: 'text/event-stream', content })
export const empty = (status = 204, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, headers, type: null, content: null })

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'

export type RouteSpec<A extends Access, P, Q, B> = {
  readonly method: Method
  /** `/v1/admin/people/:id`; every `:name` has its entry in `params`. */
  readonly path: string
  readonly access: A
  /** Who may call a route of persons; another role is answered 403. */
  readonly roles: A extends 'person' ? readonly Role[] : null
  /** Strict objects: an unknown field is refused. Without a schema there must be nothing. */
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Bytes of the body, 0 for none; JSON at most 1 MiB. */
  readonly bodyLimit: number
  readonly rate: RateClass
  readonly summary: string
  /** What comes back with 2xx, for `/openapi.json`; a text is a media type. */
  readonly answer: Schema | string | null
}

export type Route = RouteSpec<Access, Schema | null, Schema | null, BodySpec | null> & { readonly handle: (call: never) => Answer | Promise<Answer> }

/** Describes a route and its handler; infers the types of what the handler is given. */
export function route<const A extends Access, const P extends Schema | null, const Q extends Schema | null, const B extends BodySpec | null>(
  spec: RouteSpec<A, P, Q, B> & { readonly handle: (call: Call<A, P, Q, B>) => Answer | Promise<Answer> },
): Route {
  return spec
}
