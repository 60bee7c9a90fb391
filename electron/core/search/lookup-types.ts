import type { LookupScope, MatchReason } from '../../../shared/contract/lookup.ts'
import type { Mark } from '../../../shared/domain/fold.ts'
import type { IdentifierKind, Recognised } from '../../../shared/domain/recognise.ts'
import type { Commodity } from '../../../shared/domain/records/master.ts'
import type { LookupAddress } from './search-document.ts'

export type LookupRequest = {
  readonly text: string
  /** Rows wanted, 1–200. */
  readonly limit: number
  /** Where the page before ended; opaque. */
  readonly cursor?: string | null
  readonly scope?: LookupScope
}

/** A found customer, unmasked: who calls the lookup masks. */
export type LookupRow = {
  readonly n: number
  readonly id: string
  readonly brandId: string
  readonly code: string
  readonly kind: 'person' | 'company'
  /** Surname and first name, or the ragione sociale. */
  readonly name: string
  readonly birthYear: number | null
  readonly sinceDay: string | null
  readonly taxCode: string | null
  readonly vatNumber: string | null
  readonly phones: readonly string[]
  readonly email: string | null
  readonly emailUnreachable: boolean
  readonly vulnerable: boolean
  /** The address that matched, else the main one. */
  readonly address: LookupAddress | null
  readonly active: readonly Commodity[]
  readonly closed: readonly Commodity[]
  /** Year of the last closing when nothing is active any more. */
  readonly closedYear: number | null
  readonly why: readonly MatchReason[]
  /** The code or e-mail address that matched, with the contract it belongs to if it belongs to one. */
  readonly matched: { readonly reason: MatchReason; readonly value: string; readonly marks: readonly Mark[]; readonly serviceCode: string | null } | null
  /** Stretches of `name`, `address.street`, `address.town` and `code` to highlight. */
  readonly marks: { readonly name: readonly Mark[]; readonly street: readonly Mark[]; readonly town: readonly Mark[]; readonly code: readonly Mark[] }
}

export type LookupPage = {
  readonly rows: readonly LookupRow[]
  /**
   * Where the next page begins; null after the very last match. A page may be short, even empty, with a cursor left: the time for one
   * call was up, ask on.
   */
  readonly cursor: string | null
  /** The rows are those of another spelling, because the typed one is nobody's. */
  readonly corrected?: { readonly from: string; readonly to: string }
  /** Other readings worth offering; never applied by themselves while the typed text finds something. */
  readonly suggestions: readonly Pick<Recognised, 'kind' | 'value'>[]
  /** How much of the index is built, in customers. */
  readonly index: { readonly done: number; readonly total: number }
  readonly recognised: readonly IdentifierKind[]
}

export type CountState = { readonly total: number; readonly finished: boolean }

/** An exact count in the making. */
export type LookupCount = {
  /** Counts on for at most about `maxMillis`; `total` is what is known so far. */
  readonly step: (maxMillis: number) => CountState
}
