import { In } from 'typeorm'
import type { Page, TimelineItem } from '../../../shared/contract/customers.ts'
import type { SupplyPointId } from '../../../shared/domain/ids.ts'
import type { Commodity, CustomerRow } from '../../../shared/domain/records/master.ts'
import type { ReadingSource, ReadingState } from '../../../shared/domain/records/readings.ts'
import { models } from '../../../shared/model/models.ts'
import { receiptsOf, receiptsOfOperations } from '../outbox/receipts.ts'
import { peopleNames } from '../people/people-names.ts'
import type { Store } from '../store/store.ts'
import type { Service } from './customers-repo.ts'
import type { Slice } from './pages.ts'

/** A line of the union: kind, when, and the columns its kind needs, in a fixed order. */
type Line = { kind: string; at: string; ref: string; point: string | null; a: string | null; b: string | null; n: number | null; who: string | null }

/**
 * Everything that happened to a customer, newest first. One union over the tables, ordered by the database, so that a page costs
 * the same however long the story is.
 */
export async function timelinePage(store: Store, customer: CustomerRow, services: readonly Service[], slice: Slice): Promise<Page<TimelineItem>> {
  const point = slice.supplyPointId
  const meters = services.filter((service) => point === null || service.point.id === point).flatMap((service) => service.meters.map((meter) => meter.id))
  const parameters = { customer: customer.id, point, meters: JSON.stringify([...new Set(meters)]), limit: slice.limit, offset: slice.offset }
  const lines = store.rawReader.prepare(`SELECT * FROM (${union}) ORDER BY at DESC, ref DESC LIMIT :limit OFFSET :offset`).all(parameters) as Line[]
  const total = Number(store.rawReader.prepare(`SELECT count(*) FROM (${union})`).pluck().get(parameters))
  return { rows: await items(store, services, lines), total }
}

const union = `
  SELECT 'reading' AS kind, coalesce(r.entered_at, r.day) AS at, r.entry AS ref, m.supply_point_id AS point, r.source AS a, r.state AS b,
    r.value + coalesce(r.value_2, 0) + coalesce(r.value_3, 0) AS n, NULL AS who
    FROM json_each(:meters) e JOIN reading r ON r.meter_id = e.value JOIN meter m ON m.id = r.meter_id
    WHERE EXISTS (SELECT 1 FROM contract c WHERE c.customer_id = :customer AND c.supply_point_id = m.supply_point_id
      AND r.day >= c.start_day AND (c.end_day IS NULL OR r.day <= c.end_day))
  UNION ALL
  SELECT 'invoice', i.issue_day, i.id, c.supply_point_id, i.number, NULL, i.amount_cents, NULL
    FROM invoice i LEFT JOIN contract c ON c.id = i.contract_id WHERE i.customer_id = :customer AND (:point IS NULL OR c.supply_point_id = :point)
  UNION ALL
  SELECT 'ticket', v.at, v.id, t.supply_point_id, t.subject, v.kind || '|' || t.id, NULL, v.actor
    FROM ticket t JOIN ticket_event v ON v.ticket_id = t.id WHERE t.customer_id = :customer AND (:point IS NULL OR t.supply_point_id = :point)
  UNION ALL
  SELECT 'contract_started', start_day, id, supply_point_id, NULL, NULL, NULL, NULL FROM contract WHERE customer_id = :customer AND (:point IS NULL OR supply_point_id = :point)
  UNION ALL
  SELECT 'contract_ended', end_day, id, supply_point_id, NULL, NULL, NULL, NULL FROM contract
    WHERE customer_id = :customer AND end_day IS NOT NULL AND (:point IS NULL OR supply_point_id = :point)
  UNION ALL
  SELECT 'linked', l.linked_at, l.id, c.supply_point_id, NULL, NULL, NULL, l.linked_by
    FROM portal_profile p JOIN contract_link l ON l.profile_id = p.id JOIN contract c ON c.id = l.contract_id
    WHERE p.customer_id = :customer AND (:point IS NULL OR c.supply_point_id = :point)
  UNION ALL
  SELECT 'unlinked', l.unlinked_at, l.id, c.supply_point_id, NULL, NULL, NULL, l.unlinked_by
    FROM portal_profile p JOIN contract_link l ON l.profile_id = p.id JOIN contract c ON c.id = l.contract_id
    WHERE p.customer_id = :customer AND l.unlinked_at IS NOT NULL AND (:point IS NULL OR c.supply_point_id = :point)`

/** Commodities by supply point; a linked service may be another holder's, whose points are not among the customer's. */
async function commoditiesOf(store: Store, services: readonly Service[], lines: readonly Line[]): Promise<Map<string, Commodity>> {
  const known = new Map<string, Commodity>(services.map(({ point }) => [point.id, point.commodity]))
  const others = lines.map((line) => line.point).filter((id) => id !== null && !known.has(id)) as SupplyPointId[]
  const points = others.length === 0 ? [] : await store.reader.getRepository(models.supplyPoint).findBy({ id: In(others) })
  for (const point of points) known.set(point.id, point.commodity)
  return known
}

async function items(store: Store, services: readonly Service[], lines: readonly Line[]): Promise<TimelineItem[]> {
  const name = await peopleNames(store, lines.map((line) => line.who))
  const receipts = new Map([...receiptsOf(store, lines.map((line) => line.ref)), ...receiptsOfOperations(store, lines.map((line) => line.ref))])
  const commodityOf = await commoditiesOf(store, services, lines)
  return lines.flatMap((line): TimelineItem[] => {
    const commodity = commodityOf.get(line.point ?? '') ?? 'water'
    const receipt = receipts.get(line.ref) ?? null
    const supplyPointId = line.point ?? ''
    switch (line.kind) {
      case 'reading':
        return [{ kind: 'reading', at: line.at, supplyPointId, commodity, value: line.n ?? 0, source: line.a as ReadingSource, state: line.b as ReadingState, receipt }]
      case 'invoice':
        return [{ kind: 'invoice', at: line.at, supplyPointId: line.point, number: line.a ?? '', amountCents: line.n ?? 0 }]
      case 'ticket': {
        const [step = '', ticketId = ''] = (line.b ?? '').split('|')
        return [{ kind: 'ticket', at: line.at, supplyPointId: line.point, ticketId, step, subject: line.a ?? '', actor: name(line.who ?? ''), receipt }]
      }
      case 'contract_started':
      case 'contract_ended':
        return [{ kind: line.kind, at: line.at, supplyPointId, commodity }]
      case 'linked':
      case 'unlinked':
        return [{ kind: line.kind, at: line.at, supplyPointId, commodity, actor: name(line.who ?? ''), receipt }]
      default:
        return []
    }
  })
}
