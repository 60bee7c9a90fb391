import { In } from 'typeorm'
import type { DecisionView } from '../../../shared/contract/decisions.ts'
import { settleEntry } from '../../../shared/operations/decisions.ts'
import type { z } from '../../../shared/domain/schema.ts'
import { models } from '../../../shared/model/models.ts'
import { peopleNames } from '../people/people-names.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'

/** What was decided about each of these, the newest last. */
export async function decisionsOf(store: Store, subjectIds: readonly string[]): Promise<ReadonlyMap<string, readonly DecisionView[]>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await store.reader.getRepository(models.decision).find({ where: { subjectId: In([...subjectIds]) }, order: { subjectId: 'ASC', seq: 'ASC' } })
  const name = await peopleNames(store, rows.map(({ by }) => by))
  const views = new Map<string, DecisionView[]>()
  for (const { subjectId, choice, by, at, reason, opId } of rows) views.set(subjectId, [...(views.get(subjectId) ?? []), { choice, by: name(by), at, reason, opId }])
  return views
}

/** What stands in the place of something that was refused, through any number of corrections; the id itself where nothing does. */
export function standsFor(db: RawDatabase, opId: string): string {
  const next = db.prepare(`SELECT op_id FROM decision WHERE subject_id = ? AND choice = 'corrected' ORDER BY seq DESC LIMIT 1`).pluck()
  let current = opId
  for (const seen = new Set<string>(); !seen.has(current); ) {
    seen.add(current)
    const found: unknown = next.get(current)
    if (typeof found === 'string') current = found
  }
  return current
}

/** Says of what was refused, or came too late, that another operation stands in its place; written with that one or not at all. */
export function correctedBy(about: 'refused' | 'superseded', opId: string, customerId: string, by: string) {
  const input: z.output<typeof settleEntry.input> = { customerId, about, opId, choice: 'corrected', correctedBy: by, reason: null }
  return { operation: settleEntry, input, auditKind: 'wrote' as const }
}
