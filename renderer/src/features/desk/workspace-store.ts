import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import { useRouter } from 'vue-router'
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import type { WorkspaceTab } from '../../../../shared/contract/workspace.ts'
import { usePorts } from '../../ports.ts'

/** How a tab looks before its page has opened. */
export type TabLook = 'person' | 'company' | 'ticket'
/** An open customer or ticket. Its id says nothing about the record. */
export type OpenTab = WorkspaceTab & { readonly title: string; readonly look: TabLook }

/** Pages of a customer's tab that fill the whole sheet and have a route of their own name. */
const wholePages = ['new-ticket', 'new-reading'] as const
/** The contract keeps no more tabs than this; then the oldest one out of sight gives way. */
const mostTabs = 50
const saveAfterMs = 150

export type OpenOptions = {
  /** Opens the tab without leaving the page in view. */
  readonly background?: boolean
  /** Shown until the record itself tells its title. */
  readonly title?: string
  readonly look?: TabLook
  /** Page of the sheet, such as `invoices` or `new-reading`; left out, the page seen last. */
  readonly page?: string
  readonly supplyPointId?: string
}

/** The route of a tab's page, for `router.push`. */
export function tabLocation(tab: Pick<WorkspaceTab, 'id' | 'page'>): RouteLocationRaw {
  const whole = wholePages.find((page) => page === tab.page)
  if (whole !== undefined) return { name: whole, params: { tabId: tab.id } }
  return { name: 'tab', params: { tabId: tab.id, page: tab.page } }
}

/**
 * Open customers and tickets, the page and supply point of each, and the area in view. Everything is stored with the
 * person at once and returns after a restart; titles are read afresh from the core, they are never stored.
 */
