import { computed, ref, shallowRef, watch } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, InputOf } from '../../../../shared/contract/call.ts'
import type { TicketSummary } from '../../../../shared/contract/customers.ts'
import type { ticketsCalls } from '../../../../shared/contract/tickets.ts'
import type { TicketArea, TicketChannel, TicketState, TicketType } from '../../../../shared/domain/records/tickets.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

export type QueueFilters = {
  readonly states: readonly TicketState[]
  /** `null` is all of them. */
  readonly area: TicketArea | null
  readonly type: TicketType | null
  readonly channel: TicketChannel | null
  readonly mine: boolean
}

/** What is still to be worked on, by anybody. */
export const openFilters: QueueFilters = { states: ['new', 'in_charge', 'waiting'], area: null, type: null, channel: null, mine: false }

const pageSize = 200
/** The most the call gives at once. */
const biggestPage = 500
const settleMs = 300

/** The office's tickets, oldest received first, loaded as the table is scrolled; outlives leaving the page. */
export const useTicketQueue = defineStore('ticket-queue', () => {
  const { core, onEvent } = usePorts()
  const filters = ref<QueueFilters>(openFilters)
  const rows = shallowRef<readonly TicketSummary[]>([])
  /** All tickets that match; `null` until the first answer. */
  const total = ref<number | null>(null)
  const loading = ref(false)
  const problem = shallowRef<Refused<CommonError>['error'] | null>(null)
  const selected = ref<string | null>(null)
  const complete = computed(() => total.value !== null && rows.value.length >= total.value)
  const filtered = computed(() => JSON.stringify(filters.value) !== JSON.stringify(openFilters))
  let asked = 0
  let settling: ReturnType<typeof setTimeout> | undefined

  function wanted(offset: number, limit: number): InputOf<typeof ticketsCalls.queue> {
    const { states, area, type, channel, mine } = filters.value
    return {
      states: [...states],
      ...(area === null ? {} : { areas: [area] }),
      ...(type === null ? {} : { types: [type] }),
      ...(channel === null ? {} : { channels: [channel] }),
      mine,
      offset,
      limit,
    }
  }

  /** Fetches the first `count` rows again and shows them all at once, so that nothing jumps meanwhile. */
  async function fetchFirst(count: number): Promise<void> {
    const mine = ++asked
    loading.value = true
    const fresh: TicketSummary[] = []
    let all = 0
    do {
      const reply = await core.tickets.queue(wanted(fresh.length, Math.min(biggestPage, count - fresh.length)))
      if (mine !== asked) return
      if (!reply.ok) {
        problem.value = reply.error
        loading.value = false
        return
      }
      fresh.push(...reply.value.rows)
      all = reply.value.total
      if (reply.value.rows.length === 0) break
    } while (fresh.length < Math.min(count, all))
    rows.value = fresh
    total.value = all
    problem.value = null
    loading.value = false
  }

  const load = (): Promise<void> => fetchFirst(pageSize)
  const refresh = (): Promise<void> => fetchFirst(Math.max(pageSize, rows.value.length))

  /** The next rows; does nothing while an answer is on its way or all are there. */
  async function more(): Promise<void> {
    if (loading.value || complete.value || total.value === null) return
    const mine = ++asked
    loading.value = true
    const reply = await core.tickets.queue(wanted(rows.value.length, pageSize))
    if (mine !== asked) return
    loading.value = false
    problem.value = reply.ok ? null : reply.error
    if (!reply.ok) return
    // A ticket that moved up meanwhile must not stand there twice.
    const known = new Set(rows.value.map((row) => row.ticketId))
    rows.value = [...rows.value, ...reply.value.rows.filter((row) => !known.has(row.ticketId))]
    total.value = reply.value.rows.length === 0 ? rows.value.length : reply.value.total
  }

  function filter(change: Partial<QueueFilters>): void {
    filters.value = { ...filters.value, ...change }
  }
  const reset = (): void => filter(openFilters)

  /** Puts a state in or takes it out; the last one stays, because a list of nothing helps nobody. */
  function toggleState(state: TicketState): void {
    const { states } = filters.value
    const next = states.includes(state) ? states.filter((one) => one !== state) : [...states, state]
    if (next.length > 0) filter({ states: next })
  }

  watch(filters, () => void load())
  onEvent((event) => {
    if (event.kind !== 'changed' || event.entity !== 'ticket' || total.value === null) return
    clearTimeout(settling)
    settling = setTimeout(() => void refresh(), settleMs)
  })

  return { filters, rows, total, loading, problem, selected, complete, filtered, load, refresh, more, filter, reset, toggleState }
})
