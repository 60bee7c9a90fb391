import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { shallowRef } from 'vue'
import { createAskAnswers } from '../../../renderer/src/features/desktop/answer-asks.ts'
import { createNoticeRules } from '../../../renderer/src/features/desktop/notice-rules.ts'
import { deskActions, tabKeys } from '../../../renderer/src/features/desk/desk-actions.ts'
import type { OpenTab } from '../../../renderer/src/features/desk/workspace-store.ts'
import { createActions, defineAction } from '../../../renderer/src/ui/actions/registry.ts'
import { askLastsMs, shellActions } from '../../../shared/contract/shell.ts'
import type { LookupPage, LookupRow } from '../../../shared/contract/lookup.ts'
import type { TicketSummary } from '../../../shared/contract/customers.ts'
import { settle } from '../desk/desk-harness.ts'
import { fakeCore } from '../support/fake-core.ts'
import type { FakeAnswers } from '../support/fake-core.ts'

const tabId = '0b7c9f6e-3f0a-4c55-9a6e-6a3b5d0e1f22'

/** A desk that writes down what was done on it. */
function desk(answers: FakeAnswers = {}) {
  const { core, asked } = fakeCore(answers)
  const done: string[] = []
  const note = (what: string) => (): void => void done.push(what)
  const registry = createActions({ singleKeys: () => true, failed: () => undefined, mac: false })
  registry.add(defineAction({ id: 'desk.lookup', titleKey: 'desk.goLookup', run: note('lookup') }))
  registry.add(defineAction({ id: 'desk.nextTab', titleKey: 'ui.tabs.next', run: note('next tab') }))
  const version = shallowRef(0)
  const answersOf = createAskAnswers({
    core,
    router: { push: (to) => Promise.resolve(note(`page ${JSON.stringify(to)}`)()) },
    registry: { find: registry.find, run: registry.run, version: registry.version },
    lookup: { type: (text) => Promise.resolve(note(`typed ${text}`)()) },
    workspace: {
      tab: (id) => (id === tabId ? ({ id } as OpenTab) : undefined),
      show: (id) => Promise.resolve(note(`tab ${id}`)()),
      openCustomer: (id) => Promise.resolve(note(`customer ${id}`)()).then(() => 't'),
      openTicket: (id) => Promise.resolve(note(`ticket ${id}`)()).then(() => 't'),
    },
    tell: (problem) => note(`told ${problem}`)(),
  })
  return { ...answersOf, registry, done, asked, version }
}

describe('what comes from outside the page', () => {
  it('puts the copied text into the lookup and goes there', () => {
    const { answer, done } = desk()
    answer({ do: 'lookup', text: 'IT001E12345678' })
    expect(done).toEqual(['typed IT001E12345678', 'lookup'])
  })

  it('leaves what stands in the box when nothing was copied', () => {
    const { answer, done } = desk()
    answer({ do: 'lookup', text: '' })
    expect(done).toEqual(['lookup'])
  })

  it('runs actions of the one registry, and none that is not there now', () => {
    const { answer, done } = desk()
    answer({ do: 'action', id: 'desk.nextTab' })
    answer({ do: 'action', id: 'desk.closeTab' })
    expect(done).toEqual(['next tab'])
  })

  it('opens a customer, an area, and a tab that is still open', async () => {
    const { answer, done } = desk()
    answer({ do: 'open', target: { to: 'customer', customerId: 'unogas:0001234' } })
    answer({ do: 'open', target: { to: 'area', area: 'tickets' } })
    answer({ do: 'open', target: { to: 'tab', tabId } })
    answer({ do: 'open', target: { to: 'tab', tabId: 'somebody else’s' } })
    await settle()
    expect(done).toEqual(['customer unogas:0001234', 'page {"name":"tickets"}', `tab ${tabId}`])
  })

  it('says so when a link is none of ours', () => {
    const { answer, done } = desk()
    answer({ do: 'badLink' })
    answer({ do: 'badLinkFile' })
    expect(done).toEqual(['told badLink', 'told badLinkFile'])
  })
})

