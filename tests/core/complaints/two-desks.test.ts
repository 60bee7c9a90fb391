/** What users of other offline products found overwritten, doubled or forgotten. Each test is named in docs/complaints.md beside the complaint it answers. */
import { describe, expect, it } from 'vitest'
import { contract } from '../../../shared/contract/index.ts'
import { currentDeclaration } from '../../../shared/domain/declaration.ts'
import { deskRows, doublePorts, exchange, hubRows, inStore } from '../../support/hub-desk.ts'
import { bianchi, rossi, waterMeter, waterPoint } from '../../support/master-data.ts'
import { testPassword } from '../../support/hash-cost.ts'
import { createTestCore } from '../../support/test-core.ts'
import { desk, filled, kept, released, ticket } from '../sync/desks.ts'

type Core = Awaited<ReturnType<typeof desk>>
const verify = (core: Core) => core.call('customers', 'verify', { customerId: rossi.id, answers: [{ check: 'tax_code_end', answer: rossi.taxCode.slice(-4) }, { check: 'birth_day', answer: '1/1/1980' }] })
async function mobileOf(core: Core): Promise<string> {
  const sheet = await verify(core)
  return sheet.ok ? (sheet.value.mobile?.text ?? '') : ''
}
async function changeMobile(core: Core, to: string): Promise<void> {
  expect(await core.call('customers', 'changeContact', { customerId: rossi.id, changes: [{ field: 'mobile', seen: await mobileOf(core), to }] })).toMatchObject({ ok: true })
}

describe('what was written here and not sent yet', () => {
  it('is not overwritten by an older state of the hub, nor by a newer one of another field', async () => {
    const hub = await filled()
    const core = await desk(hub)
    const other = await desk(hub, 2)
    const [row] = hub.find('customer', { id: rossi.id })
    // The same old row once more, and then another field of it: on their way while somebody types.
    hub.put('customer', { ...row })
    hub.put('customer', { ...row, phone: '040 999999' })
    let written = false
    hub.hooks.fault = async (call) => {
      if (call === 'changes' && !written) {
        written = true
        await changeMobile(core, '333 1112223')
      }
      return call === 'push' && written ? 'lost before' : null
    }
    await exchange(core)
    expect(written).toBe(true)
    expect((await mobileOf(core)).replaceAll(' ', '')).toContain('3331112223')
    expect(inStore(core, (db) => db.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(rossi.id))).toBe('040 999999')
    hub.hooks.fault = () => null
    expect(await exchange(core)).toBe(null)
    expect(await exchange(other)).toBe(null)
    expect((await mobileOf(other)).replaceAll(' ', '')).toContain('3331112223')
    expect(deskRows(core)).toEqual(hubRows(hub))
  })
})

