import { passesCheck } from '../../../shared/domain/caller-check.ts'
import { romeDay } from '../../../shared/domain/civil-day.ts'
import type { CustomerRow } from '../../../shared/domain/records/master.ts'
import { assertNever, ok, refuse } from '../../../shared/domain/result.ts'
import type { Refused } from '../../../shared/domain/result.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { findCustomer, findServices } from './customers-repo.ts'
import type { Service } from './customers-repo.ts'
import { invoicesCsv, readingsCsv, ticketsCsv, timelineCsv } from './export-tables.ts'
import type { ExportTable } from './export-tables.ts'
import { invoicesPage, readingsPage, ticketsPage } from './pages.ts'
import type { Slice } from './pages.ts'
import { callerFacts } from './caller-facts.ts'
import { contactHandlers } from './contact-handlers.ts'
import { identityHandlers } from './identity-handlers.ts'
import { buildSheet } from './sheet.ts'
import { timelinePage } from './timeline.ts'

/** Checks to pass before the mask is lifted (requirements 3, "Verify, then reveal"; the office will choose them on a screen). */
const checksNeeded = 2
/** After these many wrong answers about one customer the session gets no further try. */
const wrongAnswersAllowed = 6
const wholeTable = 100_000

export const customersHandlers: HandlersOf<'customers'> = {
  ...contactHandlers,
  ...identityHandlers,

  open: async (call, { customerId }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    await rememberRecent(call, customer)
    call.trace(customer.id)
    return ok(await buildSheet(call, customer))
  },

  verify: async (call, { customerId, answers }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    const said = new Map(answers.map(({ check, answer }) => [check, answer]))
    if (said.size < checksNeeded) return refuse('too_few_checks', { needed: checksNeeded })
    const wrong = call.session.wrongAnswers.get(customer.id) ?? 0
    if (wrong >= wrongAnswersAllowed) return refuse('too_many_tries', { allowed: wrongAnswersAllowed })
    const facts = await callerFacts(call.store, customer)
    const failed = [...said].filter(([check, answer]) => !passesCheck(check, answer, facts)).map(([check]) => check)
    const passed = [...said.keys()].filter((check) => !failed.includes(check))
    if (failed.length > 0) {
      call.session.wrongAnswers.set(customer.id, wrong + failed.length)
      const at = call.clock.now().toISOString()
      await call.desk.audit({ at, actor: call.session.personId, kind: 'caller_not_verified', subject: customer.id, details: { failed, passed } })
      return refuse('check_failed', { failed: failed.map((check) => ({ check })) })
    }
    call.session.wrongAnswers.delete(customer.id)
    call.session.verified.set(customer.id, { checks: passed, at: call.clock.now().toISOString() })
    call.trace(customer.id, { checks: passed })
    return ok(await buildSheet(call, customer))
  },

  forget: (call, { customerId }) => {
    call.session.verified.delete(customerId)
    return Promise.resolve(ok({ forgotten: true }))
  },

  readings: (call, input) => onPage(call, input, 'readings', (_customer, services) => readingsPage(call.store, services, input)),
  invoices: (call, input) => onPage(call, input, 'invoices', (customer, services) => invoicesPage(call.store, customer, services, input, romeDay(call.clock.now()))),
  tickets: (call, input) => onPage(call, input, 'tickets', (customer) => ticketsPage(call.store, customer, input)),
  timeline: (call, input) => onPage(call, input, 'timeline', (customer, services) => timelinePage(call.store, customer, services, input)),

  exportTable: async (call, { customerId, supplyPointId, table, language }) => {
    const customer = await findCustomer(call.store.reader, customerId)
    if (!customer) return refuse('customer_not_found')
    if (!call.session.verified.has(customer.id)) return refuse('not_verified')
    const services = await findServices(call.store.reader, customer.id)
    const { csv, rows } = await exportOf(call, customer, services, { supplyPointId, offset: 0, limit: wholeTable }, table, language)
    call.trace(customer.id, { table, rows })
    return ok({ fileName: `${table}-${romeDay(call.clock.now())}.csv`, csv, rows })
  },
}

async function onPage<T>(
  call: SignedCall,
  input: { readonly customerId: string },
  page: string,
  read: (customer: CustomerRow, services: Service[]) => Promise<T>,
): Promise<{ ok: true; value: T } | Refused<'customer_not_found'>> {
  const customer = await findCustomer(call.store.reader, input.customerId)
  if (!customer) return refuse('customer_not_found')
  call.trace(customer.id, { page })
  return ok(await read(customer, await findServices(call.store.reader, customer.id)))
}

async function exportOf(call: SignedCall, customer: CustomerRow, services: Service[], slice: Slice, table: ExportTable, language: 'it' | 'en'): Promise<{ csv: string; rows: number }> {
  switch (table) {
    case 'readings': {
      const { rows } = await readingsPage(call.store, services, slice)
      return { csv: readingsCsv(rows, language), rows: rows.length }
    }
    case 'invoices': {
      const { rows } = await invoicesPage(call.store, customer, services, slice, romeDay(call.clock.now()))
      return { csv: invoicesCsv(rows, language), rows: rows.length }
    }
    case 'tickets': {
      const { rows } = await ticketsPage(call.store, customer, slice)
      return { csv: ticketsCsv(rows, language), rows: rows.length }
    }
    case 'timeline': {
      const { rows } = await timelinePage(call.store, customer, services, slice)
      return { csv: timelineCsv(rows, language), rows: rows.length }
    }
    default:
      return assertNever(table)
  }
}

const recentKept = 50

async function rememberRecent(call: SignedCall, customer: CustomerRow): Promise<void> {
  await call.work.local((db) => {
    db.prepare('INSERT INTO recent_customer (person_id, customer_id, at) VALUES (?, ?, ?) ON CONFLICT (person_id, customer_id) DO UPDATE SET at = excluded.at').run(
      call.session.personId, customer.id, call.clock.now().toISOString(),
    )
    db.prepare(
      'DELETE FROM recent_customer WHERE person_id = ? AND customer_id NOT IN (SELECT customer_id FROM recent_customer WHERE person_id = ? ORDER BY at DESC LIMIT ?)',
    ).run(call.session.personId, call.session.personId, recentKept)
  })
}
