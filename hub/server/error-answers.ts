import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { HubError } from './errors.ts'

/** What is logged of an error: its kind, its code and where, never its message, which may hold values of records. */
export function describeError(error: unknown): { readonly type: string; readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' }
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 8).map((line) => line.trim())
  return { type: error.name, message: codeOf(error), stack: at.join(' | ') }
}

/** PostgreSQL's states for values it cannot hold: the request's fault. */
const unfit = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008', '54000'])
/** States that pass: waited too long, too many at once, shutting down, serialization. */
const passing = /^(08|53|57|40|55P03|25P03|58)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/
const poolMessages = /timeout exceeded when trying to connect|Connection terminated|Cannot use a pool after/

/** Every failure as an answer: an expected one as it is, one of the framework by its status, everything else with a reference and no more. */
export function toHubError(error: unknown, log: FastifyBaseLogger): HubError {
  if (error instanceof HubError) return error
  const code = error instanceof Error ? codeOf(error) : ''
  const status = error instanceof Error && 'statusCode' in error && code.startsWith('FST_') ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) return new HubError(status, frameworkCodes.get(status) ?? 'invalid')
  if (unfit.has(code)) return new HubError(400, 'invalid')
  const reference = randomUUID()
  if (passing.test(code) || (error instanceof Error && poolMessages.test(error.message))) {
    log.warn({ reference, err: describeError(error) }, 'database not available')
    return new HubError(503, 'busy', { reference }, 2)
  }
  log.error({ reference, err: describeError(error) }, 'request failed')
  return new HubError(500, 'internal', { reference })
}

const frameworkCodes = new Map([[400, 'invalid'], [404, 'not_found'], [405, 'not_found'], [408, 'too_slow'], [413, 'too_large'], [414, 'too_long'], [415, 'unsupported_media_type'], [431, 'too_long']])

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

export function errorBody({ code, details }: HubError): string {
  return JSON.stringify({ error: details === undefined ? { code } : { code, details } })
}
