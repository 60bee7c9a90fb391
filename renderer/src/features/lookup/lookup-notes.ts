import type { LookupRow } from '../../../../shared/contract/lookup.ts'
import { fold } from '../../../../shared/domain/fold.ts'

/** Neighbouring rows of one name: a caller must be told apart before one is opened. */
export type Homonyms = {
  /** Index of the last of them; the note stands below. */
  readonly after: number
  readonly first: number
  readonly count: number
  readonly name: string
  readonly kind: LookupRow['kind']
}

/**
 * Groups of customers with the same name among the rows. The last group is left out while more rows may belong to it,
 * so that its note never moves.
 */
export function homonymsOf(rows: readonly LookupRow[], complete: boolean): Homonyms[] {
  const groups: Homonyms[] = []
  let first = 0
  for (let i = 1; i <= rows.length; i++) {
    const here = rows[i]
    const head = rows[first]
    if (head === undefined) break
    if (here !== undefined && here.kind === head.kind && fold(here.name.text) === fold(head.name.text)) continue
    const ended = here !== undefined || complete
    if (i - first > 1 && ended) groups.push({ after: i - 1, first, count: i - first, name: head.name.text, kind: head.kind })
    first = i
  }
  return groups
}

/** Whether several customers were found by one telephone number or one e-mail address. */
export function sharedContact(rows: readonly LookupRow[]): 'phone' | 'email' | null {
  const by = (reason: 'phone' | 'email'): boolean => {
    const [one, other] = rows
    return one?.reasons[0] === reason && other?.reasons[0] === reason
  }
  return by('phone') ? 'phone' : by('email') ? 'email' : null
}
