/** Which desks a row belongs to. A scope is a territory, or `*` for everybody. */
import type { TableName } from '../../shared/domain/records/tables.ts'
import type { Tx } from '../server/parts.ts'
import type { Row } from './record-sql.ts'

export const everybody = '*'
/** Where customers live that no territory's rules fit. */
export const otherwise = 'all'

type Placed = { readonly table: TableName; readonly row: Row }
type Scopes = readonly string[]
type Found = ReadonlyMap<string, Scopes>

/** Territories of the desk's office, and `*`. */
export async function deviceScopes(tx: Pick<Tx, 'query'>, officeId: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ id: string }>('SELECT territory_id AS id FROM office_territory WHERE office_id = $1 ORDER BY territory_id', [officeId])
  return [everybody, ...rows.map(({ id }) => id)]
}

/** The scopes of each row, in their order; the rows must have been written. A row of nobody's belongs to nobody: `none`. */
export async function scopesOf(tx: Tx, rows: readonly Placed[]): Promise<readonly Scopes[]> {
  const owners = new Map<keyof typeof questions, Set<string>>()
  for (const { table, row } of rows) {
    for (const [question, id] of askedOf(table, row)) owners.set(question, (owners.get(question) ?? new Set()).add(id))
  }
  const answers = new Map<keyof typeof questions, Found>()
  for (const [question, ids] of owners) answers.set(question, await ask(tx, questions[question], [...ids]))
  return rows.map(({ table, row }) => {
    if (isEverybodys(table)) return [everybody]
    const scopes = new Set(askedOf(table, row).flatMap(([question, id]) => answers.get(question)?.get(id) ?? []))
    return scopes.size === 0 ? ['none'] : [...scopes].toSorted()
  })
}

const customersOf = (id: string, from: string) => `SELECT ${id} AS id, array_agg(DISTINCT ct.territory_id) AS scopes FROM ${from} GROUP BY 1`
const ofPoint = (where: string, id: string) => customersOf(id, `contract AS c JOIN customer_territory AS ct ON ct.customer_id = c.customer_id ${where}`)
/** Each answers the territories of the ids in `$1`. */
const questions = {
  customer: customersOf('ct.customer_id', 'customer_territory AS ct WHERE ct.customer_id = ANY($1)'),
  ticket: customersOf('t.id', 'ticket AS t JOIN customer_territory AS ct ON ct.customer_id = t.customer_id WHERE t.id = ANY($1)'),
  profile: customersOf('p.id', 'portal_profile AS p JOIN customer_territory AS ct ON ct.customer_id = p.customer_id WHERE p.id = ANY($1)'),
  point: ofPoint('WHERE c.supply_point_id = ANY($1)', 'c.supply_point_id'),
  meter: ofPoint('JOIN meter AS m ON m.supply_point_id = c.supply_point_id WHERE m.id = ANY($1)', 'm.id'),
  address: `SELECT id, array_agg(DISTINCT territory_id) AS scopes FROM (
      SELECT u.address_id AS id, ct.territory_id FROM customer AS u JOIN customer_territory AS ct ON ct.customer_id = u.id WHERE u.address_id = ANY($1)
      UNION ALL
      SELECT p.address_id, ct.territory_id FROM supply_point AS p JOIN contract AS c ON c.supply_point_id = p.id JOIN customer_territory AS ct ON ct.customer_id = c.customer_id WHERE p.address_id = ANY($1)
    ) AS owned GROUP BY 1`,
} as const

/** What every desk holds. */
export const everybodysTables = ['brand', 'readingWindow', 'person'] as const satisfies readonly TableName[]
const isEverybodys = (table: TableName): boolean => (everybodysTables as readonly TableName[]).includes(table)

/** Whose territories a row has. */
function askedOf(table: TableName, row: Row): readonly (readonly [keyof typeof questions, string])[] {
  const of = (question: keyof typeof questions, property: string) => [[question, String(row[property])] as const]
  switch (table) {
    case 'brand':
    case 'readingWindow':
    case 'person':
      return []
    case 'customer':
      return of('customer', 'id')
    case 'contract':
    case 'invoice':
    case 'ticket':
    case 'portalProfile':
    case 'fieldConflict':
    case 'attachment':
    case 'decision':
      return of('customer', 'customerId')
    case 'ticketEvent':
      return of('ticket', 'ticketId')
    case 'contractLink':
      return [...of('profile', 'profileId'), ...of('customer', 'holderCustomerId')]
    case 'supplyPoint':
      return of('point', 'id')
    case 'meter':
      return of('point', 'supplyPointId')
    case 'reading':
      return of('meter', 'meterId')
    case 'address':
      return of('address', 'id')
  }
}

async function ask(tx: Tx, question: string, ids: readonly string[]): Promise<Found> {
  const { rows } = await tx.query<{ id: string; scopes: string[] }>(question, [ids])
  return new Map(rows.map(({ id, scopes }) => [id, scopes]))
}
