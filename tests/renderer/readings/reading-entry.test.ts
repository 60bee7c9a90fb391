import { describe, expect, it } from 'vitest'
import { draftOfEntry } from '../../../renderer/src/features/readings/reading-draft.ts'
import { createReadingEntry } from '../../../renderer/src/features/readings/reading-entry.ts'
import { digitsOf } from '../../../renderer/src/ui/meter/digits.ts'
import type { InputOf, ReplyOf } from '../../../shared/contract/call.ts'
import type { MeterView, ReadingView } from '../../../shared/contract/customers.ts'
import { readingsCalls } from '../../../shared/contract/readings.ts'
import type { ReadingForm } from '../../../shared/contract/readings.ts'
import { civilDay } from '../../../shared/domain/civil-day.ts'
import { fakeCore } from '../support/fake-core.ts'

const today = civilDay(2026, 11, 20)
const meter: MeterView = { meterId: 'nord:G:40218837', serial: '40218837', kind: 'direct', digits: 5, decimals: 3, corrector: false, correctorSerial: null, correctorDigits: null, installedDay: null, removedDay: null }
const reading = (change: Partial<ReadingView> = {}): ReadingView => ({ meterId: meter.meterId, serial: meter.serial, entry: 'b', day: civilDay(2026, 10, 31), value: 44_860_000, value2: null, value3: null, correctorValue: null, consumption: null, source: 'company', state: 'acquired', enteredBy: null, enteredAt: null, receipt: null, ...change })
const form = (change: Partial<ReadingForm> = {}): ReadingForm => ({ supplyPointId: 'nord:G:1', commodity: 'gas', meter, today, windows: [], windowOpen: true, todayEntry: null, history: [reading()], ...change })

type Enter = typeof readingsCalls.enter
async function open(shown: ReadingForm, enter: (input: InputOf<Enter>) => ReplyOf<Enter> = () => ({ ok: true, value: reading({ day: today, entry: 'op-1', state: 'pending', source: 'desk', receipt: 'queued' }) })) {
  const { core, asked } = fakeCore({ readings: { form: () => ({ ok: true, value: shown }), enter } })
  const entry = createReadingEntry(core, 'nord:000002', 'nord:G:1')
  await entry.load()
  return { entry, asked }
}
const entered = (asked: readonly { readonly call: string; readonly input: unknown }[]) => asked.filter(({ call }) => call === 'readings.enter').map(({ input }) => readingsCalls.enter.input.parse(input))

describe('entering a reading', () => {
  it('sends thousandths of what the drums show, with nothing the meter does not have', async () => {
    const { entry, asked } = await open(form())
    entry.change({ a1: digitsOf(45193, 5) })
    expect((await entry.save())?.state).toBe('pending')
    expect(entered(asked)).toEqual([{ customerId: 'nord:000002', meterId: meter.meterId, value: 45_193_000, value2: null, value3: null, correctorValue: null, reason: null }])
  })

  it('waits for every drum', async () => {
    const { entry } = await open(form())
    entry.change({ a1: [4, 5, 1, 9, null] })
    expect(entry.measured.value).toBeNull()
    expect(await entry.save()).toBeNull()
  })

  it('wants the corrector where there is one', async () => {
    const { entry, asked } = await open(form({ meter: { ...meter, corrector: true, correctorDigits: 6 } }))
    entry.change({ a1: digitsOf(45193, 5) })
    expect(entry.measured.value).toBeNull()
    entry.change({ corrector: digitsOf(46243, 6) })
    await entry.save()
    expect(entered(asked)).toMatchObject([{ correctorValue: 46_243_000 }])
  })

  it('takes all three bands, or A1 alone', async () => {
    const { entry } = await open(form({ commodity: 'electricity', meter: { ...meter, kind: 'bands' }, history: [] }))
    entry.change({ a1: digitsOf(100, 5) })
    expect(entry.measured.value).toMatchObject({ value: 100_000, value2: null, value3: null })
    entry.change({ a2: digitsOf(50, 5) })
    expect(entry.measured.value).toBeNull()
    entry.change({ a3: digitsOf(70, 5) })
    expect(entry.measured.value).toMatchObject({ value2: 50_000, value3: 70_000 })
  })

  it('asks for a reason when it is lower than the last, and then lets it through', async () => {
    const { entry, asked } = await open(form())
    entry.change({ a1: digitsOf(44000, 5) })
    expect(entry.judgement.value?.light).toBe('red')
    expect(await entry.save()).toBeNull()
    expect(entry.reasonMissing.value).toBe(true)
    entry.change({ reason: 'Riletta con il cliente' })
    expect(await entry.save()).not.toBeNull()
    expect(entered(asked)).toMatchObject([{ value: 44_000_000, reason: 'Riletta con il cliente' }])
  })

  it('keeps the digits and names the refusal', async () => {
    const { entry } = await open(form(), () => ({ ok: false, error: { code: 'day_taken', details: { day: today } } }))
    entry.change({ a1: digitsOf(45193, 5) })
    expect(await entry.save()).toBeNull()
    expect(entry.saveProblem.value?.code).toBe('day_taken')
    expect(entry.entered.value.a1).toEqual([4, 5, 1, 9, 3])
  })

  it('comes back from its draft on the same day and meter, and not on another', async () => {
    const { entry } = await open(form())
    const draft = draftOfEntry({ ...entry.entered.value, a1: [4, 5, null, null, null], reason: 'x' }, form())
    entry.restore(draft.replace(today, '2026-11-19'))
    expect(entry.entered.value.a1).toEqual([null, null, null, null, null])
    entry.restore(draft)
    expect(entry.entered.value).toMatchObject({ a1: [4, 5, null, null, null], reason: 'x' })
  })
})
