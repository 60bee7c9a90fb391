import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import type { RawDatabase } from '../store/cipher.ts'

/** What an operation at the desk changes of a customer, by the property it has in the extract. */
const ownable = { phone: 'phone', mobile: 'mobile', email: 'email', lastName: 'last_name', firstName: 'first_name', companyName: 'company_name', taxCode: 'tax_code', vatNumber: 'vat_number' } as const
type Ownable = keyof typeof ownable

/**
 * A customer's data that were changed here stand over what an extract says, until an extract has said the same once: then the billing
 * system knows, and its word counts again (architecture, "Contact data … carry an owner"). `remember` writes down that it knows.
 */
export function createOwnedFields(db: RawDatabase, remember: boolean): <K extends ExtractKind>(kind: K, record: ExtractRecords[K]) => ExtractRecords[K] {
  const newest = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM outbox').pluck()
  let readUpTo = -1
  let owned: ReturnType<typeof changedHere> = new Map()
  const known = db.prepare<[string], string>('SELECT value FROM sync_state WHERE key = ?').pluck()
  const note = db.prepare('INSERT INTO sync_state (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
  const stored = db.prepare<[string], Record<string, string | null>>(`SELECT ${Object.values(ownable).join(', ')} FROM customer WHERE id = ?`)
  return (kind, record) => {
    if (kind !== 'customers') return record
    // The desk goes on writing while a load runs.
    const seq = newest.get() ?? 0
    if (seq !== readUpTo) owned = changedHere(db)
    readUpTo = seq
    const customer = record as ExtractRecords['customers']
    const fields = owned.get(customer.id)
    const here = fields === undefined ? undefined : stored.get(customer.id)
    if (fields === undefined || here === undefined) return record
    const standing: Partial<Record<Ownable, string | null>> = {}
    for (const [field, seq] of fields) {
      const mark = `known:${customer.id}:${field}`
      const value = here[ownable[field]] ?? null
      if (value !== customer[field]) {
        if (Number(known.get(mark) ?? 0) < seq) standing[field] = value
      } else if (remember) note.run(mark, String(seq))
    }
    return { ...record, ...standing }
  }
}

/** The newest operation of this desk on each field of each customer. */
function changedHere(db: RawDatabase): ReadonlyMap<string, ReadonlyMap<Ownable, number>> {
  const found = new Map<string, Map<Ownable, number>>()
  const own = (customerId: string, field: unknown, seq: number): void => {
    if (typeof field !== 'string' || !(field in ownable)) return
    const fields = found.get(customerId) ?? new Map<Ownable, number>()
    fields.set(field as Ownable, seq)
    found.set(customerId, fields)
  }
  const changes = db.prepare(`SELECT o.subject_id AS customer, o.seq, json_extract(c.value, '$.field') AS field FROM outbox o, json_each(o.input, '$.changes') c
    WHERE o.kind IN ('customer.change-contact', 'customer.correct-identity') AND o.state <> 'refused' ORDER BY o.seq`)
  for (const row of changes.all() as { customer: string; seq: number; field: unknown }[]) own(row.customer, row.field, row.seq)
  const restored = db.prepare(`SELECT o.subject_id AS customer, o.seq, f.field FROM outbox o JOIN field_conflict f ON f.id = json_extract(o.input, '$.conflictId')
    WHERE o.kind = 'customer.settle-conflict' AND json_extract(o.input, '$.choice') = 'restore' AND o.state <> 'refused' ORDER BY o.seq`)
  for (const row of restored.all() as { customer: string; seq: number; field: unknown }[]) own(row.customer, row.field, row.seq)
  return found
}
