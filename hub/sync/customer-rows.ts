/** Everything that belongs to a set of customers, table by table; the same set the feed gives to their territory (`scopes.ts`). */
import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import type { everybodysTables } from './scopes.ts'

/**
 * Which customers: those of `sportello.territories`, above `sportello.after` and up to `sportello.upto` where it is not empty. COPY takes no
 * parameters, so they travel as settings of the transaction (`set_config`).
 */
const chosen = `s AS MATERIALIZED (
  SELECT customer_id FROM customer_territory
  WHERE territory_id = ANY (string_to_array(current_setting('sportello.territories'), chr(31)))
    AND customer_id > current_setting('sportello.after') AND (current_setting('sportello.upto') = '' OR customer_id <= current_setting('sportello.upto'))
)`
const points = 'p AS MATERIALIZED (SELECT DISTINCT c.supply_point_id AS id FROM s JOIN contract AS c ON c.customer_id = s.customer_id)'
const separator = '\u001f'

const ofCustomer = (table: string): string => `s JOIN ${table} AS t ON t.customer_id = s.customer_id`
const sources: { readonly [T in Exclude<TableName, (typeof everybodysTables)[number]>]: string } = {
  address: `(SELECT u.address_id AS id FROM s JOIN customer AS u ON u.id = s.customer_id UNION SELECT x.address_id FROM p JOIN supply_point AS x ON x.id = p.id) AS a JOIN address AS t ON t.id = a.id`,
  customer: 's JOIN customer AS t ON t.id = s.customer_id',
  supplyPoint: 'p JOIN supply_point AS t ON t.id = p.id',
  contract: ofCustomer('contract'),
  meter: 'p JOIN meter AS t ON t.supply_point_id = p.id',
  reading: 'p JOIN meter AS m ON m.supply_point_id = p.id JOIN reading AS t ON t.meter_id = m.id',
  invoice: ofCustomer('invoice'),
  ticket: ofCustomer('ticket'),
  ticketEvent: 's JOIN ticket AS k ON k.customer_id = s.customer_id JOIN ticket_event AS t ON t.ticket_id = k.id',
  portalProfile: ofCustomer('portal_profile'),
  contractLink: `(SELECT l.id FROM s JOIN portal_profile AS f ON f.customer_id = s.customer_id JOIN contract_link AS l ON l.profile_id = f.id
    UNION SELECT l.id FROM s JOIN contract_link AS l ON l.holder_customer_id = s.customer_id) AS a JOIN contract_link AS t ON t.id = a.id`,
  fieldConflict: ofCustomer('field_conflict'),
  attachment: ofCustomer('attachment'),
}

export const customersTables = tableNames.filter((name): name is keyof typeof sources => name in sources)
const columns = (name: TableName): string => recordPlans[name].columns.map(({ column }) => `t.${column}`).join(', ')

/** Of everybody, or of the customers chosen. */
export function copyRowsSql(name: TableName): string {
  if (isEverybodysName(name)) return `COPY (SELECT ${columns(name)} FROM ${recordPlans[name].table} AS t) TO STDOUT`
  const from = sources[name]
  const needed = /\bp\b(?= JOIN)/.test(from) ? `${chosen}, ${points}` : chosen
  return `COPY (WITH ${needed} SELECT ${columns(name)} FROM ${from}) TO STDOUT`
}

const isEverybodysName = (name: TableName): name is (typeof everybodysTables)[number] => !(name in sources)

/** Parameters of `chooseSql`. An empty `upto` means to the end. */
export const choice = (territories: readonly string[], after = '', upto = ''): string[] => [territories.join(separator), after, upto]
export const chooseSql = `SELECT set_config('sportello.territories', $1, true), set_config('sportello.after', $2, true), set_config('sportello.upto', $3, true)`
