/**
 * To which part of the customers each row belongs: the last two characters of its customer's id, here as at the hub. A row that customers of
 * several parts share is in each of them; one of nobody is in none.
 */
import type { RecordPlan } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'

const part = (column: string) => `substr(${column}, -2)`
const everybody = '*'

/** Which points, addresses and links belong where: inside a transaction, before `partsOfRows` is asked. */
export function prepareParts(db: RawDatabase): void {
  for (const [name, rows] of [
    ['part_point', `SELECT DISTINCT supply_point_id AS id, ${part('customer_id')} AS part FROM contract`],
    ['part_address', `SELECT address_id AS id, ${part('id')} AS part FROM customer WHERE address_id IS NOT NULL
      UNION SELECT s.address_id, p.part FROM supply_point s JOIN temp.part_point p ON p.id = s.id WHERE s.address_id IS NOT NULL`],
    ['part_link', `SELECT l.id, ${part('c.id')} AS part FROM contract_link l JOIN customer c ON c.id = l.holder_customer_id
      UNION SELECT l.id, ${part('c.id')} FROM contract_link l JOIN portal_profile f ON f.id = l.profile_id JOIN customer c ON c.id = f.customer_id`],
  ] as const) {
    db.exec(`CREATE TEMP TABLE ${name} (id TEXT NOT NULL, part TEXT NOT NULL, PRIMARY KEY (id, part)) WITHOUT ROWID`)
    db.exec(`INSERT INTO temp.${name} ${rows}`)
  }
}

export function releaseParts(db: RawDatabase): void {
  for (const name of ['part_point', 'part_address', 'part_link']) db.exec(`DROP TABLE IF EXISTS temp.${name}`)
}

/** Every row of a table, its part first: once for each part that has it. */
export function partsOfRows(plan: RecordPlan): string {
  const { value, from } = placeOf(plan)
  return `SELECT coalesce(${value}, '') AS part, ${plan.columns.map(({ column }) => `t.${column}`).join(', ')} FROM ${plan.table} t ${from}`
}

/** A condition on rows `t` of a table: that they belong to one of the parts in the JSON list that is bound. */
export function inParts(plan: RecordPlan): string {
  const { value, from } = placeOf(plan)
  const keys = plan.key.map(({ column }) => column)
  return `(${keys.map((key) => `t.${key}`).join(', ')}) IN (SELECT ${keys.map((key) => `t.${key}`).join(', ')} FROM ${plan.table} t ${from} WHERE ${value} IN (SELECT value FROM json_each(?)))`
}

function placeOf({ name, table }: RecordPlan): { readonly value: string; readonly from: string } {
  switch (name) {
    case 'brand': case 'readingWindow': case 'person': return { value: `'${everybody}'`, from: '' }
    case 'customer': return { value: part('t.id'), from: '' }
    case 'contract': case 'invoice': case 'ticket': case 'portalProfile': case 'fieldConflict': case 'attachment': case 'decision': return { value: part('t.customer_id'), from: '' }
    case 'ticketEvent': return { value: part('k.customer_id'), from: 'LEFT JOIN ticket k ON k.id = t.ticket_id' }
    case 'contractLink': return { value: 'p.part', from: 'LEFT JOIN temp.part_link p ON p.id = t.id' }
    case 'supplyPoint': return { value: 'p.part', from: 'LEFT JOIN temp.part_point p ON p.id = t.id' }
    case 'meter': return { value: 'p.part', from: 'LEFT JOIN temp.part_point p ON p.id = t.supply_point_id' }
    case 'reading': return { value: 'p.part', from: 'LEFT JOIN meter m ON m.id = t.meter_id LEFT JOIN temp.part_point p ON p.id = m.supply_point_id' }
    case 'address': return { value: 'p.part', from: 'LEFT JOIN temp.part_address p ON p.id = t.id' }
    default: throw new Error(`${table} has no place`)
  }
}
