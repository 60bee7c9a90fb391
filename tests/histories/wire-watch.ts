/** What the hub sends is looked at on its way: positions in order, and nothing about customers that are not for this desk. */
import type { HubAnswer } from '../../electron/core/sync/ports.ts'
import type { FeedChange } from '../../shared/sync/wire.ts'
import type { Findings } from './findings.ts'
import type { Ledger } from './ledger.ts'
import { customers } from './small-utility.ts'
import type { Template } from './template.ts'

/** Who holds what by the hub's own word, read again after every decision there. */
export type Places = { readonly scopes: readonly (readonly string[])[]; readonly territoryOf: ReadonlyMap<string, string> }

export async function readPlaces({ admin, deviceIds }: Pick<Template, 'admin' | 'deviceIds'>): Promise<Places> {
  const { rows } = await admin.query<{ homes: Record<string, string> | null; scopes: Record<string, string[]> | null }>(
    `SELECT (SELECT jsonb_object_agg(customer_id, territory_id) FROM customer_territory) AS homes,
      (SELECT jsonb_object_agg(d.id, ARRAY(SELECT territory_id FROM office_territory o WHERE o.office_id = d.office_id)) FROM device d) AS scopes`,
  )
  return { scopes: deviceIds.map((id) => rows[0]?.scopes?.[id] ?? []), territoryOf: new Map(Object.entries(rows[0]?.homes ?? {})) }
}

/** A link belongs to two customers: it may name one who is not for this desk. */
const ofTwo: ReadonlySet<string> = new Set(['contractLink', 'portalProfile', 'contract_link', 'portal_profile'])

/** Told by no hub of today: the one that knows the table also knows how to take it back from who has left. */
export const newerTable = 'vulnerabilityNote'

export function watchAnswer(findings: Findings, ledger: Ledger, places: Places, desk: number, name: string, answer: HubAnswer<unknown>): void {
  if (!answer.ok || (name !== 'changes' && name !== 'page')) return
  const strange = strangeTo(ledger, places, desk)
  const strangerIn = (text: string) => strange.find(({ word }) => text.includes(word))?.customer
  if (name === 'page') {
    for (const part of Buffer.from(answer.value as Uint8Array).toString('utf8').split('\n#table\t').slice(1)) {
      const customer = ofTwo.has(part.split('\t')[0] ?? '') ? undefined : strangerIn(part)
      if (customer !== undefined) findings.add('leaked', `desk ${desk} was sent ${customer} in a page`)
    }
    return
  }
  const { from, to, changes } = answer.value as { from: number; to: number; changes: readonly FeedChange[] }
  let last = from
  for (const { pos, kind, table, row } of changes) {
    if (pos <= last || pos > to) findings.add('diverged', `desk ${desk}: position ${pos} after ${last} in an answer up to ${to}`)
    last = pos
    const customer = kind === 'put' && !ofTwo.has(table) && table !== newerTable ? strangerIn(JSON.stringify(row)) : undefined
    if (customer !== undefined) findings.add('leaked', `desk ${desk} was sent ${customer} in position ${pos}`)
  }
}

/** Customers that are not for this desk, and the tickets that were opened about them. */
function strangeTo(ledger: Ledger, { scopes, territoryOf }: Places, desk: number): readonly { readonly word: string; readonly customer: string }[] {
  const strangers = customers.filter((id) => !(scopes[desk] ?? []).includes(territoryOf.get(id) ?? ''))
  if (strangers.length === 0) return []
  const tickets = [...ledger.entries.values()].flatMap(({ opId, what }) => (what.kind === 'open' && strangers.some((id) => id === what.customerId) ? [{ word: opId, customer: what.customerId }] : []))
  return [...strangers.map((customer) => ({ word: customer, customer })), ...tickets]
}
