import { afterEach, describe, expect, it } from 'vitest'
import { bianchi, furlan, gasMeter, gasPoint, loadMasterData, rossi, waterMeter, waterPoint } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import type { TestCore } from '../../support/test-core.ts'

const opened: TestCore[] = []
async function desk(now?: string): Promise<TestCore> {
  const core = await createTestCore({ load: loadMasterData, ...(now === undefined ? {} : { now }) })
  opened.push(core)
  return core
}
afterEach(async () => {
  for (const core of opened.splice(0)) await core.close()
})

const water = { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 } as const
const gas = { customerId: furlan.id, meterId: gasMeter, value: 45_193_000, correctorValue: 46_243_000 } as const

describe('a reading on behalf of the customer', () => {
  it('is stored for today as "Da acquisire" and survives a restart', async () => {
    const core = await desk()
    const entered = await core.call('readings', 'enter', water)
    expect(entered).toMatchObject({ ok: true, value: { day: '2026-11-20', value: 1_331_000, state: 'pending', source: 'desk', consumption: 13_000, receipt: 'queued', enteredBy: 'Anna Prova' } })
    const again = await core.restart()
    opened.splice(opened.indexOf(core), 1, again)
    const form = await again.call('readings', 'form', { customerId: rossi.id, supplyPointId: waterPoint })
    expect(form).toMatchObject({ ok: true, value: { todayEntry: { state: 'pending', value: 1_331_000 }, windowOpen: true } })
  })

  it('takes one a civil day; deleting the pending one frees the day', async () => {
    const core = await desk()
    const first = await core.call('readings', 'enter', water)
    if (!first.ok) throw new Error(first.error.code)
    expect(await core.call('readings', 'enter', water)).toEqual({ ok: false, error: { code: 'day_taken', details: { day: '2026-11-20' } } })
    const { day, entry } = first.value
    expect(await core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day, entry })).toMatchObject({ ok: true, value: { state: 'deleted' } })
    expect(await core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day, entry })).toMatchObject({ error: { code: 'already_deleted' } })
    expect(await core.call('readings', 'enter', water)).toMatchObject({ ok: true })
    const list = await core.call('customers', 'readings', { customerId: rossi.id, supplyPointId: waterPoint })
    expect(list).toMatchObject({ ok: true, value: { total: 4 } })
  })

  it('judges the day by Rome, not by the clock of the machine', async () => {
    const core = await desk('2026-11-20T23:30:00.000Z')
    expect(await core.call('readings', 'enter', water)).toMatchObject({ ok: true, value: { day: '2026-11-21' } })
  })

  it('does not delete what the billing system has acquired', async () => {
    const core = await desk()
    expect(await core.call('readings', 'remove', { customerId: rossi.id, meterId: waterMeter, day: '2026-09-02', entry: 'b' })).toMatchObject({ error: { code: 'already_acquired' } })
  })

  it.each([
    ['before the daily hours', '2026-11-20T06:59:00.000Z', 'outside_window'],
    ['at the first minute', '2026-11-20T07:00:00.000Z', 'ok'],
    ['at the last minute', '2026-11-20T21:00:59.000Z', 'ok'],
    ['a minute after', '2026-11-20T21:01:00.000Z', 'outside_window'],
    ['on the day before the window', '2026-11-14T12:00:00.000Z', 'outside_window'],
    ['on its last day', '2026-11-25T12:00:00.000Z', 'ok'],
    ['on the day after', '2026-11-26T12:00:00.000Z', 'outside_window'],
  ])('keeps to the allowed period: %s', async (_case, now, expected) => {
    const core = await desk(now)
    const reply = await core.call('readings', 'enter', gas)
    expect(reply.ok ? 'ok' : reply.error.code).toBe(expected)
  })

  it.each([
    ['corrector missing', { ...gas, correctorValue: null }, 'corrector_missing'],
    ['corrector where there is none', { ...water, correctorValue: 1000 }, 'corrector_not_expected'],
    ['a meter of somebody else', { ...water, customerId: bianchi.id }, 'not_of_customer'],
    ['an unknown meter', { ...water, meterId: 'etra:W:nope' }, 'meter_not_found'],
    ['more digits than the meter has', { ...water, value: 100_000_000 }, 'too_many_digits'],
    ['decimals', { ...water, value: 1_331_500 }, 'decimals_not_shown'],
    ['bands on a meter without', { ...water, value2: 1000, value3: 1000 }, 'bands_mismatch'],
    ['a closed service', { ...water, meterId: 'etra:W:11-000001' }, 'service_closed'],
  ])('refuses %s', async (_case, input, code) => {
    const core = await desk()
    expect(await core.call('readings', 'enter', input)).toMatchObject({ ok: false, error: { code } })
  })

  it('never blocks a value below the last one (decision 14)', async () => {
    const core = await desk()
    expect(await core.call('readings', 'enter', { ...water, value: 1_000_000, reason: 'Contatore controllato con il cliente' })).toMatchObject({ ok: true, value: { consumption: -318_000 } })
  })

  it('shows the form of a point with meter and corrector', async () => {
    const core = await desk()
    expect(await core.call('readings', 'form', { customerId: furlan.id, supplyPointId: gasPoint })).toMatchObject({ ok: true, value: { meter: { corrector: true, correctorSerial: 'VC 8820146' }, windows: [{ mode: 'daily' }] } })
  })
})
