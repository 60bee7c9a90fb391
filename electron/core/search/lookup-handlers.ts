import { In } from 'typeorm'
import { displayName } from '../../../shared/domain/customer-name.ts'
import { recognise } from '../../../shared/domain/recognise.ts'
import type { CustomerId } from '../../../shared/domain/ids.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { customerCount } from '../customers/customer-count.ts'
import { decodeCursor } from './cursor.ts'
import { alertsOfRows } from './lookup-alerts.ts'
import { lookupView } from './lookup-view.ts'

/** Half of what one call may hold the event loop. */
const sliceMillis = 6
const recentShown = 20

export const lookupHandlers: HandlersOf<'lookup'> = {
  search: async (call, { text, scope, cursor, limit }) => {
    if (cursor !== null && decodeCursor(cursor) === null) return refuse('stale_cursor')
    // Reading on is more than a glance at the first rows: it leaves a trace even when no count is ever asked for.
    if (cursor !== null) await leaveSearch(call, text, { further: limit })
    const service = call.desk.lookup()
    const page = service.lookup.search({ text, scope, cursor, limit })
    const brands = new Map(call.store.rawReader.prepare('SELECT id, name FROM brand').raw().all() as [string, string][])
    const alerts = alertsOfRows(call.store, page.rows, call.clock.now())
    return ok({
        rows: page.rows.map((row) => lookupView(row, brands.get(row.brandId) ?? row.brandId, alerts.get(row.id) ?? [])),
        cursor: page.cursor,
        corrected: page.corrected ?? null,
        suggestions: page.suggestions.map(({ kind, value }) => ({ text: value, kind })),
        index: service.progress(),
      })
  },

  count: async (call, { text, scope }) => {
    const mine = ++call.session.searches
    const counting = call.desk.lookup().lookup.count(text, scope)
    let state = counting.step(sliceMillis)
    while (!state.finished) {
      await new Promise((resolve) => setImmediate(resolve))
      if (call.session.searches !== mine) {
        await leaveSearch(call, text, { hits: state.total, superseded: true })
        return refuse('superseded')
      }
      state = counting.step(sliceMillis)
    }
    call.trace(null, { kinds: kindsOf(text), hits: state.total })
    return ok({ total: state.total })
  },

  recent: async (call) => {
    const recent = call.store.rawReader
      .prepare('SELECT customer_id AS customerId, at FROM recent_customer WHERE person_id = ? ORDER BY at DESC LIMIT ?')
      .all(call.session.personId, recentShown) as { customerId: CustomerId; at: string }[]
    const customers = await call.store.reader.getRepository(models.customer).findBy({ id: In(recent.map((row) => row.customerId)) })
    const byId = new Map(customers.map((customer) => [customer.id, customer]))
    return ok(
      recent.flatMap(({ customerId, at }) => {
        const customer = byId.get(customerId)
        return customer ? [{ customerId, name: displayName(customer), code: customer.code, kind: customer.kind, at }] : []
      }),
    )
  },

  indexProgress: (call) => {
    return Promise.resolve(ok({ ...call.desk.lookup().progress(), customers: customerCount(call.store.rawReader) }))
  },
}

/** What kind of thing was looked for; never the text. */
function kindsOf(text: string): string[] {
  return [...new Set(recognise(text).map(({ kind }) => kind))]
}

function leaveSearch(call: SignedCall, text: string, details: { readonly [key: string]: number | boolean }): Promise<void> {
  return call.desk.audit({ at: call.clock.now().toISOString(), actor: call.session.personId, kind: 'searched', subject: null, details: { kinds: kindsOf(text), ...details } })
}
