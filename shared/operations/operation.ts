/**
 * A write is an operation: it reads some records, decides the changes or a refusal, and nothing else.
 * The desk runs it at once and queues it; the hub runs the same function again with authority.
 */
import type { z } from 'zod'
import type { CivilDay } from '../domain/civil-day.ts'
import type { Json } from '../domain/json.ts'
import type { PersonId } from '../domain/ids.ts'
import type { Role } from '../domain/records/people.ts'
import type { TableName, Tables } from '../domain/records/tables.ts'
import type { RefusalDetails, Refused } from '../domain/result.ts'

/** Equality on columns; an array means "one of". */
export type Where<T extends TableName> = { readonly [K in keyof Tables[T]]?: Tables[T][K] | readonly Tables[T][K][] }

/** The reading side of a store, inside the transaction of the write. */
export type Reader = {
  one: <T extends TableName>(table: T, where: Where<T>) => Promise<Tables[T] | null>
  many: <T extends TableName>(table: T, where: Where<T>, order?: { readonly by: keyof Tables[T] & string; readonly descending?: boolean; readonly limit?: number }) => Promise<readonly Tables[T][]>
}

export type Change = {
  [T in TableName]:
    | { readonly table: T; readonly action: 'insert'; readonly row: Omit<Tables[T], 'n'> }
    | { readonly table: T; readonly action: 'update'; readonly where: Where<T>; readonly set: Partial<Tables[T]> }
}[TableName]

export type Decision<E extends string> = { readonly ok: true; readonly changes: readonly Change[]; readonly subject: Subject } | Refused<E>
export const subjectEntities = ['ticket', 'reading', 'contractLink', 'person', 'customer'] as const
export type SubjectEntity = (typeof subjectEntities)[number]
/** What the write was about, for audit, events and receipts. */
export type Subject = { readonly entity: SubjectEntity; readonly id: string; readonly customerId: string | null }

/** Everything a decision may know beside the records: no clock, no randomness of its own. */
export type Facts = {
  readonly opId: string
  /** Instant, ISO UTC. */
  readonly now: string
  /** Civil day and wall time in Europe/Rome at that instant. */
  readonly today: CivilDay
  readonly time: string
  readonly actor: { readonly id: PersonId; readonly name: string; readonly role: Role }
  readonly desk: string
}

export type Operation<I extends z.ZodType, R, E extends string> = {
  readonly kind: string
  readonly version: number
  readonly input: I
  readonly refusals: readonly E[]
  readonly roles: readonly Role[]
  readonly load: (read: Reader, input: z.output<I>) => Promise<R>
  readonly decide: (records: R, input: z.output<I>, facts: Facts) => Decision<E>
  /** What the desk saw that the hub's rule compares with; travels with the operation. */
  readonly basis?: (records: R) => Json
  /**
   * The hub's rule where two desks wrote about the same thing (reliability, table 3.6): asked before `decide`, with the records as they are
   * at the hub and the `basis` of the desk. `null` leaves it to `decide`.
   */
  readonly merge?: (records: R, input: z.output<I>, facts: Facts, basis: Json) => Merge | null
}
/** What the hub made of something that somebody else had written about as well. */
export type MergeCode = 'same_reading' | 'reading_contested' | 'ticket_moved_on' | 'field_conflict' | 'same_value' | 'settled_twice'
/** `merged`: joined with what is there. `superseded`: kept on record without its effect. `review`: refused until a supervisor has looked. */
export type Merge =
  | { readonly outcome: 'applied' | 'merged' | 'superseded'; readonly code: MergeCode; readonly changes: readonly Change[]; readonly subject: Subject }
  | { readonly outcome: 'rejected'; readonly code: 'review' }
export type AnyOperation = Operation<z.ZodType, never, string>

/** Describes an operation; infers the types of its records and refusals. */
export function operation<I extends z.ZodType, R, const E extends string, const K extends string>(spec: Operation<I, R, E> & { readonly kind: K }): Operation<I, R, E> & { readonly kind: K } {
  return spec
}

/** The changes of a decision that goes through. */
export function apply(subject: Subject, ...changes: readonly Change[]): { ok: true; changes: readonly Change[]; subject: Subject } {
  return { ok: true, changes, subject }
}

export type { RefusalDetails }
