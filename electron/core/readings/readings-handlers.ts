import type { ReadingView } from '../../../shared/contract/customers.ts'
import { romeTime } from '../../../shared/domain/civil-day.ts'
import type { CivilDay } from '../../../shared/domain/civil-day.ts'
import type { CustomerId, MeterId, SupplyPointId } from '../../../shared/domain/ids.ts'
import { isWindowOpen } from '../../../shared/domain/reading-window.ts'
import type { MeterRow } from '../../../shared/domain/records/master.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { deleteReading, enterReading, replaceReading, settleReading } from '../../../shared/operations/readings.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { readingViews } from '../customers/pages.ts'
import { meterView } from '../customers/sheet.ts'

const historyShown = 24

export const readingsHandlers: HandlersOf<'readings'> = {
  form: async (call, input) => {
    const db = call.store.reader
    const supplyPointId = input.supplyPointId as SupplyPointId
    const point = await db.getRepository(models.supplyPoint).findOneBy({ id: supplyPointId })
    const contracts = await db.getRepository(models.contract).findBy({ supplyPointId, customerId: input.customerId as CustomerId })
    if (!point || contracts.length === 0) return refuse('supply_point_not_found')
    const meter = await currentMeter(call, supplyPointId)
    if (!meter || point.commodity === 'waste') return refuse('no_meter')
    const { day: today, time } = romeTime(call.clock.now())
    const windows = await db.getRepository(models.readingWindow).find({ where: { brandId: point.brandId, commodity: point.commodity }, order: { fromDay: 'ASC' } })
    // Readings from before or after the customer's own contract are somebody else's.
    const own = (day: CivilDay) => contracts.some((contract) => contract.startDay <= day && (contract.endDay === null || day <= contract.endDay))
    const history = (await newestReadings(call, meter)).filter((row) => own(row.day))
    call.trace(input.customerId, { page: 'reading' })
    return ok({
      supplyPointId: point.id,
      commodity: point.commodity,
      meter: meterView(meter),
      today,
      windows: windows.map(({ id, fromDay, fromTime, toDay, toTime, mode }) => ({ id, fromDay, fromTime, toDay, toTime, mode })),
      windowOpen: windows.some((window) => isWindowOpen(window, today, time)),
      todayEntry: history.find((row) => row.day === today && (row.state === 'pending' || row.state === 'acquired')) ?? null,
      history,
    })
  },

  enter: async (call, input) => {
    const written = await call.work.write(enterReading, input, call.actor, 'wrote')
    return written.ok ? ok(await entryView(call, input.meterId, null, written.value.opId)) : written
  },

  settle: async (call, input) => {
    const written = await call.work.write(settleReading, input, call.actor, 'wrote')
    return written.ok ? ok(await entryView(call, input.meterId, input.day, input.entry)) : written
  },

  replace: async (call, input) => {
    const written = await call.work.write(replaceReading, input, call.actor, 'wrote')
    return written.ok ? ok(await entryView(call, input.meterId, input.day, written.value.opId)) : written
  },

  remove: async (call, input) => {
    const written = await call.work.write(deleteReading, input, call.actor, 'wrote')
    return written.ok ? ok(await entryView(call, input.meterId, input.day, input.entry)) : written
  },
}

/** The meter in place: the newest that has not been removed. */
async function currentMeter(call: SignedCall, supplyPointId: SupplyPointId): Promise<MeterRow | null> {
  const meters = await call.store.reader.getRepository(models.meter).find({ where: { supplyPointId }, order: { installedDay: 'DESC' } })
  return meters.find((meter) => meter.removedDay === null) ?? meters[0] ?? null
}

async function newestReadings(call: SignedCall, meter: MeterRow): Promise<ReadingView[]> {
  const rows = await call.store.reader.getRepository(models.reading).find({ where: { meterId: meter.id }, order: { day: 'DESC', entry: 'DESC' }, take: historyShown })
  return readingViews(call.store, rows, [meter])
}

async function entryView(call: SignedCall, meterId: string, day: CivilDay | null, entry: string): Promise<ReadingView> {
  const meter = await call.store.reader.getRepository(models.meter).findOneByOrFail({ id: meterId as MeterId })
  const rows = await call.store.reader.getRepository(models.reading).find({ where: { meterId: meter.id }, order: { day: 'DESC', entry: 'DESC' } })
  const view = (await readingViews(call.store, rows, [meter])).find((row) => row.entry === entry && (day === null || row.day === day))
  if (!view) throw new Error('a reading just written is not there')
  return view
}
