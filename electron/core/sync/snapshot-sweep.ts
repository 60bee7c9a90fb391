/** Takes out what a snapshot did not bring: of everything, or of the parts of the customers that were fetched again. */
import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { purgeCustomers } from './purge-rows.ts'
import { inParts, prepareParts, releaseParts } from './row-parts.ts'
import { everybodysTables } from './snapshot-rows.ts'

export type Turns = { readonly open: () => void; readonly close: () => void }

const customersAtOnce = 50
const rowsAtOnce = 2_000
/** What hangs on a row goes before it: whose it was is seen from there. */
const childrenFirst = ['reading', 'meter', 'address', 'supplyPoint', 'ticketEvent', 'contractLink']

/** Answers how many customers went. `parts`: those alone; `fresh`: nothing of customers was here before. */
export function sweep(db: RawDatabase, plans: readonly RecordPlan[], turns: Turns, fresh: boolean, parts: readonly string[] | null): number {
  const gone = fresh ? 0 : sweepCustomers(db, turns, parts)
  if (parts !== null) prepareParts(db)
  try {
    const rank = ({ name }: RecordPlan) => (childrenFirst.includes(name) ? childrenFirst.indexOf(name) : childrenFirst.length)
    const others = plans.filter(({ name }) => (fresh ? everybodysTables.has(name) : name !== 'customer')).toSorted((a, b) => rank(a) - rank(b))
    for (const plan of others) sweepTable(db, plan, turns, everybodysTables.has(plan.name) ? null : parts)
  } finally {
    if (parts !== null) releaseParts(db)
  }
  if (fresh || parts !== null) return gone
  turns.open()
  db.prepare(`UPDATE base_row SET row = NULL WHERE row IS NOT NULL AND NOT EXISTS (SELECT 1 FROM snapshot_seen s WHERE s.tbl = base_row.tbl
    AND s.key = (SELECT group_concat(value, char(9)) FROM json_each(base_row.key)))`).run()
  turns.close()
  return gone
}

function sweepCustomers(db: RawDatabase, { open, close }: Turns, parts: readonly string[] | null): number {
  const where = parts === null ? '' : 'substr(id, -2) IN (SELECT value FROM json_each(?)) AND '
  const unseen = db.prepare(`SELECT id FROM customer WHERE ${where}id NOT IN (SELECT key FROM snapshot_seen WHERE tbl = 'customer') LIMIT ${customersAtOnce}`).pluck()
  for (let gone = 0; ; ) {
    open()
    const ids = (parts === null ? unseen.all() : unseen.all(JSON.stringify(parts))) as string[]
    gone += purgeCustomers(db, ids).length
    close()
    if (ids.length === 0) return gone
  }
}

/** Rows under open operations stay: what becomes of them is decided by replay. */
function sweepTable(db: RawDatabase, plan: RecordPlan, { open, close }: Turns, parts: readonly string[] | null): void {
  const own = plan.key.map(({ column }) => `t.${column}`)
  const condition = `NOT EXISTS (SELECT 1 FROM snapshot_seen s WHERE s.tbl = '${plan.name}' AND s.key = ${own.join(' || char(9) || ')})
    AND NOT EXISTS (SELECT 1 FROM base_row b WHERE b.tbl = '${plan.name}' AND b.key = json_array(${own.join(', ')}))${parts === null ? '' : ` AND ${inParts(plan)}`}`
  const keys = plan.key.map(({ column }) => column).join(', ')
  const remove = db.prepare(`DELETE FROM ${plan.table} WHERE (${keys}) IN (SELECT ${own.join(', ')} FROM ${plan.table} t WHERE ${condition} LIMIT ${rowsAtOnce})`)
  for (;;) {
    open()
    const { changes } = parts === null ? remove.run() : remove.run(JSON.stringify(parts))
    close()
    if (changes === 0) return
  }
}
