import type { ContestedDay } from '../../../shared/contract/inbox.ts'
import { isCivilDay } from '../../../shared/domain/civil-day.ts'
import { displayName } from '../../../shared/domain/customer-name.ts'
import type { MeterId } from '../../../shared/domain/ids.ts'
import { readingSubject } from '../../../shared/domain/records/kept.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import type { HandlersOf } from '../context.ts'
import { meterView } from '../customers/sheet.ts'
import { peopleNames } from '../people/people-names.ts'
import { decisionsOf } from './decisions.ts'
import { isSelf } from './correct.ts'
import { supervisorNames } from './supervisors.ts'

const contestedStates = new Set(['contested', 'pending', 'acquired', 'overruled'])

export const contestedHandlers: Pick<HandlersOf<'inbox'>, 'contested'> = {
  contested: async (call, { meterId, day }) => {
    const db = call.store.reader
    const meter = await db.getRepository(models.meter).findOneBy({ id: meterId as MeterId })
    const point = meter && (await db.getRepository(models.supplyPoint).findOneBy({ id: meter.supplyPointId }))
    if (!meter || !point || point.commodity === 'waste' || !isCivilDay(day)) return refuse('reading_not_found')
    const rows = (await db.getRepository(models.reading).find({ where: { meterId: meter.id, day }, order: { enteredAt: 'ASC', entry: 'ASC' } })).filter(({ state }) => contestedStates.has(state))
    const contracts = await db.getRepository(models.contract).find({ where: { supplyPointId: point.id }, order: { startDay: 'DESC' } })
    const contract = contracts.find(({ startDay, endDay }) => startDay <= day && (endDay === null || day <= endDay)) ?? contracts[0]
    const customer = contract && (await db.getRepository(models.customer).findOneBy({ id: contract.customerId }))
    if (rows.length === 0 || !customer) return refuse('reading_not_found')
    const before = await db.getRepository(models.reading).createQueryBuilder('r').where('r.meterId = :id AND r.day < :day', { id: meter.id, day }).orderBy('r.day', 'DESC').limit(20).getMany()
    const last = before.find(({ state }) => state === 'acquired' || state === 'pending')
    const name = await peopleNames(call.store, rows.map(({ enteredBy }) => enteredBy))
    call.trace(customer.id, { page: 'contested' })
    return ok<ContestedDay>({
      customerId: customer.id,
      customer: displayName(customer),
      meter: meterView(meter),
      commodity: point.commodity,
      day,
      before: last ? { day: last.day, value: last.value } : null,
      readings: rows.map((row) => ({
        entry: row.entry, value: row.value, value2: row.value2, value3: row.value3, correctorValue: row.correctorValue, state: row.state,
        by: row.enteredBy === null ? '' : name(row.enteredBy), mine: row.enteredBy !== null && isSelf(call, row.enteredBy), at: row.enteredAt, reason: row.reason,
      })),
      mayDecide: call.actor.role !== 'agent' && rows.some(({ state }) => state === 'contested'),
      deciders: await supervisorNames(call),
      decisions: (await decisionsOf(call.store, [readingSubject(meter.id, day)])).get(readingSubject(meter.id, day)) ?? [],
    })
  },
}