describe('the ticket of a link', () => {
  const row = (customerId: string) => ({ customerId }) as LookupRow
  const page = (...rows: LookupRow[]) => ({ ok: true, value: { rows, cursor: null, corrected: null, suggestions: [], index: { done: 1, total: 1, finished: true } } satisfies LookupPage }) as const
  const tickets = (...codes: string[]) => ({ ok: true, value: { rows: codes.map((code, n) => ({ code, ticketId: `id-${n}` }) as TicketSummary), total: codes.length } }) as const
  const link = { do: 'open', target: { to: 'ticket', code: 'T-2026-7K3M9QX' } } as const

  it('is opened when its very code is found', async () => {
    const { answer, done, asked } = desk({ lookup: { search: () => page(row('unogas:1')) }, customers: { tickets: () => tickets('T-2026-AAAAAAA', 'T-2026-7K3M9QX') } })
    answer(link)
    await settle()
    expect(done).toEqual(['ticket id-1'])
    expect(asked[0]).toEqual({ call: 'lookup.search', input: { text: 'T-2026-7K3M9QX', scope: 'tickets', limit: 2 } })
  })

  it.each([
    ['nobody has it', { lookup: { search: () => page() } }],
    ['two customers have it', { lookup: { search: () => page(row('unogas:1'), row('etra:1')) } }],
    ['only one like it is there', { lookup: { search: () => page(row('unogas:1')) }, customers: { tickets: () => tickets('T-2026-7K3M9QY') } }],
    ['the core refuses', { lookup: { search: () => ({ ok: false, error: { code: 'stale_cursor', details: {} } }) as const } }],
  ] satisfies [string, FakeAnswers][])('leads to the lookup when %s', async (_, answers) => {
    const { answer, done } = desk(answers)
    answer(link)
    await settle()
    expect(done).toEqual(['told ticketNotFound', 'typed T-2026-7K3M9QX', 'lookup'])
  })
})

describe('while a dialog is open', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('the ask waits until the question in it is answered', async () => {
    const { answer, registry, done } = desk()
    const close = registry.enter('dialog')
    answer({ do: 'lookup', text: 'first' })
    answer({ do: 'lookup', text: 'second' })
    expect(done).toEqual([])
    close()
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toEqual(['typed second', 'lookup'])
    registry.enter('dialog')()
    await vi.advanceTimersByTimeAsync(0)
    expect(done).toHaveLength(2)
  })

  it('and is forgotten after a minute, or with the page', async () => {
    const { answer, stop, registry, done } = desk()
    const close = registry.enter('dialog')
    answer({ do: 'lookup', text: 'late' })
    await vi.advanceTimersByTimeAsync(askLastsMs)
    expect(vi.getTimerCount()).toBe(0)
    answer({ do: 'lookup', text: 'gone' })
    stop()
    close()
    await vi.advanceTimersByTimeAsync(0)
    expect([done, vi.getTimerCount()]).toEqual([[], 0])
  })
})

describe('the actions that the menu offers', () => {
  it('are actions of the page, but for three that other parts of it bring', () => {
    const nothing = () => Promise.resolve()
    const own = deskActions({ router: {} as never, keys: tabKeys.electron, tabCount: () => 1, activeTab: () => 'x', mayAdminister: () => false, step: nothing, closeTab: nothing, toLookup: nothing, signOut: nothing })
    expect(shellActions.filter((id) => !own.some((action) => action.id === id))).toEqual(['desk.newTicket', 'desk.print', 'desk.keys'])
  })
})

describe('what is worth a notification', () => {
  const ticket: OpenTab = { id: tabId, kind: 'ticket', recordId: 'ticket-1', page: null, supplyPointId: null, title: '', look: 'ticket' }
  const progress = (finished: boolean) => ({ kind: 'index', progress: { done: 1, total: 2, finished } }) as const

  it('is the lookup index, once, when it has become whole', () => {
    const noticeOf = createNoticeRules(() => [])
    expect([progress(true), progress(false), progress(false), progress(true), progress(true)].map(noticeOf)).toEqual([null, null, null, { notice: 'indexReady', target: { to: 'area', area: 'lookup' } }, null])
  })

  it('is a change of a ticket that is open here, by the tab’s opaque id', () => {
    const noticeOf = createNoticeRules(() => [ticket])
    expect(noticeOf({ kind: 'changed', entity: 'ticket', ids: ['ticket-1', 'unogas:1'] })).toEqual({ notice: 'ticketChanged', target: { to: 'tab', tabId } })
    expect(noticeOf({ kind: 'changed', entity: 'ticket', ids: ['ticket-2'] })).toBeNull()
    expect(noticeOf({ kind: 'changed', entity: 'customer', ids: ['ticket-1'] })).toBeNull()
    expect(noticeOf({ kind: 'outbox', queued: 1, lastSavedAt: '' })).toBeNull()
  })
})
