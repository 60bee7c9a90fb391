/** Everything that belongs to a set of customers, table by table; the same set the feed gives to their territory (`scopes.ts`). */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import type { everybodysTables } from './scopes.ts'

/** Customers are told apart by the last two characters of their code, here and on the desk: what differs is fetched again by parts. */
export function partOf(column: string): string {
  return `right(${column}, 2)`
}

/**
 * Which customers: those of `sportello.territories` and, where that is not empty, of `sportello.parts`, above `sportello.after` and up to
 * `sportello.upto` where it is not empty. COPY takes no parameters, so they travel as settings of the transaction (`set_config`).
 */
const chosen = `s AS MATERIALIZED (
  SELECT customer_id, ${partOf('customer_id')} AS part FROM customer_territory
  WHERE (current_setting('sportello.parts') = '' OR ${partOf('customer_id')} = ANY (string_to_array(current_setting('sportello.parts'), chr(31))))
    AND territory_id = ANY (string_to_array(current_setting('sportello.territories'), chr(31)))
    AND customer_id > current_setting('sportello.after') AND (current_setting('sportello.upto') = '' OR customer_id <= current_setting('sportello.upto'))
)`
const points = (part: string) => `p AS MATERIALIZED (SELECT DISTINCT c.supply_point_id AS id${part} FROM s JOIN contract AS c ON c.customer_id = s.customer_id)`
const separator = '\u001f'

const ofCustomer = (table: string): string => `s JOIN ${table} AS t ON t.customer_id = s.customer_id`
/** `part('s')` names the part of a row of `s` where parts are asked for: a row that two parts share is in both. */
const sourcesOf = (part: (alias: string) => string): { readonly [T in Exclude<TableName, (typeof everybodysTables)[number]>]: string } => ({
  address: `(SELECT u.address_id AS id${part('s')} FROM s JOIN customer AS u ON u.id = s.customer_id UNION SELECT x.address_id${part('p')} FROM p JOIN supply_point AS x ON x.id = p.id) AS a JOIN address AS t ON t.id = a.id`,
  customer: 's JOIN customer AS t ON t.id = s.customer_id',
  supplyPoint: 'p JOIN supply_point AS t ON t.id = p.id',
  contract: ofCustomer('contract'),
  meter: 'p JOIN meter AS t ON t.supply_point_id = p.id',
  reading: 'p JOIN meter AS m ON m.supply_point_id = p.id JOIN reading AS t ON t.meter_id = m.id',
  invoice: ofCustomer('invoice'),
  ticket: ofCustomer('ticket'),
  ticketEvent: 's JOIN ticket AS k ON k.customer_id = s.customer_id JOIN ticket_event AS t ON t.ticket_id = k.id',
  portalProfile: ofCustomer('portal_profile'),
  contractLink: `(SELECT l.id${part('s')} FROM s JOIN portal_profile AS f ON f.customer_id = s.customer_id JOIN contract_link AS l ON l.profile_id = f.id
    UNION SELECT l.id${part('s')} FROM s JOIN contract_link AS l ON l.holder_customer_id = s.customer_id) AS a JOIN contract_link AS t ON t.id = a.id`,
  fieldConflict: ofCustomer('field_conflict'),
  attachment: ofCustomer('attachment'),
  decision: ofCustomer('decision'),
})
const sources = sourcesOf(() => '')
const partedSources = sourcesOf((alias) => `, ${alias}.part`)

export const customersTables = tableNames.filter((name): name is keyof typeof sources => name in sources)
const columns = (name: TableName): string => recordPlans[name].columns.map(({ column }) => `t.${column}`).join(', ')

/** Of everybody, or of the customers chosen. */
export function copyRowsSql(name: TableName): string {
  if (isEverybodysName(name)) return `COPY (SELECT ${columns(name)} FROM ${recordPlans[name].table} AS t) TO STDOUT`
  const from = sources[name]
  // In the order of their keys: a desk writes such rows with a tenth less work.
  return `COPY (WITH ${needs(from, '')} SELECT ${columns(name)} FROM ${from} ORDER BY ${recordPlans[name].key.map(({ column }) => `t.${column}`).join(', ')}) TO STDOUT`
}

/** The same with the part before each row: once for every part that has it. */
export function copyPartedRowsSql(name: Exclude<TableName, (typeof everybodysTables)[number]>): string {
  const from = partedSources[name]
  const part = /\) AS a JOIN /.test(from) ? 'a.part' : from.startsWith('p ') ? 'p.part' : 's.part'
  return `COPY (WITH ${needs(from, ', s.part')} SELECT ${part}, ${columns(name)} FROM ${from}) TO STDOUT`
}

const needs = (from: string, part: string): string => (/\bp\b(?= JOIN)/.test(from) ? `${chosen}, ${points(part)}` : chosen)

export const isEverybodysName = (name: TableName): name is (typeof everybodysTables)[number] => !(name in sources)

/** Parameters of `chooseSql`. An empty `upto` means to the end; `parts` are all of them when there are none. */
export const choice = (territories: readonly string[], after = '', upto = '', parts: readonly string[] | null = null): string[] => [territories.join(separator), after, upto, (parts ?? []).join(separator)]
export const chooseSql = `SELECT set_config('sportello.territories', $1, true), set_config('sportello.after', $2, true), set_config('sportello.upto', $3, true), set_config('sportello.parts', $4, true)`
