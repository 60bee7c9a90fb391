import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useWorkspace } from '../../../renderer/src/features/desk/workspace-store.ts'
import type { RestoredWorkspace } from '../../../shared/contract/workspace.ts'
import { later } from '../support/fake-core.ts'
import { openDesk } from './desk-harness.ts'

const nothing: RestoredWorkspace = { tabs: [], active: null, area: 'lookup', titles: {} }
const stored: RestoredWorkspace = {
  tabs: [
    { id: 't1', kind: 'customer', recordId: 'c1', page: 'invoices', supplyPointId: 's9' },
    { id: 't2', kind: 'ticket', recordId: 'k1', page: null, supplyPointId: null },
  ],
  active: 't1',
  area: 'tickets',
  titles: { t1: { title: 'Prova S.r.l.', kind: 'company' }, t2: { title: 'T-2026-000001', kind: 'ticket' } },
}

async function open(load: RestoredWorkspace = nothing) {
  const desk = openDesk({
    workspace: { load: () => ({ ok: true, value: load }), save: () => ({ ok: true, value: { savedAt: '2026-11-20T09:00:00Z' } }) },
    customers: { forget: () => ({ ok: true, value: { forgotten: true } }) },
  })
  const workspace = useWorkspace(desk.pinia)
  await desk.router.push({ name: 'lookup' })
  const place = await workspace.restore()
  if (place !== null) await desk.router.push(place)
  const here = (): string => desk.router.currentRoute.value.fullPath
  const saved = (): unknown[] => desk.asked.filter(({ call }) => call === 'workspace.save').map(({ input }) => input)
  return { ...desk, workspace, here, saved }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('tabs after a restart', () => {
  it('are back with page, supply point and the one in view', async () => {
    const { workspace, here } = await open(stored)
    expect(workspace.tabs.map(({ title, look }) => [title, look])).toEqual([['Prova S.r.l.', 'company'], ['T-2026-000001', 'ticket']])
    expect(workspace.current).toMatchObject({ id: 't1', page: 'invoices', supplyPointId: 's9' })
    expect(here()).toBe('/tab/t1/invoices')
  })

  it('come back to a page of the desk where one was in view, and to the lookup from one that is gone', async () => {
    expect((await open({ ...stored, active: null })).here()).toBe('/tickets')
    expect((await open({ ...stored, active: null, area: 'radar' })).here()).toBe('/lookup')
  })

  it('come back to a form that filled the sheet', async () => {
    const { here } = await open({ ...stored, tabs: [{ id: 't1', kind: 'customer', recordId: 'c1', page: 'new-reading', supplyPointId: null }] })
    expect(here()).toBe('/tab/t1/new-reading')
  })

  it('are not overwritten when they could not be read', async () => {
    const desk = openDesk({ workspace: { load: () => ({ ok: false, error: { code: 'internal' } }) }, customers: {} })
    const workspace = useWorkspace(desk.pinia)
    expect(await workspace.restore()).toBeNull()
    await workspace.openCustomer('c1', { title: 'Prova' })
    await vi.runAllTimersAsync()
    await workspace.save()
    expect(desk.asked.filter(({ call }) => call === 'workspace.save')).toEqual([])
  })
})

describe('what is opened while the tabs are still coming back', () => {
  async function slowly(load: RestoredWorkspace) {
    const slow = later<{ readonly ok: true; readonly value: RestoredWorkspace }>()
    const desk = openDesk({ workspace: { load: () => slow.answer, save: () => ({ ok: true, value: { savedAt: '2026-11-20T09:00:00Z' } }) } })
    const workspace = useWorkspace(desk.pinia)
    await desk.router.push({ name: 'lookup' })
    const coming = workspace.restore()
    return {
      ...desk,
      workspace,
      come: async () => {
        slow.give({ ok: true, value: load })
        await coming
        await vi.runAllTimersAsync()
      },
      saved: () => desk.asked.filter(({ call }) => call === 'workspace.save').map(({ input }) => input as { readonly tabs: readonly { readonly recordId: string }[] }),
    }
  }

  it('stays open beside them, and is stored', async () => {
    const { workspace, come, saved } = await slowly(stored)
    const id = await workspace.openCustomer('c7', { title: 'Sette' })
    await come()
    expect(workspace.tabs.map(({ recordId, title }) => [recordId, title])).toEqual([['c1', 'Prova S.r.l.'], ['k1', 'T-2026-000001'], ['c7', 'Sette']])
    expect(workspace.current?.id).toBe(id)
    expect(saved().at(-1)?.tabs.map(({ recordId }) => recordId)).toEqual(['c1', 'k1', 'c7'])
  })

  it('is not open twice', async () => {
    const { workspace, come } = await slowly(stored)
    const id = await workspace.openCustomer('c1')
    await come()
    expect(workspace.tabs.map(({ recordId }) => recordId)).toEqual(['k1', 'c1'])
    expect(workspace.current?.id).toBe(id)
  })

  it('takes the place of the oldest one where there are too many', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ id: `t${index}`, kind: 'customer', recordId: `c${index}`, page: null, supplyPointId: null }) as const)
    const { workspace, come } = await slowly({ ...nothing, tabs: many })
    await workspace.openCustomer('new')
    await come()
    expect(workspace.tabs).toHaveLength(50)
    expect(workspace.tabs[0]?.recordId).toBe('c1')
    expect(workspace.tabs.at(-1)?.recordId).toBe('new')
  })
})

