import type { Json } from '../../../shared/domain/json.ts'
import { ok } from '../../../shared/domain/result.ts'
import type { Ok } from '../../../shared/domain/result.ts'
import type { SignedCall } from '../context.ts'
import type { HubAnswer, HubTransport } from '../sync/ports.ts'

/** What the hub said, or why it could not be asked. `hub_session`: the person has to sign in at the hub first. */
export type HubRefused = {
  readonly ok: false
  readonly error:
    | { readonly code: 'no_hub' | 'hub_unreachable' | 'hub_session' }
    /** The hub answered no: its own code and details. */
    | { readonly code: 'hub_refused'; readonly hubCode: string; readonly status: number; readonly details: Json }
}
type Asking = Pick<SignedCall, 'desk' | 'session'>

/** Codes by which the hub says that the session is over, and who has it may sign in again. */
const sessionOver: ReadonlySet<string> = new Set(['session_ended', 'session_required', 'unauthenticated'])

/**
 * Asks the hub as the person of this call: `path` such as `/v1/administration/people`, `body` as JSON. Never throws for what the hub or
 * the network does.
 */
export function askHub(call: Asking, path: string, body: Json): Promise<Ok<Json> | HubRefused> {
  return inSession(call, (transport, token) => transport.ask(path, body, token))
}

/** A file that the hub made, of this content type; `sha256` as the hub told it. */
export function fetchFromHub(call: Asking, path: string, type: string): Promise<Ok<{ readonly bytes: Uint8Array; readonly sha256: string | null }> | HubRefused> {
  return inSession(call, (transport, token) => transport.file(path, type, token))
}

async function inSession<T>(call: Asking, ask: (transport: HubTransport, token: string) => Promise<HubAnswer<T>>): Promise<Ok<T> | HubRefused> {
  const hub = call.desk.hub()
  if (!hub) return { ok: false, error: { code: 'no_hub' } }
  const token = hub.sessionOf(call.session.personId)
  if (token === null) return { ok: false, error: { code: 'hub_session' } }
  const answer = await ask(hub.transport, token)
  if (answer.ok) return ok(answer.value)
  const { failure } = answer
  if (failure.kind !== 'refused') return { ok: false, error: { code: 'hub_unreachable' } }
  if (failure.status === 401 && sessionOver.has(failure.code)) {
    hub.forgetSession(call.session.personId)
    return { ok: false, error: { code: 'hub_session' } }
  }
  return { ok: false, error: { code: 'hub_refused', hubCode: failure.code, status: failure.status, details: failure.details } }
}
