/** What people have written in a history, as they typed it and as their desk showed the records then. The oracle knows nothing else of the operations. */
export type Written =
  | { readonly kind: 'open'; readonly customerId: string; readonly type: string; readonly text: string }
  | { readonly kind: 'step'; readonly step: string; readonly ticketId: string; readonly text: string; readonly seenState: string }
  | { readonly kind: 'read'; readonly customerId: string; readonly meterId: string; readonly value: number }
  | { readonly kind: 'unread'; readonly customerId: string; readonly meterId: string; readonly day: string; readonly entry: string }
  | { readonly kind: 'settle'; readonly customerId: string; readonly meterId: string; readonly day: string; readonly entry: string }
  | { readonly kind: 'replace'; readonly customerId: string; readonly meterId: string; readonly day: string; readonly value: number }
  | { readonly kind: 'contact'; readonly customerId: string; readonly field: string; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'conflict'; readonly conflictId: string; readonly restore: boolean }
  | { readonly kind: 'identity'; readonly customerId: string; readonly field: string; readonly from: string | null; readonly to: string }
  | { readonly kind: 'link'; readonly customerId: string; readonly contractId: string; readonly holderId: string }
  | { readonly kind: 'unlink'; readonly linkId: string }
  /** Nothing any hub may carry out: refused with this code; `first` before anybody asks who wrote it. */
  | { readonly kind: 'bad'; readonly code: string; readonly first: boolean }

export type Entry = {
  readonly opId: string
  readonly desk: number
  /** Number of the person in `small-utility.ts`. */
  readonly person: number
  /** Instant of the desk's own clock. */
  readonly at: string
  readonly what: Written
  /** The person was told that it is saved; otherwise it was found on the disk after a crash. */
  readonly told: boolean
}
export type Ledger = {
  readonly entries: Map<string, Entry>
  /** Operations whose outcome has reached the desk: by desk, with the outcome as it was told. */
  readonly acknowledged: Map<string, string>
  /** The only copy of these went with a disk that was put back as a whole. */
  readonly excused: Set<string>
}
export const createLedger = (): Ledger => ({ entries: new Map(), acknowledged: new Map(), excused: new Set() })