export const useWorkspace = defineStore('workspace', () => {
  const { core } = usePorts()
  const router = useRouter()
  const tabs = shallowRef<readonly OpenTab[]>([])
  /** Id of the tab in view; `null` on the pages of the desk itself. */
  const active = ref<string | null>(null)
  /** Route name of the desk page in view or last seen. */
  const area = ref('lookup')
  /** Whether the stored tabs are back; nothing is stored before. */
  const ready = ref(false)
  const current = computed(() => tabs.value.find((tab) => tab.id === active.value))
  /** Where the person was before the lookup. */
  let before: { readonly path: string; readonly tabId: string | null } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const tab = (tabId: string): OpenTab | undefined => tabs.value.find((one) => one.id === tabId)

  function keep(): void {
    if (!ready.value) return
    clearTimeout(timer)
    timer = setTimeout(() => void save(), saveAfterMs)
  }

  /** Stores the tabs now, not in a moment. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    if (!ready.value) return
    const plain = tabs.value.map(({ id, kind, recordId, page, supplyPointId }) => ({ id, kind, recordId, page, supplyPointId }))
    await core.workspace.save({ tabs: plain, active: active.value, area: area.value })
  }

  function patch(tabId: string, change: Partial<OpenTab>): void {
    tabs.value = tabs.value.map((one) => (one.id === tabId ? { ...one, ...change } : one))
    keep()
  }

  function follow(to: RouteLocationNormalized): void {
    if (typeof to.name !== 'string') return
    const tabId = to.params['tabId']
    if (to.name !== 'lookup') before = { path: to.fullPath, tabId: typeof tabId === 'string' ? tabId : null }
    if (typeof tabId === 'string') {
      active.value = tabId
      const page = to.name === 'tab' ? String(to.params['page'] ?? '') : to.name
      patch(tabId, { page: page === '' ? null : page })
    } else if (to.meta['area'] === true) {
      active.value = null
      area.value = to.name
      keep()
    }
  }
  onScopeDispose(router.afterEach((to, _, failure) => {
    if (failure === undefined) follow(to)
  }))

  function makeRoom(): void {
    const out = tabs.value.length < mostTabs ? undefined : tabs.value.find((one) => one.id !== active.value)
    if (out !== undefined) tabs.value = tabs.value.filter((one) => one !== out)
  }

  async function open(kind: WorkspaceTab['kind'], recordId: string, options: OpenOptions): Promise<string> {
    const { background = false, title = '', look = kind === 'ticket' ? 'ticket' : 'person', page, supplyPointId } = options
    const known = tabs.value.find((one) => one.kind === kind && one.recordId === recordId)
    if (known === undefined) makeRoom()
    const shown: OpenTab = known ?? { id: crypto.randomUUID(), kind, recordId, page: null, supplyPointId: null, title, look }
    if (known === undefined) tabs.value = [...tabs.value, shown]
    patch(shown.id, {
      ...(page === undefined ? {} : { page }),
      ...(supplyPointId === undefined ? {} : { supplyPointId }),
    })
    if (!background) await show(shown.id)
    return shown.id
  }

  /** Opens a customer, or goes to the tab where that customer is open already; answers the tab's id. */
  const openCustomer = (customerId: string, options: OpenOptions = {}): Promise<string> => open('customer', customerId, options)
  /** Opens a ticket, or goes to its tab; answers the tab's id. */
  const openTicket = (ticketId: string, options: OpenOptions = {}): Promise<string> => open('ticket', ticketId, options)

  /** Goes to a tab: to `page`, or to the page seen last; `null` is the first page of the sheet. */
  async function show(tabId: string, page?: string | null): Promise<void> {
    const found = tab(tabId)
    if (found !== undefined) await router.push(tabLocation({ id: tabId, page: page === undefined ? found.page : page }))
  }

  /** The supply point every page of this tab is about; `null` for all. */
  const chooseSupplyPoint = (tabId: string, supplyPointId: string | null): void => patch(tabId, { supplyPointId })

  /** The record's own title, as soon as it is known. */
  function entitle(tabId: string, title: string, look: TabLook): void {
    const found = tab(tabId)
    if (found !== undefined && (found.title !== title || found.look !== look)) patch(tabId, { title, look })
  }

  /** Closes a tab and puts the mask of its customer back; the neighbour at the right, else at the left, comes in view. */
  async function close(tabId: string): Promise<void> {
    const index = tabs.value.findIndex((one) => one.id === tabId)
    const closed = tabs.value[index]
    if (closed === undefined) return
    const rest = tabs.value.filter((one) => one.id !== tabId)
    tabs.value = rest
    keep()
    if (closed.kind === 'customer') void core.customers.forget({ customerId: closed.recordId })
    if (active.value !== tabId) return
    const neighbour = rest[index] ?? rest[index - 1]
    // At once, so that the next key press is about the next tab.
    active.value = neighbour?.id ?? null
    await router.push(neighbour === undefined ? { name: 'lookup' } : tabLocation(neighbour))
  }

  /** The next (1) or previous (-1) tab, round and round. */
  async function step(by: 1 | -1): Promise<void> {
    const count = tabs.value.length
    const index = tabs.value.findIndex((one) => one.id === active.value)
    const next = tabs.value[index < 0 ? (by === 1 ? 0 : count - 1) : (index + by + count) % count]
    if (next !== undefined) await show(next.id)
  }

  /** From the lookup back to the page it was called from, unless that tab was closed since. */
  async function goBack(): Promise<void> {
    if (before !== null && (before.tabId === null || tab(before.tabId) !== undefined)) await router.push(before.path)
  }

  /** Brings the stored tabs back; answers where the person was, or `null` when they could not be read. */
  async function restore(): Promise<RouteLocationRaw | null> {
    const reply = await core.workspace.load({})
    if (!reply.ok) return null
    const { titles } = reply.value
    const stored = reply.value.tabs.map((one): OpenTab => ({ ...one, title: titles[one.id]?.title ?? '', look: titles[one.id]?.kind ?? 'person' }))
    // What was opened while the answer was on its way is in view, under an id of its own.
    const meanwhile = tabs.value
    const before = stored.filter((one) => !meanwhile.some((other) => other.kind === one.kind && other.recordId === one.recordId))
    tabs.value = [...before, ...meanwhile].slice(-mostTabs)
    ready.value = true
    if (meanwhile.length > 0) keep()
    const last = tabs.value.find((one) => one.id === reply.value.active)
    if (last !== undefined) return tabLocation(last)
    return router.hasRoute(reply.value.area) ? { name: reply.value.area } : { name: 'lookup' }
  }

  onScopeDispose(() => clearTimeout(timer))

  return { tabs, active, area, ready, current, tab, openCustomer, openTicket, show, chooseSupplyPoint, entitle, close, step, goBack, save, restore }
})
