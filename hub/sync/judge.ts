/** What becomes of one operation: who may do it, whose affair it is, and then the operation's own rule on the hub's records. */
import { createHash } from 'node:crypto'
import { romeTime } from '../../shared/domain/civil-day.ts'
import type { PersonId } from '../../shared/domain/ids.ts'
import type { Json } from '../../shared/domain/json.ts'
import type { PersonRow } from '../../shared/domain/records/people.ts'
import type { Change, Facts, Reader, Subject } from '../../shared/operations/operation.ts'
import { opHashText } from '../../shared/sync/wire.ts'
import type { Outcome, WireOperation } from '../../shared/sync/wire.ts'
import type { Concern, HubOperation, recognise } from './operations.ts'

/** The desk an operation came from. */
export type Origin = { readonly deviceId: string; readonly scopes: readonly string[]; readonly alias: ReadonlyMap<string, string> }
export type Delivered = { readonly operation: WireOperation; readonly origin: Origin }

export type Verdict = {
  readonly outcome: Outcome
  readonly code: string | null
  readonly details: Json
  readonly changes: readonly Change[]
  readonly subject: Subject | null
  /** Person of the hub's staff, when known. */
  readonly actor: string | null
}

/** What is asked besides the records; both answer for many at once. */
export type Authority = {
  readonly reader: Reader
  readonly recognise: typeof recognise
  readonly territoryOf: (customerId: string) => Promise<string | null>
  /** Scopes an erased record had, or `null` when it was not erased. */
  readonly erasedFrom: (id: string) => Promise<readonly string[] | null>
}

const hashes = new WeakMap<WireOperation, string>()
/** SHA-256 of what an operation says, computed once. */
export function hashOf(operation: WireOperation): string {
  const known = hashes.get(operation)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(opHashText(operation)).digest('hex')
  hashes.set(operation, hash)
  return hash
}

const refused = (code: string, details: Json = null, actor: string | null = null): Verdict => ({ outcome: 'rejected', code, details, changes: [], subject: null, actor })

/** Throws only for faults of the code or the database, never for what a desk has sent. */
export async function judge({ operation: wire, origin }: Delivered, authority: Authority): Promise<Verdict> {
  if (hashOf(wire) !== wire.hash) return refused('hash_mismatch')
  if (!isStorable(wire)) return refused('invalid_input')
  const known = authority.recognise(wire.kind, wire.version, wire.input)
  if (!known.ok) return refused(known.code)
  const { operation } = known
  const actor = await authority.reader.one('person', { id: (origin.alias.get(wire.actor) ?? wire.actor) as PersonId })
  if (!actor) return refused('actor_unknown')
  const stranger = refusalOf(actor, operation)
  if (stranger !== null) return refused(stranger, null, actor.id)
  const input = operation.input.safeParse(known.input)
  if (!input.success) return refused('invalid_input', null, actor.id)
  const records = await operation.load(authority.reader, input.data)
  const outside = await refusalOfScope(wire, input.data, operation.concerns(records, input.data), origin, authority)
  if (outside !== null) return refused(outside, null, actor.id)
  return decide(operation, records, input.data, factsOf(wire, actor), wire.basis)
}

function decide(operation: HubOperation, records: unknown, input: unknown, facts: Facts, basis: Json): Verdict {
  const merged = operation.merge?.(records, input, facts, basis) ?? null
  if (merged?.outcome === 'rejected') return refused(merged.code, null, facts.actor.id)
  if (merged) return { outcome: merged.outcome, code: merged.code, details: null, changes: merged.changes, subject: merged.subject, actor: facts.actor.id }
  const decision = operation.decide(records, input, facts)
  if (!decision.ok) return refused(decision.error.code, (decision.error.details ?? null), facts.actor.id)
  return { outcome: 'applied', code: null, details: null, changes: decision.changes, subject: decision.subject, actor: facts.actor.id }
}

function refusalOf(actor: PersonRow, operation: HubOperation): string | null {
  if (!actor.active) return 'actor_disabled'
  return operation.roles.includes(actor.role) ? null : 'role'
}

/**
 * A customer of another territory and one that does not exist are the same refusal. What was erased is told to the desks that had it, so that
 * they understand what became of their work.
 */
async function refusalOfScope(wire: WireOperation, input: unknown, concerns: readonly Concern[], { scopes }: Origin, { territoryOf, erasedFrom }: Authority): Promise<string | null> {
  const named = new Set([...namedIn(input), wire.subjectId, ...concerns.map(({ customerId }) => customerId)])
  const erased = await Promise.all([...named].map(erasedFrom))
  if (erased.some((from) => from?.some((scope) => scopes.includes(scope)) === true)) return 'erased'
  for (const { customerId, hidden } of concerns) {
    const territory = await territoryOf(customerId)
    if (territory === null || !scopes.includes(territory)) return hidden ?? 'outside_territory'
  }
  // Tickets of the former system have numbers that can be guessed; those opened here do not.
  if (concerns.length === 0 && 'ticketId' in (input as object) && wire.subjectId.includes(':')) return 'outside_territory'
  return null
}

/** Ids by which an input may name something that was erased. */
export function namedIn(input: unknown): readonly string[] {
  if (input === null || typeof input !== 'object') return []
  return Object.entries(input).flatMap(([name, value]) => (typeof value === 'string' && (name === 'customerId' || name === 'ticketId' || name === 'linkId' || name === 'conflictId') ? [value] : []))
}

/** PostgreSQL holds neither a NUL nor half a surrogate pair. */
export const isStorableText = (text: string): boolean => !text.includes('\0') && text.isWellFormed()

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(([name, inner]) => isStorableText(name) && isStorable(inner))
}

function factsOf({ opId, at, desk }: WireOperation, actor: PersonRow): Facts {
  const { day, time } = romeTime(at)
  return { opId, now: new Date(at).toISOString(), today: day, time, actor: { id: actor.id, name: actor.displayName, role: actor.role }, desk }
}
