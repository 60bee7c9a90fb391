/** What was refused, with everything that was typed; written again, let go, or taken back. */
import type { RefusedEntry } from '../../../shared/contract/inbox.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { operationKind } from '../../../shared/operations/all.ts'
import type { OperationRefusal } from '../../../shared/operations/all.ts'
import { isSettled, settleEntry } from '../../../shared/operations/decisions.ts'
import type { Operation } from '../../../shared/operations/operation.ts'
import type { z } from '../../../shared/domain/schema.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { findCustomer } from '../customers/customers-repo.ts'
import { peopleNames } from '../people/people-names.ts'
import { readState } from '../sync/sync-store.ts'
import { corrections, operationFor } from './corrections.ts'
import type { Correction } from './corrections.ts'
import { correctedBy, decisionsOf, standsFor } from './decisions.ts'

type Fields = { readonly [name: string]: Json | undefined }
type Found = { readonly opId: string; readonly kind: string; readonly at: string; readonly actor: string; readonly desk: string; readonly reason: string; readonly details: Json; readonly input: Fields; readonly letGo: string | null; readonly customer: CustomerRow | null; readonly ticketId: string | null }

export async function findRefused(call: SignedCall, opId: string): Promise<Found | null> {
  const row = call.store.rawReader
    .prepare(`SELECT o.op_id AS opId, o.kind, o.at, o.actor, o.desk, coalesce(o.reason, '') AS reason, o.details, o.input, o.let_go AS letGo, t.id AS ticketId, coalesce(json_extract(o.input, '$.customerId'), t.customer_id, f.customer_id, p.customer_id) AS customerId
      FROM outbox o LEFT JOIN ticket t ON t.id = json_extract(o.input, '$.ticketId') LEFT JOIN field_conflict f ON f.id = json_extract(o.input, '$.conflictId')
      LEFT JOIN contract_link l ON l.id = json_extract(o.input, '$.linkId') LEFT JOIN portal_profile p ON p.id = l.profile_id WHERE o.op_id = ? AND o.state = 'refused'`)
    .get(opId) as (Omit<Found, 'details' | 'input' | 'customer'> & { details: string; input: string; customerId: string | null }) | undefined
  if (!row) return null
  const { customerId, details, input, ...rest } = row
  return { ...rest, details: JSON.parse(details) as Json, input: JSON.parse(input) as Fields, customer: customerId === null ? null : await findCustomer(call.store.reader, customerId) }
}

export const correctionHandlers: Pick<HandlersOf<'inbox'>, 'refused' | 'correct' | 'letGo' | 'takeBack'> = {
  refused: async (call, { opId }) => {
    const found = await findRefused(call, opId)
    if (!found) return refuse('entry_not_found')
    if (!isDecider(call, found.actor)) return refuse('forbidden_decision')
    const rule = ruleFor(found)
    call.trace(found.customer?.id ?? null, { page: 'refused' })
    if (rule.correct === 'here' && rule.personal && found.customer && !call.session.verified.has(found.customer.id)) return refuse('not_verified', { customerId: found.customer.id })
    const aliases = readState(call.store.rawReader, 'aliases') ?? {}
    const name = await peopleNames(call.store, [aliases[found.actor] ?? found.actor])
    return ok<RefusedEntry>({
      opId: found.opId,
      kind: found.kind,
      at: found.at,
      actor: name(aliases[found.actor] ?? found.actor),
      desk: found.desk,
      reason: found.reason,
      details: found.details,
      customer: found.customer && { id: found.customer.id, kind: found.customer.kind, name: found.customer.companyName ?? [found.customer.lastName, found.customer.firstName].filter(Boolean).join(' ') },
      ticketId: found.ticketId,
      input: rule === outOfReach ? {} : found.input,
      stands: rule.correct === 'here' && rule.fields.includes('changes') ? standsNow(found) : null,
      correct: rule.correct,
      decisions: (await decisionsOf(call.store, [opId])).get(opId) ?? [],
    })
  },

  correct: async (call, { opId, fields }) => {
    const found = await findRefused(call, opId)
    if (!found) return refuse('entry_not_found')
    if (!isDecider(call, found.actor)) return refuse('forbidden_decision')
    const kind = operationKind(found.kind)
    const rule = ruleFor(found)
    if (kind === null || rule.correct !== 'here') return refuse('not_correctable')
    if (await isSettledHere(call, found)) return refuse('already_settled')
    const operation = operationFor(kind)
    if (!operation.roles.includes(call.actor.role)) return refuse('role')
    if (rule.personal && found.customer && !call.session.verified.has(found.customer.id)) return refuse('not_verified', { customerId: found.customer.id })
    const typed = Object.fromEntries(rule.fields.flatMap((name) => (name in fields ? [[name, fields[name]] as const] : [])))
    const whole = { ...found.input, ...typed }
    const input = operation.input.safeParse(withNewIds(call, rule.prepare?.(whole, found.customer) ?? whole))
    if (!input.success) return refuse('field_invalid', { field: input.error.issues[0]?.path.filter((part) => typeof part === 'string').at(-1) ?? '' })
    const written = await call.work.writeBoth(
      { operation: operation as unknown as Operation<z.ZodType, unknown, OperationRefusal>, input: input.data, auditKind: 'wrote' },
      ({ opId: by, subject }) => correctedBy('refused', opId, subject.customerId ?? found.customer?.id ?? '', by),
      call.actor,
    )
    if (!written.ok) return written
    call.desk.lookup().wake()
    const { subject } = written.value
    return ok({ opId: written.value.opId, customerId: subject.customerId, ticketId: subject.entity === 'ticket' ? subject.id : null })
  },

  letGo: (call, input) => settle(call, { ...input, choice: 'let_go' }),
  takeBack: (call, input) => settle(call, { ...input, choice: 'taken_back', reason: null }),
}

