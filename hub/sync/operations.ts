/** Every operation the hub carries out, with whose affair each is, and how those of older desks are read. */
import type { z } from 'zod'
import type { Json } from '../../shared/domain/json.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import { attachFile } from '../../shared/operations/attachments.ts'
import { changeContact, correctIdentity, settleConflict } from '../../shared/operations/customers.ts'
import { settleEntry } from '../../shared/operations/decisions.ts'
import type { Decision, Facts, Merge, Operation, Reader } from '../../shared/operations/operation.ts'
import { addPerson, setPersonActive } from '../../shared/operations/people.ts'
import { linkContract, unlinkContract } from '../../shared/operations/portal.ts'
import { deleteReading, enterReading, replaceReading, settleReading } from '../../shared/operations/readings.ts'
import { answerTicket, cancelTicket, closeTicket, noteTicket, openTicket, reopenTicket, takeTicket, waitTicket } from '../../shared/operations/tickets.ts'

/** A customer whose territory must be the desk's. `hidden`: the refusal otherwise, where the plain one would tell that the customer exists. */
export type Concern = { readonly customerId: string; readonly hidden?: string }

/** An operation whose types of input and records are its own affair. */
export type HubOperation = {
  readonly kind: string
  readonly version: number
  readonly roles: readonly Role[]
  readonly input: z.ZodType
  readonly load: (read: Reader, input: unknown) => Promise<unknown>
  readonly concerns: (records: unknown, input: unknown) => readonly Concern[]
  readonly decide: (records: unknown, input: unknown, facts: Facts) => Decision<string>
  readonly merge: ((records: unknown, input: unknown, facts: Facts, basis: Json) => Merge | null) | null
}

function entry<I extends z.ZodType, R, E extends string>(operation: Operation<I, R, E>, concerns: (records: R, input: z.output<I>) => readonly Concern[]): HubOperation {
  return { ...operation, merge: operation.merge ?? null, concerns } as unknown as HubOperation
}

const named = (input: { readonly customerId: string }): readonly Concern[] => [{ customerId: input.customerId }]
const ofTicket = ({ ticket }: { readonly ticket: { readonly customerId: string } | null }): readonly Concern[] => (ticket ? [{ customerId: ticket.customerId }] : [])
const ofNobody = (): readonly Concern[] => []

export const hubOperations: readonly HubOperation[] = [
  entry(openTicket, (_records, input) => named(input)),
  entry(takeTicket, ofTicket),
  entry(noteTicket, ofTicket),
  entry(waitTicket, ofTicket),
  entry(answerTicket, ofTicket),
  entry(closeTicket, ofTicket),
  entry(reopenTicket, ofTicket),
  entry(cancelTicket, ofTicket),
  entry(attachFile, ofTicket),
  entry(enterReading, (_records, input) => named(input)),
  entry(deleteReading, (_records, input) => named(input)),
  entry(settleReading, (_records, input) => named(input)),
  entry(replaceReading, (_records, input) => named(input)),
  entry(settleEntry, (_records, input) => named(input)),
  // The holder of the service may be another customer than the owner of the profile.
  entry(linkContract, ({ holder }, input) => [...named(input), ...(holder && holder.id !== input.customerId ? [{ customerId: holder.id, hidden: 'service_not_found' }] : [])]),
  entry(unlinkContract, ({ profile }) => (profile ? [{ customerId: profile.customerId }] : [])),
  entry(changeContact, (_records, input) => named(input)),
  entry(correctIdentity, (_records, input) => named(input)),
  entry(settleConflict, ({ conflict }) => (conflict ? [{ customerId: conflict.customerId }] : [])),
  entry(addPerson, ofNobody),
  entry(setPersonActive, ofNobody),
]

const byKind = new Map(hubOperations.map((each) => [each.kind, each]))

/** Input of a version as the next version would have it. */
export type Upcaster = (input: Json) => Json
/** By kind and the version that is read: `{ 'ticket.open': { 1: (input) => … } }`. None is needed yet. */
export const upcasters: Readonly<Record<string, Readonly<Record<number, Upcaster>>>> = {}

export type Recognised = { readonly ok: true; readonly operation: HubOperation; readonly input: Json } | { readonly ok: false; readonly code: 'unknown_kind' | 'newer_version' | 'version_too_old' }

/** The operation a kind and version stand for, and the input in the shape of its newest version. */
export function recognise(kind: string, version: number, input: Json, known: ReadonlyMap<string, HubOperation> = byKind, steps = upcasters): Recognised {
  const operation = known.get(kind)
  if (!operation) return { ok: false, code: 'unknown_kind' }
  if (version > operation.version) return { ok: false, code: 'newer_version' }
  let current = input
  for (let at = version; at < operation.version; at += 1) {
    const step = steps[kind]?.[at]
    if (!step) return { ok: false, code: 'version_too_old' }
    current = step(current)
  }
  return { ok: true, operation, input: current }
}

