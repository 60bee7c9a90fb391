/** What the oracle is told, and what it says must be there. */
import type { Ledger } from './ledger.ts'

/** A row of the hub's audit chain, which is in the order of its commits. */
export type Decided = { readonly kind: string; readonly subject: string | null; readonly deviceId: string | null; readonly details: { readonly [key: string]: unknown } }
export type Verdict = { readonly outcome: 'applied' | 'merged' | 'superseded' | 'rejected'; readonly code: string | null }
export type Event = { readonly id: string; readonly ticketId: string; readonly kind: string; readonly to: string; readonly text: string | null; readonly superseded: boolean }
export type Ticket = { readonly id: string; readonly customerId: string; readonly type: string; state: string; assignee: string | null }
export type Reading = { readonly meterId: string; readonly day: string; readonly entry: string; readonly value: number; state: string }
export type Conflict = { readonly id: string; readonly customerId: string; readonly field: string; readonly kept: string | null; readonly lost: string | null; state: string }
export type Decision = { readonly id: string; readonly customerId: string; readonly subject: string; readonly seq: number; readonly choice: string; readonly entry: string | null }
export type Link = { readonly id: string; readonly profileOf: string; readonly contractId: string; readonly holderId: string; state: string }
export type Expected = {
  readonly verdicts: Map<string, Verdict>
  readonly tickets: Map<string, Ticket>
  readonly events: Map<string, Event>
  readonly readings: Map<string, Reading>
  readonly contacts: Map<string, Map<string, string | null>>
  readonly conflicts: Map<string, Conflict>
  readonly links: Map<string, Link>
  /** Who decided what, in the order in which it reached the hub. */
  readonly decisions: Map<string, Decision>
  readonly territoryOf: Map<string, string>
  /** Territories of each desk at the end; none for one that was let go. */
  readonly scopesOf: readonly (readonly string[])[]
  readonly erased: Set<string>
  readonly afterRevocation: readonly string[]
}
export type OracleInput = {
  readonly ledger: Ledger
  readonly decided: readonly Decided[]
  readonly deviceIds: readonly string[]
  readonly personIds: readonly string[]
  /** Contact data and names as they stood at first. */
  readonly contacts: readonly { readonly id: string; readonly [field: string]: string | null }[]
  readonly dayOf: (instant: string) => string
}
