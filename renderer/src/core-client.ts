import type { CoreClient } from '../../shared/contract/index.ts'
import type { RequestEnvelope } from '../../shared/contract/call.ts'
import { refuse } from '../../shared/domain/result.ts'
import type { Result } from '../../shared/domain/result.ts'

/** Carries one JSON string to the core and one back; rejects when the host cannot be reached. */
export type Transport = (requestJson: string) => Promise<string>

/** Stands in the details of an `internal` refusal that was made here, because no answer came from the core. */
const unreachable = 'unreachable'

/**
 * Every call of the contract as a function, `core.tickets.open(input)`. The answer is always an envelope: without an
 * answer from the core it is `internal` with `details.reason` `unreachable`, and a write may have happened or not.
 */
export function createCoreClient(transport: Transport): CoreClient {
  const areas = named((area) => named((name) => (input: unknown) => ask(transport, { call: `${area}.${name}`, input })))
  return areas as CoreClient
}

/** Whether a refusal only says that no answer came: worth a "try again", and no reference number to quote. */
export function isUnreachable(reply: Result<unknown>): boolean {
  return !reply.ok && reply.error.code === 'internal' && reply.error.details?.['reason'] === unreachable
}

async function ask(transport: Transport, request: RequestEnvelope): Promise<Result<unknown>> {
  try {
    const reply: unknown = JSON.parse(await transport(JSON.stringify(request)))
    if (isEnvelope(reply)) return reply
  } catch {
    // No answer, or none of the core's.
  }
  return refuse('internal', { reason: unreachable })
}

function isEnvelope(value: unknown): value is Result<unknown> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false
  if (value.ok === true) return true
  return value.ok === false && 'error' in value && typeof value.error === 'object' && value.error !== null && 'code' in value.error && typeof value.error.code === 'string'
}

/** An object with a member for every name, made when first asked for. */
function named<T>(make: (name: string) => T): object {
  const made = new Map<string, T>()
  return new Proxy(
    {},
    {
      get: (_, name) => {
        // A promise that resolves with this object asks for `then`: it must not be taken for a call.
        if (typeof name === 'symbol' || name === 'then') return undefined
        const known = made.get(name)
        if (known !== undefined) return known
        const fresh = make(name)
        made.set(name, fresh)
        return fresh
      },
    },
  )
}
