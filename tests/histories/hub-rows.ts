/** Everything the hub has at the end, as plain values, and which of it a desk should hold. */
import type { Client } from 'pg'
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import type { TableName } from '../../shared/domain/records/tables.ts'
import { dumpHub } from './template.ts'

export type Row = { readonly [name: string]: string | number | boolean | null }
export type HubDump = { readonly [table: string]: readonly Row[] }

export async function readHub(admin: Client): Promise<HubDump> {
  return JSON.parse(await dumpHub(admin)) as HubDump
}

/** Rows of the business by table, in the words of the desks, with the customers each belongs to; `null` for everybody's. */
export function recordsOf(dump: HubDump): readonly { readonly table: TableName; readonly text: string; readonly customers: readonly string[] | null }[] {
  const owners = ownersIn(dump)
  return tableNames.flatMap((table) => (dump[recordPlans[table].table] ?? []).map((row) => ({ table, text: rowText(table, row), customers: owners(table, row) })))
}

/** A row with its properties in one order. */
export function rowText(table: TableName, row: { readonly [name: string]: unknown }): string {
  return JSON.stringify(recordPlans[table].columns.map(({ property, column, kind }) => {
    const value = (column in row ? row[column] : row[property]) ?? null
    return kind === 'boolean' && value !== null ? value === true || value === 1 : value
  }))
}

function ownersIn(dump: HubDump): (table: TableName, row: Row) => readonly string[] | null {
  const index = (table: string, by: string) => Map.groupBy(dump[table] ?? [], (row) => String(row[by]))
  const contracts = index('contract', 'supply_point_id')
  const meters = index('meter', 'id')
  const tickets = index('ticket', 'id')
  const profiles = index('portal_profile', 'id')
  const [people, points] = [index('customer', 'address_id'), index('supply_point', 'address_id')]
  const ofPoint = (id: unknown) => (contracts.get(String(id)) ?? []).map((row) => String(row['customer_id']))
  const own = (rows: readonly Row[] | undefined, name: string) => (rows ?? []).map((row) => String(row[name]))
  return (table, row) => {
    switch (table) {
      case 'brand': case 'readingWindow': case 'person': return null
      case 'customer': return [String(row['id'])]
      case 'contract': case 'invoice': case 'ticket': case 'portalProfile': case 'fieldConflict': case 'attachment': case 'decision': return [String(row['customer_id'])]
      case 'ticketEvent': return own(tickets.get(String(row['ticket_id'])), 'customer_id')
      case 'contractLink': return [...own(profiles.get(String(row['profile_id'])), 'customer_id'), String(row['holder_customer_id'])]
      case 'supplyPoint': return ofPoint(row['id'])
      case 'meter': return ofPoint(row['supply_point_id'])
      case 'reading': return (meters.get(String(row['meter_id'])) ?? []).flatMap((meter) => ofPoint(meter['supply_point_id']))
      case 'address': return [...own(people.get(String(row['id'])), 'id'), ...(points.get(String(row['id'])) ?? []).flatMap((point) => ofPoint(point['id']))]
    }
  }
}
