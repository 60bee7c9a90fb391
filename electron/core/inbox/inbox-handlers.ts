/** What waits for somebody to decide, and what there is to decide about. */
import { In } from 'typeorm'
import { contactFields } from '../../../shared/operations/customers.ts'
import type { InboxItem } from '../../../shared/contract/inbox.ts'
import { inboxKinds } from '../../../shared/contract/inbox.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import type { CustomerId, MeterId } from '../../../shared/domain/ids.ts'
import { ok } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { peopleNames } from '../people/people-names.ts'
import { readState } from '../sync/sync-store.ts'
import { correctionHandlers } from './correct.ts'
import { contestedHandlers } from './contested.ts'
import { inboxCounts, inboxPage } from './inbox-list.ts'
import type { InboxRow } from './inbox-list.ts'
import { supersededHandlers } from './superseded.ts'
import { supervisorNames } from './supervisors.ts'

export const inboxHandlers: HandlersOf<'inbox'> = {
  ...correctionHandlers,
  ...contestedHandlers,
  ...supersededHandlers,

  list: async (call, { kind, offset, limit }) => {
    const db = call.store.rawReader
    const aliases = readState(db, 'aliases') ?? {}
    const self = [call.actor.id, ...Object.keys(aliases).filter((local) => aliases[local] === call.actor.id)]
    const writers = call.actor.role === 'agent' ? self : null
    const counts = inboxCounts(db, writers)
    const rows = inboxPage(db, kind === null ? inboxKinds : [kind], writers, limit, offset)
    const items = await views(call, rows, self)
    call.trace(null, { list: 'inbox', rows: rows.length })
    return ok({ rows: items, total: kind === null ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[kind], counts })
  },
}

async function views(call: SignedCall, rows: readonly InboxRow[], self: readonly string[]): Promise<readonly InboxItem[]> {
  const db = call.store.reader
  const aliases = readState(call.store.rawReader, 'aliases') ?? {}
  const writersOf = (row: InboxRow) => [...new Set(row.writers === null ? [] : row.writers.split('\n').map((id) => aliases[id] ?? id))]
  const name = await peopleNames(call.store, rows.flatMap(writersOf))
  const customers = new Map((await db.getRepository(models.customer).findBy({ id: In(ids(rows.map(({ customerId }) => customerId)) as CustomerId[]) })).map((each) => [each.id as string, each]))
  const meters = new Map((await db.getRepository(models.meter).findBy({ id: In(ids(rows.map(({ meterId }) => meterId)) as MeterId[]) })).map((each) => [each.id as string, each]))
  const supervisors = await supervisorNames(call)
  return rows.map((row): InboxItem => {
    const customer = customers.get(row.customerId ?? '')
    const meter = meters.get(row.meterId ?? '')
    const forSupervisors = row.kind === 'contested' || row.kind === 'review'
    const writers = writersOf(row)
    return {
      id: row.id,
      kind: row.kind,
      what: row.kind === 'superseded' ? `ticket.${row.what}` : row.what,
      at: row.at,
      writers: writers.map(name),
      mine: writers.some((id) => self.includes(id)),
      customer: customer ? { id: customer.id, kind: customer.kind, name: displayName(customer) } : null,
      ticketId: row.ticketId,
      reason: row.reason,
      field: contactFields.find((field) => field === row.field) ?? null,
      reading: meter && row.day !== null ? { meterId: meter.id, serial: meter.serial, day: row.day as CivilDay } : null,
      mayDecide: call.actor.role !== 'agent' || !forSupervisors,
      // A conflict of a field is anybody's to decide who has the customer before them.
      deciders: forSupervisors ? supervisors : writers.map(name),
    }
  })
}

const ids = (given: readonly (string | null)[]): string[] => [...new Set(given.filter((id) => id !== null))]
