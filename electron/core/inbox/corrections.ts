/**
 * How each kind of operation is written again after the hub refused it: which of its fields a person may change, what is personal in them, and
 * what is brought up to date by itself. A kind that is forgotten here does not compile.
 */
import type { Json } from '../../../shared/domain/json.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import { allOperations } from '../../../shared/operations/all.ts'
import type { OperationKind } from '../../../shared/operations/all.ts'
import { contactFields, identityFields } from '../../../shared/operations/customers.ts'
import type { ContactField, IdentityField } from '../../../shared/operations/customers.ts'
import type { AnyOperation } from '../../../shared/operations/operation.ts'
import { normalContact } from '../customers/contact-handlers.ts'
import { normalIdentity } from '../customers/identity-handlers.ts'

type Fields = { readonly [name: string]: Json | undefined }
type Here = {
  readonly correct: 'here'
  /** What may be typed anew; everything else stays as it was. */
  readonly fields: readonly string[]
  /** Values a caller has to be verified for. */
  readonly personal: boolean
  readonly prepare?: (input: Fields, customer: CustomerRow | null) => Fields
}
export type Correction = Here | { readonly correct: 'administration' | 'no' }

const words: Here = { correct: 'here', fields: ['text'], personal: false }

export const corrections: { readonly [K in OperationKind]: Correction } = {
  'ticket.open': { correct: 'here', fields: ['supplyPointId', 'area', 'type', 'channel', 'receivedDay', 'subject', 'text', 'priority'], personal: false },
  'ticket.take': words,
  'ticket.note': words,
  'ticket.wait': words,
  'ticket.answer': words,
  'ticket.close': words,
  'ticket.reopen': words,
  'ticket.cancel': words,
  'ticket.attach': { correct: 'here', fields: ['name'], personal: false },
  'reading.enter': { correct: 'here', fields: ['value', 'value2', 'value3', 'correctorValue', 'reason'], personal: false },
  // There is nothing to type: what it names is deleted, or is not there.
  'reading.delete': { correct: 'here', fields: [], personal: false },
  'reading.settle': { correct: 'here', fields: ['reason'], personal: false },
  'reading.replace': { correct: 'here', fields: ['value', 'value2', 'value3', 'correctorValue', 'reason'], personal: false },
  'portal.link': { correct: 'here', fields: ['customerCode', 'serviceCode', 'taxCode', 'vatNumber', 'declarationAccepted', 'declarationVersion', 'declaredAs'], personal: true },
  'portal.unlink': { correct: 'here', fields: ['reason'], personal: false },
  'customer.change-contact': { correct: 'here', fields: ['changes'], personal: true, prepare: (input, customer) => ({ ...input, changes: changesFrom(input['changes'], customer, contactFields, (field, to) => normalContact(field as ContactField, to)) }) },
  'customer.correct-identity': { correct: 'here', fields: ['changes', 'reason'], personal: true, prepare: (input, customer) => ({ ...input, changes: changesFrom(input['changes'], customer, identityFields, (field, to) => normalIdentity(field as IdentityField, to)) }) },
  'customer.settle-conflict': { correct: 'here', fields: ['choice'], personal: false },
  // Who works here is the hub's affair, and what was decided about something else can be decided again there.
  'person.add': { correct: 'administration' },
  'person.set-active': { correct: 'administration' },
  'entry.settle': { correct: 'no' },
}

export function operationFor(kind: OperationKind): AnyOperation {
  const found = allOperations.find((each) => each.kind === kind)
  if (!found) throw new Error(`no operation ${kind}`)
  return found
}

/** The values typed, against what stands now: whoever corrects has seen it. */
function changesFrom(given: Json | undefined, customer: CustomerRow | null, allowed: readonly (keyof CustomerRow)[], normal: (field: string, typed: string) => string | null): Json {
  if (!Array.isArray(given) || !customer) return given ?? null
  return given.map((each: unknown) => {
    const { field, to } = (each ?? {}) as { readonly field?: unknown; readonly to?: unknown }
    const known = allowed.find((name) => name === field)
    if (known === undefined) return { field: String(field), from: null, to: null }
    const stands = customer[known]
    return { field: known, from: typeof stands === 'string' ? stands : null, to: typeof to === 'string' ? normal(known, to.trim()) : null }
  })
}
