/**
 * Frozen: never edit a migration that has shipped, add one. For `sportello_reader` only what belongs to the territories of the setting
 * `sportello.fence` is there, and without the setting nothing. The working role reads and writes as before.
 */
const held = (table: string, view: string, column: string): string => `EXISTS (SELECT 1 FROM ${view} AS v WHERE v.id = ${table}.${column})`
/** Copies of all of a territory begin at `customer_territory`, which is behind the fence; a look per row besides would add up all customers for each page. */
const orCopied = (condition: string): string => `current_setting('sportello.bulk', true) = 'on' OR ${condition}`

/** Rows of each table that belong to a customer of the fence. Views run with their owner's rights, so that one look is one look. */
const policies: Readonly<Record<string, string>> = {
  customer_territory: 'territory_id = ANY (fence())',
  customer: held('customer', 'held_customer', 'id'),
  contract: held('contract', 'held_customer', 'customer_id'),
  invoice: held('invoice', 'held_customer', 'customer_id'),
  ticket: held('ticket', 'held_customer', 'customer_id'),
  portal_profile: held('portal_profile', 'held_customer', 'customer_id'),
  field_conflict: held('field_conflict', 'held_customer', 'customer_id'),
  attachment: held('attachment', 'held_customer', 'customer_id'),
  ticket_event: held('ticket_event', 'held_ticket', 'ticket_id'),
  contract_link: `${held('contract_link', 'held_profile', 'profile_id')} OR ${held('contract_link', 'held_customer', 'holder_customer_id')}`,
  supply_point: held('supply_point', 'held_point', 'id'),
  meter: held('meter', 'held_point', 'supply_point_id'),
  reading: held('reading', 'held_meter', 'meter_id'),
  address: held('address', 'held_address', 'id'),
  change: `scopes && (fence() || '*'::text)`,
}

/** Where copies begin, and the feed: behind the fence always. */
const never: ReadonlySet<string> = new Set(['customer_territory', 'change'])

export const readingFence: readonly string[] = [
  `CREATE FUNCTION fence() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT string_to_array(current_setting('sportello.fence', true), chr(31)) $$`,
  `CREATE VIEW held_customer AS SELECT customer_id AS id FROM customer_territory WHERE territory_id = ANY (fence())`,
  `CREATE VIEW held_ticket AS SELECT k.id FROM ticket AS k JOIN customer_territory AS h ON h.customer_id = k.customer_id WHERE h.territory_id = ANY (fence())`,
  `CREATE VIEW held_profile AS SELECT f.id FROM portal_profile AS f JOIN customer_territory AS h ON h.customer_id = f.customer_id WHERE h.territory_id = ANY (fence())`,
  `CREATE VIEW held_point AS SELECT c.supply_point_id AS id FROM contract AS c JOIN customer_territory AS h ON h.customer_id = c.customer_id WHERE h.territory_id = ANY (fence())`,
  `CREATE VIEW held_meter AS SELECT m.id FROM meter AS m JOIN held_point AS p ON p.id = m.supply_point_id`,
  `CREATE VIEW held_address AS SELECT u.address_id AS id FROM customer AS u JOIN held_customer AS h ON h.id = u.id
    UNION ALL SELECT s.address_id FROM supply_point AS s JOIN held_point AS p ON p.id = s.id`,
  ...Object.entries(policies).flatMap(([table, condition]) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY work ON ${table} TO sportello_hub USING (true) WITH CHECK (true)`,
    `CREATE POLICY fence ON ${table} FOR SELECT TO sportello_reader USING (${never.has(table) ? condition : orCopied(condition)})`,
  ]),
]