describe('opening', () => {
  it('goes to the tab where the customer is open already', async () => {
    const { workspace, here } = await open()
    const first = await workspace.openCustomer('c1', { title: 'Uno' })
    await workspace.openCustomer('c2', { title: 'Due' })
    expect(await workspace.openCustomer('c1', { page: 'readings' })).toBe(first)
    expect(workspace.tabs).toHaveLength(2)
    expect(here()).toBe(`/tab/${first}/readings`)
  })

  it('in the background leaves the page in view', async () => {
    const { workspace, here } = await open()
    await workspace.openCustomer('c1', { background: true, title: 'Uno' })
    expect(workspace.tabs).toHaveLength(1)
    expect(workspace.active).toBeNull()
    expect(here()).toBe('/lookup')
  })

  it('keeps a customer and a ticket with the same id apart', async () => {
    const { workspace } = await open()
    await workspace.openCustomer('x')
    await workspace.openTicket('x')
    expect(workspace.tabs.map((tab) => tab.kind)).toEqual(['customer', 'ticket'])
  })

  it('beyond fifty closes the oldest tab that is not in view', async () => {
    const { workspace } = await open()
    for (let index = 0; index < 51; index += 1) await workspace.openCustomer(`c${index}`, { background: index > 0 })
    expect(workspace.tabs).toHaveLength(50)
    expect(workspace.tabs.map((tab) => tab.recordId)).toContain('c0')
    expect(workspace.tabs.map((tab) => tab.recordId)).not.toContain('c1')
  })
})

describe('what is stored', () => {
  it('has pages and supply points but no names', async () => {
    const { workspace, router, saved } = await open()
    const id = await workspace.openCustomer('c1', { title: 'Nome Segreto' })
    await router.push(`/tab/${id}/tickets`)
    workspace.chooseSupplyPoint(id, 's1')
    await vi.runAllTimersAsync()
    expect(saved().at(-1)).toEqual({ tabs: [{ id, kind: 'customer', recordId: 'c1', page: 'tickets', supplyPointId: 's1' }], active: id, area: 'lookup' })
    expect(JSON.stringify(saved())).not.toContain('Segreto')
  })

  it('is stored once for changes that come together', async () => {
    const { workspace, saved } = await open()
    await vi.runAllTimersAsync()
    const before = saved().length
    await workspace.openCustomer('c1', { background: true })
    await workspace.openCustomer('c2', { background: true })
    await vi.runAllTimersAsync()
    expect(saved().length - before).toBe(1)
  })
})

describe('moving between tabs', () => {
  it('goes round and round', async () => {
    const { workspace } = await open(stored)
    await workspace.step(1)
    expect(workspace.active).toBe('t2')
    await workspace.step(1)
    expect(workspace.active).toBe('t1')
    await workspace.step(-1)
    expect(workspace.active).toBe('t2')
  })

  it('returns to the page seen last', async () => {
    const { workspace, here } = await open(stored)
    await workspace.show('t2')
    await workspace.show('t1')
    expect(here()).toBe('/tab/t1/invoices')
    await workspace.show('t1', null)
    expect(here()).toBe('/tab/t1')
  })

  it('from the lookup goes back where it was called from', async () => {
    const { workspace, router, here } = await open(stored)
    await router.push({ name: 'lookup' })
    await workspace.goBack()
    expect(here()).toBe('/tab/t1/invoices')
    await router.push({ name: 'lookup' })
    await workspace.close('t1')
    await workspace.goBack()
    expect(here()).toBe('/lookup')
  })
})

describe('closing a tab', () => {
  it('shows its neighbour, and the lookup after the last one', async () => {
    const { workspace, here } = await open(stored)
    await workspace.close('t1')
    expect(here()).toBe('/tab/t2')
    await workspace.close('t2')
    expect(here()).toBe('/lookup')
  })

  it('puts the mask of its customer back', async () => {
    const { workspace, asked } = await open(stored)
    await workspace.close('t1')
    expect(asked).toContainEqual({ call: 'customers.forget', input: { customerId: 'c1' } })
  })

  it('leaves the page in view where another tab is closed', async () => {
    const { workspace, here } = await open(stored)
    await workspace.close('t2')
    expect(here()).toBe('/tab/t1/invoices')
  })
})

describe('the title of a tab', () => {
  it('is the record’s own as soon as it is known', async () => {
    const { workspace } = await open()
    const id = await workspace.openCustomer('c1')
    workspace.entitle(id, 'Prova S.p.A.', 'company')
    expect(workspace.tab(id)).toMatchObject({ title: 'Prova S.p.A.', look: 'company' })
  })
})
