/** The pages of the sheet that are lists: readings, invoices, tickets. */
import { In } from 'typeorm'
import type { InvoiceView, Page, ReadingView, TicketSummary } from '../../../shared/contract/customers.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import type { SupplyPointId } from '../../../shared/domain/ids.ts'
import type { InvoiceRow } from '../../../shared/domain/records/invoices.ts'
import type { CustomerRow, MeterRow } from '../../../shared/domain/records/master.ts'
import type { ReadingRow } from '../../../shared/domain/records/readings.ts'
import type { TicketRow } from '../../../shared/domain/records/tickets.ts'
import { models } from '../../../shared/model/models.ts'
import { receiptsOf } from '../outbox/receipts.ts'
import { peopleNames } from '../people/people-names.ts'
import type { Store } from '../store/store.ts'
import { metersOf, ownReadings } from './customers-repo.ts'
import type { Service } from './customers-repo.ts'

export type Slice = { readonly supplyPointId: string | null; readonly offset: number; readonly limit: number }

/** Newest first; deleted entries stay listed, marked. */
export async function readingsPage(store: Store, services: readonly Service[], slice: Slice): Promise<Page<ReadingView>> {
  const meters = metersOf(services, slice.supplyPointId)
  const where = ownReadings(services, slice.supplyPointId)
  if (where.length === 0) return { rows: [], total: 0 }
  const repository = store.reader.getRepository(models.reading)
  // One row more than the page, so that its last line knows the reading before it.
  const rows = await repository.find({ where, order: { day: 'DESC', meterId: 'ASC', entry: 'DESC' }, skip: slice.offset, take: slice.limit + meters.length })
  const views = await readingViews(store, rows, meters)
  return { rows: views.slice(0, slice.limit), total: await repository.countBy(where) }
}

/** Views of readings given newest first; consumption is the step from the next older reading of the same meter that counts. */
export async function readingViews(store: Store, rows: readonly ReadingRow[], meters: readonly MeterRow[]): Promise<ReadingView[]> {
  const name = await peopleNames(store, rows.map((row) => row.enteredBy))
  const receipts = receiptsOf(store, rows.filter((row) => row.entry !== 'b').map((row) => row.entry))
  const serials = new Map(meters.map((meter) => [meter.id, meter.serial]))
  const older = previousReadings(rows)
  return rows.map((row) => {
    const before = older.get(row)
    return {
      meterId: row.meterId,
      serial: serials.get(row.meterId) ?? '',
      entry: row.entry,
      day: row.day,
      value: row.value,
      value2: row.value2,
      value3: row.value3,
      correctorValue: row.correctorValue,
      consumption: before && counts(row) ? total(row) - total(before) : null,
      source: row.source,
      state: row.state,
      enteredBy: row.enteredBy === null ? null : name(row.enteredBy),
      enteredAt: row.enteredAt,
      receipt: receipts.get(row.entry) ?? null,
    }
  })
}

/** For each reading, the next older one of its meter that counts; rows come newest first. */
function previousReadings(rows: readonly ReadingRow[]): Map<ReadingRow, ReadingRow> {
  const previous = new Map<ReadingRow, ReadingRow>()
  const last = new Map<string, { before: ReadingRow | undefined; at: ReadingRow }>()
  for (const row of rows.toReversed()) {
    const seen = last.get(row.meterId)
    const before = seen && seen.at.day < row.day ? seen.at : seen?.before
    if (before) previous.set(row, before)
    if (counts(row)) last.set(row.meterId, { before, at: row })
  }
  return previous
}

/** What was deleted, stands second, or was not chosen is no step of the meter. */
function counts({ state }: ReadingRow): boolean {
  return state === 'pending' || state === 'acquired'
}

function total(row: ReadingRow): number {
  return row.value + (row.value2 ?? 0) + (row.value3 ?? 0)
}

export async function invoicesPage(store: Store, customer: CustomerRow, services: readonly Service[], slice: Slice, today: CivilDay): Promise<Page<InvoiceView>> {
  const contracts = services.filter((service) => slice.supplyPointId === null || service.point.id === (slice.supplyPointId as SupplyPointId)).map((service) => service.contract)
  const where = slice.supplyPointId === null ? { customerId: customer.id } : { customerId: customer.id, contractId: In(contracts.map((contract) => contract.id)) }
  const repository = store.reader.getRepository(models.invoice)
  const rows = await repository.find({ where, order: { issueDay: 'DESC', number: 'DESC' }, skip: slice.offset, take: slice.limit })
  const debited = new Set(services.filter(({ contract }) => contract.directDebit && contract.state === 'active').map(({ contract }) => contract.id))
  return { rows: rows.map((row) => invoiceView(row, debited.has(row.contractId), today)), total: await repository.countBy(where) }
}

function invoiceView(row: InvoiceRow, directDebit: boolean, today: CivilDay): InvoiceView {
  const { contractId, number, issueDay, dueDay, periodFrom, periodTo, amountCents, paidCents, consumptionMilli, estimated, hasPdf } = row
  const outstanding = row.amountCents - row.paidCents
  const state = row.amountCents < 0 ? 'credit' : outstanding <= 0 ? 'paid' : row.dueDay < today ? 'overdue' : 'due'
  return { invoiceId: row.id, contractId, number, issueDay, dueDay, periodFrom, periodTo, amountCents, paidCents, consumptionMilli, estimated, hasPdf, state, payable: outstanding > 0 && !directDebit }
}

export async function ticketsPage(store: Store, customer: CustomerRow, slice: Slice): Promise<Page<TicketSummary>> {
  const where = slice.supplyPointId === null ? { customerId: customer.id } : { customerId: customer.id, supplyPointId: slice.supplyPointId as SupplyPointId }
  const repository = store.reader.getRepository(models.ticket)
  const rows = await repository.find({ where, order: { receivedDay: 'DESC', openedAt: 'DESC' }, skip: slice.offset, take: slice.limit })
  return { rows: await ticketSummaries(store, rows, new Map([[customer.id, customer]])), total: await repository.countBy(where) }
}

export async function ticketSummaries(store: Store, rows: readonly TicketRow[], customers: ReadonlyMap<string, CustomerRow>): Promise<TicketSummary[]> {
  const name = await peopleNames(store, rows.map((row) => row.assignee))
  const receipts = receiptsOf(store, rows.map((row) => row.id))
  return rows.map((row) => {
    const customer = customers.get(row.customerId)
    return {
      ticketId: row.id,
      code: row.code,
      customerId: row.customerId,
      customerName: customer ? displayName(customer) : '',
      supplyPointId: row.supplyPointId,
      area: row.area,
      type: row.type,
      subject: row.subject,
      state: row.state,
      receivedDay: row.receivedDay,
      openedAt: row.openedAt,
      updatedAt: row.updatedAt,
      assignee: row.assignee === null ? null : name(row.assignee),
      receipt: receipts.get(row.id) ?? null,
    }
  })
}
