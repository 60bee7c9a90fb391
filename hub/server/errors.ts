import type { Json } from '../../shared/domain/json.ts'

/** Details of an error: codes, counts and instants, never a personal value. */
export type ErrorDetails = { readonly [key: string]: Json }

/** An expected failure: what a handler throws to answer `{error: {code, details}}` with this status. Anything else becomes `internal`. */
export class HubError extends Error {
  override readonly name = 'HubError'
  readonly status: number
  readonly code: string
  readonly details: ErrorDetails | undefined
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number | undefined

  constructor(status: number, code: string, details?: ErrorDetails, retryAfter?: number) {
    super(code)
    this.status = status
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }
}

/** A record that is missing and one that may not be seen are the same answer. */
export const notFound = (): HubError => new HubError(404, 'not_found')
export const unauthenticated = (): HubError => new HubError(401, 'unauthenticated')
