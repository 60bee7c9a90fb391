/**
 * The machinery of a call. One entry in an area file is the whole description of a call: input schema,
 * output type, declared refusals, who may call it, and which trace it leaves in the audit log.
 * Client type, validation at the door and handler signature follow from it.
 */
import type { z } from 'zod'
import type { JsonSafe } from '../domain/json.ts'
import type { Result } from '../domain/result.ts'
import type { Role } from '../domain/records/people.ts'

/** What a call leaves in the audit log; `none` is for calls that show no personal data and change nothing. */
export const auditKinds = [
  'none',
  'signed_in',
  'signed_out',
  'set_up',
  'searched',
  'opened_customer',
  'verified_caller',
  'opened_ticket',
  'listed',
  'wrote',
  'exported',
  'administered',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** `anyone` may call before sign-in; otherwise the roles that may. */
export type Access = 'anyone' | readonly Role[]

/** Errors that any call may answer, beside its own. */
export const commonErrors = [
  'invalid_input',
  'unknown_call',
  'not_signed_in',
  'forbidden',
  'internal',
  'storage_full',
  'storage_read_only',
  'storage_damaged',
  /** A newer hub has said more about the record than this desk understands: it can be read here, and not written to. */
  'newer_version',
  'closing',
] as const
export type CommonError = (typeof commonErrors)[number]

declare const output: unique symbol
export type CallSpec<I extends z.ZodType = z.ZodType, O = unknown, E extends string = string, A extends Access = Access> = {
  readonly input: I
  readonly errors: readonly E[]
  readonly access: A
  readonly audit: AuditKind
  readonly [output]?: O
}

/** Describes one call; give the output type through `.returns<T>()`, which must be JSON-safe. */
export function call<I extends z.ZodType, const E extends string, const A extends Access>(spec: {
  input: I
  errors: readonly E[]
  access: A
  audit: AuditKind
}): { returns: <O>(...proof: [O] extends [JsonSafe<O>] ? [] : [outputIsNotJsonSafe: never]) => CallSpec<I, O, E, A> } {
  return { returns: () => spec }
}

export const everyone = ['agent', 'supervisor', 'administrator'] as const satisfies readonly Role[]
export const supervisors = ['supervisor', 'administrator'] as const satisfies readonly Role[]
export const administrators = ['administrator'] as const satisfies readonly Role[]

export type InputOf<C> = C extends CallSpec<infer I> ? z.input<I> : never
export type ParsedInputOf<C> = C extends CallSpec<infer I> ? z.output<I> : never
export type OutputOf<C> = C extends CallSpec<z.ZodType, infer O> ? O : never
export type ErrorOf<C> = C extends CallSpec<z.ZodType, unknown, infer E> ? E : never
export type AccessOf<C> = C extends CallSpec<z.ZodType, unknown, string, infer A> ? A : never

/** The one envelope of every answer. */
export type ReplyOf<C> = Result<OutputOf<C>, ErrorOf<C> | CommonError>

/** What crosses the line, as one JSON string each way. */
export type RequestEnvelope = { readonly call: string; readonly input: unknown }
