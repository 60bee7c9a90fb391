import type { DecisionRow } from '../domain/records/kept.ts'

/** Who decided what, when and why; `opId` is what stands in the place of what was decided about. */
export type DecisionView = { readonly choice: DecisionRow['choice']; readonly by: string; readonly at: string; readonly reason: string | null; readonly opId: string | null }