describe('two desks without a line', () => {
  it('that change the same field lose neither value: both are shown, who keeps which, and nothing is flagged without them', async () => {
    const hub = await filled()
    const [one, other] = [await desk(hub), await desk(hub, 2)]
    hub.hooks.fault = () => 'lost before'
    await changeMobile(one, '333 1112223')
    await changeMobile(other, '344 4445556')
    hub.hooks.fault = () => null
    for (const core of [one, other, one]) expect(await exchange(core)).toBe(null)
    for (const core of [one, other]) {
      expect(await core.call('customers', 'open', { customerId: rossi.id })).toMatchObject({ value: { alerts: expect.arrayContaining([{ kind: 'data_conflict', open: 1 }]) as unknown } })
      await verify(core)
      const shown = await core.call('customers', 'conflicts', { customerId: rossi.id })
      const [conflict] = shown.ok ? shown.value : []
      expect(JSON.stringify(conflict).replaceAll(' ', '')).toMatch(/3331112223.*3444445556|3444445556.*3331112223/)
      expect(conflict?.keptBy).not.toBe('')
    }
  })

  it('that enter the same reading have it once, and of two values both, contested', async () => {
    for (const [value, count] of [[1_331_000, 1], [1_332_000, 2]] as const) {
      const hub = await filled()
      const [one, other] = [await desk(hub), await desk(hub, 2)]
      hub.hooks.fault = () => 'lost before'
      for (const [core, read] of [[one, 1_331_000], [other, value]] as const) expect(await core.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: read })).toMatchObject({ ok: true })
      hub.hooks.fault = () => null
      for (const core of [one, other, one]) expect(await exchange(core)).toBe(null)
      const today = hub.find('reading', { meterId: waterMeter, day: '2026-11-20' })
      expect(today.map((row) => row['value']).toSorted()).toEqual([1_331_000, value].slice(0, count))
      expect(deskRows(one)).toEqual(deskRows(other))
    }
  })

  it('cannot register one person twice: nobody is registered at a desk, and a service is linked once for its holder', async () => {
    expect(Object.keys(contract.customers).filter((call) => /create|add|register|new/iu.test(call))).toEqual([])
    const hub = await filled()
    const [one, other] = [await desk(hub), await desk(hub, 2)]
    hub.hooks.fault = () => 'lost before'
    const link = { customerId: rossi.id, customerCode: rossi.code, serviceCode: 'S-100', taxCode: rossi.taxCode, vatNumber: '', declarationAccepted: true, declarationVersion: currentDeclaration, declaredAs: 'holder' } as const
    for (const core of [one, other]) expect(await core.call('portal', 'link', link)).toMatchObject({ ok: true })
    hub.hooks.fault = () => null
    for (const core of [one, other, one]) expect(await exchange(core)).toBe(null)
    expect(hub.find('portalProfile', { customerId: rossi.id })).toHaveLength(1)
    expect(hub.find('contractLink', { state: 'linked' })).toHaveLength(1)
    for (const core of [one, other]) expect(await core.call('portal', 'page', { customerId: rossi.id })).toMatchObject({ value: { links: [{ serviceCode: 'S-100', state: 'linked' }] } })
  })

  it('hold to the last digit what was typed at the other, figures and texts alike', async () => {
    const hub = await filled()
    const [one, other] = [await desk(hub), await desk(hub, 2)]
    const text = 'Perché? «12.345,678 m³» – 1.331\n\t“due” righe 🚰 e\u0301'
    expect(await one.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
    const made = await one.call('tickets', 'open', { ...ticket('Lettura 0'), text })
    expect(made).toMatchObject({ ok: true })
    for (const core of [one, other]) expect(await exchange(core)).toBe(null)
    expect(hub.find('reading', { meterId: waterMeter, day: '2026-11-20' })).toMatchObject([{ value: 1_331_000 }])
    expect(deskRows(other)).toEqual(deskRows(one))
    const seen = await other.call('tickets', 'get', { ticketId: made.ok ? made.value.ticketId : '' })
    expect(seen).toMatchObject({ ok: true, value: { subject: 'Lettura 0' } })
    expect(JSON.stringify(seen)).toContain(JSON.stringify(text.trim()).slice(1, -1))
  })
})

describe('two windows of one desk', () => {
  it('that save the same reading in the same moment have saved one', async () => {
    const core = await desk(await filled())
    await core.as('second')('session', 'signIn', { username: 'anna', password: testPassword })
    const reading = { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 }
    const replies = await Promise.all([core.call('readings', 'enter', reading), core.as('second')('readings', 'enter', reading)])
    expect(replies.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    expect(replies.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'day_taken' } })
    expect(inStore(core, (db) => db.prepare(`SELECT count(*) FROM outbox WHERE kind = 'reading.enter'`).pluck().get())).toBe(1)
  })
})

describe('without a line', () => {
  it('every form works after a restart: what it needs to know is on this desk', async () => {
    const hub = await filled()
    const core = await desk(hub)
    await core.core.close()
    released(core)
    hub.hooks.fault = () => 'lost before'
    const again = kept(await createTestCore({ dataDir: core.dataDir, deskNumber: 3, hub: doublePorts(hub) }))
    expect(await again.call('lookup', 'search', { text: 'rossi' })).toMatchObject({ ok: true, value: { rows: [{ customerId: rossi.id }] } })
    expect(await again.call('readings', 'form', { customerId: rossi.id, supplyPointId: waterPoint })).toMatchObject({ ok: true, value: { windowOpen: true, meter: { meterId: waterMeter } } })
    expect(await again.call('readings', 'enter', { customerId: rossi.id, meterId: waterMeter, value: 1_331_000 })).toMatchObject({ ok: true })
    const page = await again.call('portal', 'page', { customerId: rossi.id })
    expect(page.ok && page.value.declaration.text).toMatch(/\w/u)
    expect(await again.call('tickets', 'open', ticket('senza linea', bianchi.id))).toMatchObject({ ok: true })
    expect(await verify(again)).toMatchObject({ ok: true })
    expect(await again.call('outbox', 'list', {})).toMatchObject({ ok: true, value: { total: 2 } })
  })
})