type Settling = { readonly about: 'refused' | 'superseded'; readonly opId: string; readonly customerId: string | null; readonly choice: 'let_go' | 'taken_back'; readonly reason: string | null }

async function settle(call: SignedCall, { about, opId, customerId, choice, reason }: Settling) {
  const supervisor = call.actor.role !== 'agent'
  const found = about === 'refused' ? await findRefused(call, opId) : null
  const step = about === 'superseded' ? superseded(call, opId) : null
  // Of another desk's refusals the hub tells supervisors whom they were about.
  const customer = found?.customer?.id ?? step?.customerId ?? (supervisor && found === null ? customerId : null)
  const actor = found?.actor ?? step?.actor
  if (!found && !step && customer === null) return refuse('entry_not_found')
  if (actor !== undefined && !isDecider(call, actor)) return refuse('forbidden_decision')
  if (customer === null) return letGoHere(call, opId, found?.letGo ?? null, choice, reason)
  const written = await call.work.write(settleEntry, { customerId: customer, about, opId, choice, correctedBy: null, reason }, call.actor, 'wrote')
  return written.ok ? ok(null) : written
}

/** About nobody this desk knows: the hub could not take a decision about it, and the desk keeps it. */
async function letGoHere(call: SignedCall, opId: string, before: string | null, choice: 'let_go' | 'taken_back', reason: string | null) {
  if ((choice === 'let_go') === (before !== null)) return refuse(choice === 'let_go' ? 'already_settled' : 'not_settled')
  const at = call.clock.now().toISOString()
  const decision = choice === 'let_go' ? JSON.stringify({ choice, by: call.actor.id, at, reason, opId: null }) : null
  await call.work.local((db) => db.prepare('UPDATE outbox SET let_go = ? WHERE op_id = ?').run(decision, opId))
  return ok(null)
}

/** There is nobody left who could be verified for the personal values in it: it can only be let go. */
const outOfReach: Correction = { correct: 'no' }

function ruleFor({ kind: name, customer }: Found): Correction {
  const kind = operationKind(name)
  if (kind === null) return { correct: 'no' }
  const rule = corrections[kind]
  return rule.correct === 'here' && rule.personal && customer === null ? outOfReach : rule
}

/** Who wrote something decides what becomes of it, and every supervisor. */
export function isDecider(call: SignedCall, author: string): boolean {
  return call.actor.role !== 'agent' || isSelf(call, author)
}

/** Whether whoever asks is this person, also under the id they had before this desk joined its hub. */
export function isSelf(call: SignedCall, actor: string): boolean {
  return ((readState(call.store.rawReader, 'aliases') ?? {})[actor] ?? actor) === call.actor.id
}

async function isSettledHere(call: SignedCall, { opId, letGo }: Found): Promise<boolean> {
  const decisions = (await decisionsOf(call.store, [opId])).get(opId)
  return decisions ? isSettled(decisions) : letGo !== null
}

function superseded(call: SignedCall, eventId: string): { readonly customerId: string; readonly actor: string } | null {
  const found = call.store.rawReader.prepare('SELECT t.customer_id AS customerId, e.actor FROM ticket_event e JOIN ticket t ON t.id = e.ticket_id WHERE e.id = ? AND e.superseded = 1').get(eventId)
  return (found as { readonly customerId: string; readonly actor: string } | undefined) ?? null
}

/** A ticket or an entry that was refused itself and written again since goes by its new id. */
function withNewIds(call: SignedCall, input: Fields): Fields {
  const db = call.store.rawReader
  const named = ['ticketId', 'entry', 'linkId'] as const
  return { ...input, ...Object.fromEntries(named.flatMap((name) => { const id = input[name]; return typeof id === 'string' ? [[name, standsFor(db, id)] as const] : [] })) }
}

function standsNow({ input, customer }: Found): { readonly [field: string]: string | null } {
  const changes = Array.isArray(input['changes']) ? (input['changes'] as readonly { readonly field?: unknown }[]) : []
  return Object.fromEntries(changes.flatMap(({ field }) => {
    if (typeof field !== 'string') return []
    const value = customer?.[field as keyof CustomerRow]
    return [[field, typeof value === 'string' ? value : null] as const]
  }))
}
