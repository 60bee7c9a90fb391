/** The one door: find, parse, authorise, run, trace, envelope. The only catch in the core. */
import type { z } from 'zod'
import type { Access, AuditKind, CallSpec } from '../../shared/contract/call.ts'
import { contract } from '../../shared/contract/index.ts'
import type { RefusalDetails, Result } from '../../shared/domain/result.ts'
import { refuse } from '../../shared/domain/result.ts'
import type { AuditEntry } from './audit/audit-log.ts'
import { isDamage } from './store/damage.ts'
import { RecordHeldError } from './sync/held-back.ts'
import type { AllHandlers, CoreParts, DispatchContext, OpenCall, Session } from './context.ts'

type AnyCall = CallSpec
type AnyHandler = (call: OpenCall, input: unknown) => Promise<Result<unknown>>
type Trace = { subject: string | null; details: AuditEntry['details'] }

/** Far above any honest request; a longer one is not parsed. */
const longestRequest = 1024 * 1024

export function createDispatch(handlers: AllHandlers, parts: CoreParts): (context: DispatchContext, requestJson: string) => Promise<string> {
  const table = new Map<string, { call: AnyCall; handler: AnyHandler }>()
  for (const [area, calls] of Object.entries(contract)) {
    for (const [name, call] of Object.entries(calls)) {
      // `AllHandlers` proves that each handler fits its call; walking the table loses that pairing.
      const handler = (handlers[area as keyof AllHandlers] as unknown as Record<string, AnyHandler>)[name]
      if (!handler) throw new Error(`no handler for ${area}.${name}`)
      table.set(`${area}.${name}`, { call: call as AnyCall, handler })
    }
  }
  return async (context, requestJson) => {
    try {
      return JSON.stringify(await answer(context, requestJson))
    } catch (error) {
      return JSON.stringify(error instanceof RecordHeldError ? refuse('newer_version') : unexpected(error, parts))
    }
  }

  async function answer(context: DispatchContext, requestJson: string): Promise<Result<unknown>> {
    const request = parseRequest(requestJson)
    if (!request) return refuse('invalid_input', { issues: [{ path: '', reason: 'request' }] })
    const entry = table.get(request.call)
    if (!entry) return refuse('unknown_call')
    const session = parts.desk.session(context.clientId)
    const denied = authorise(entry.call.access, session)
    if (denied) return denied
    const parsed = entry.call.input.safeParse(request.input)
    if (!parsed.success) return refuse('invalid_input', { issues: parsed.error.issues.map(describeIssue) })
    const trace: Trace = { subject: null, details: {} }
    const open: OpenCall = {
      ...parts,
      clientId: context.clientId,
      trace: (subject, details = {}) => Object.assign(trace, { subject, details }),
    }
    const signed = session && entry.call.access !== 'anyone' ? { ...open, ...parts.desk.signedParts(session) } : open
    const result = await entry.handler(signed, parsed.data)
    if (result.ok) await leaveTrace(entry.call, trace, session)
    return result
  }

  /** No log row, no data shown: the entry is written before the answer leaves. */
  async function leaveTrace(call: AnyCall, trace: Trace, session: Session | null): Promise<void> {
    if (leftByHandler.has(call.audit)) return
    if (!session) throw new Error('an audited call has no actor')
    await parts.desk.audit({ at: parts.clock.now().toISOString(), actor: session.personId, kind: call.audit as Exclude<AuditKind, 'none'>, subject: trace.subject, details: trace.details })
  }
}

/** Writes carry their entry in their own transaction; who comes in leaves it before there is a session. */
const leftByHandler: ReadonlySet<AuditKind> = new Set<AuditKind>(['none', 'wrote', 'administered', 'signed_in', 'set_up'])

/** A NUL or half a surrogate pair, as JSON writes them: half an emoji that was pasted. No hub's database can hold it, and nothing else of what was typed may suffer. */
const unstorable = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i
const storable = (_key: string, value: unknown): unknown => (typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value)

function parseRequest(text: string): { call: string; input: unknown } | null {
  if (text.length > longestRequest) return null
  try {
    const value: unknown = JSON.parse(text, unstorable.test(text) ? storable : undefined)
    if (typeof value !== 'object' || value === null || !('call' in value) || typeof value.call !== 'string') return null
    return { call: value.call, input: 'input' in value ? value.input : {} }
  } catch {
    return null
  }
}

function authorise(access: Access, session: Session | null): Result<never> | null {
  if (access === 'anyone') return null
  if (!session) return refuse('not_signed_in')
  return access.includes(session.actor.role) ? null : refuse('forbidden')
}

/** Field and reason, never the value. */
function describeIssue(issue: z.core.$ZodIssue): RefusalDetails {
  const limit = issue.code === 'too_small' ? { minimum: Number(issue.minimum) } : issue.code === 'too_big' ? { maximum: Number(issue.maximum) } : {}
  return { path: issue.path.map(String).join('.'), reason: issue.code === 'custom' ? issue.message : issue.code, ...limit }
}

function unexpected(error: unknown, parts: CoreParts): Result<never> {
  const code = storageCode(error)
  if (code !== 'internal') parts.desk.storage.failed(code)
  const reference = parts.ids.next().slice(-12)
  parts.log('error', 'call_failed', { reference, name: error instanceof Error ? error.name : 'unknown', code: errorCode(error) })
  return refuse(code, { reference })
}

function storageCode(error: unknown): 'storage_full' | 'storage_read_only' | 'storage_damaged' | 'internal' {
  const code = errorCode(error)
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return 'storage_full'
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES') return 'storage_read_only'
  if (isDamage(error)) return 'storage_damaged'
  return 'internal'
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('driverError' in error) return errorCode(error.driverError)
  return 'none'
}

