/** The hub's own chain of who did what; entries hold ids, kinds and counts, never a personal value. */
export type AuditEntry = {
  readonly at: string
  /** Person of the staff, or `hub` for what it does by itself. */
  readonly actor: string
  /** Desk it was done from, `null` at the hub's command line. */
  readonly deviceId: string | null
  readonly kind: string
  /** Id of the record. */
  readonly subject: string | null
  readonly details: { readonly [key: string]: string | number | boolean | null | readonly string[] }
}
