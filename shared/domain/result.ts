/** An expected outcome: a value, or a refusal with a declared code. Never thrown. */
export type Result<T, E extends string = string> = Ok<T> | Refused<E>
export type Ok<T> = { readonly ok: true; readonly value: T }
export type Refused<E extends string> = {
  readonly ok: false
  readonly error: { readonly code: E; readonly details?: RefusalDetails }
}
/** Facts the screen needs to explain a refusal; never personal data. */
export type RefusalDetails = { readonly [key: string]: string | number | boolean | null | readonly RefusalDetails[] }

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

export function refuse<E extends string>(code: E, details?: RefusalDetails): Refused<E> {
  return details === undefined ? { ok: false, error: { code } } : { ok: false, error: { code, details } }
}

/** Ends an exhaustive switch: a forgotten case does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${typeof value}`)
}
