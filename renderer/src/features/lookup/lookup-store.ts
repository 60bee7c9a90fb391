import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError, ErrorOf } from '../../../../shared/contract/call.ts'
import type { LookupPage, LookupRow, lookupCalls, LookupScope, RecentCustomer } from '../../../../shared/contract/lookup.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

type Calls = typeof lookupCalls
export type LookupRefusal = Refused<ErrorOf<Calls['search']> | CommonError>['error']

const firstPage = 50
const longestPage = 200
/** A search has settled when nothing was typed for this long; then it is counted, which leaves its trace. */
const settleMs = 350
/** This close to the last loaded row the next ones are fetched. */
const fetchAhead = 12

type Answer = Pick<LookupPage, 'rows' | 'cursor' | 'corrected' | 'suggestions'> & {
  /** What was asked for these rows. */
  readonly text: string
  readonly scope: LookupScope
}
const nothing: Answer = { rows: [], cursor: null, corrected: null, suggestions: [], text: '', scope: 'all' }

/**
 * The lookup: what is typed, its rows, and the row that Enter acts on. Rows are asked for at every keystroke; an answer
 * that is older than the one on the screen is dropped. Rows go on without limit, page after page.
 */
export const useLookup = defineStore('lookup', () => {
  const { core, onEvent } = usePorts()
  const text = ref('')
  const scope = ref<LookupScope>('all')
  const answer = shallowRef<Answer>(nothing)
  /** Exact number of matches of the text in view, as soon as counted. */
  const total = ref<number | null>(null)
  const selected = ref(0)
  const refusal = shallowRef<LookupRefusal | null>(null)
  const loadingMore = ref(false)
  const recent = shallowRef<readonly RecentCustomer[]>([])
  const recentKnown = ref(false)

  const empty = computed(() => text.value.trim() === '')
  const rows = computed<readonly LookupRow[]>(() => answer.value.rows)
  /** Whether the rows on the screen are those of what is typed. */
  const current = computed(() => !empty.value && answer.value.text === text.value && answer.value.scope === scope.value)
  /** Whether the list ends with the very last match. */
  const complete = computed(() => answer.value.cursor === null || (total.value !== null && rows.value.length >= total.value))
  const listed = computed(() => (empty.value ? recent.value.length : rows.value.length))

  let asked = 0
  let shown = 0
  let newest: Promise<void> = Promise.resolve()
  /** The answer whose next rows were wanted while others were on their way. */
  let wanted: Answer | null = null
  let settle: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(settle))

  async function ask(): Promise<void> {
    const turn = ++asked
    const wanted = { text: text.value, scope: scope.value }
    const reply = await core.lookup.search({ ...wanted, limit: firstPage })
    if (turn < shown) return
    shown = turn
    if (!reply.ok) {
      if (turn === asked) refusal.value = reply.error
      return
    }
    refusal.value = null
    const { rows: found, cursor, corrected, suggestions } = reply.value
    answer.value = { ...wanted, rows: found, cursor, corrected, suggestions }
    selected.value = 0
    total.value = cursor === null ? found.length : null
    readOn()
  }

  /** The core stops reading after a while, with nothing too: an empty list is "nobody" only at the very end. */
  function readOn(): void {
    if (answer.value.rows.length === 0 && !complete.value) void more()
  }

  /** Asks afresh for what is typed now; the count follows when the typing has settled. */
  function search(): Promise<void> {
    clearTimeout(settle)
    if (empty.value) {
      // Answers still under way belong to the past.
      shown = ++asked
      answer.value = nothing
      total.value = null
      selected.value = 0
      refusal.value = null
      newest = Promise.resolve()
      return newest
    }
    settle = setTimeout(() => void count(), settleMs)
    newest = ask()
    return newest
  }

  async function count(): Promise<void> {
    const wanted = { text: text.value, scope: scope.value }
    const reply = await core.lookup.count(wanted)
    // A newer count answers for itself.
    if (reply.ok && wanted.text === text.value && wanted.scope === scope.value) total.value = reply.value.total
  }

  function type(next: string): Promise<void> {
    if (next === text.value) return newest
    text.value = next
    return search()
  }

  function look(next: LookupScope): Promise<void> {
    scope.value = next
    return search()
  }

  /** Fetches the next rows, down to the very last match. */
  async function more(): Promise<void> {
    const before = answer.value
    if (before.cursor === null || complete.value || !current.value) return
    if (loadingMore.value) {
      wanted = before
      return
    }
    loadingMore.value = true
    const reply = await core.lookup.search({ text: before.text, scope: before.scope, cursor: before.cursor, limit: firstPage })
    loadingMore.value = false
    if (answer.value !== before) {
      // Asked for while these rows of an older answer were on their way.
      if (answer.value === wanted) await more()
      return
    }
    if (reply.ok) {
      answer.value = { ...before, rows: [...before.rows, ...reply.value.rows], cursor: reply.value.cursor }
      if (reply.value.cursor === null) total.value = answer.value.rows.length
      readOn()
    } else if (reply.error.code === 'stale_cursor') await reread(before)
    else refusal.value = reply.error
  }

  /** The data have changed under the list: reads as many rows again as were there; the chosen customer stays chosen. */
  async function reread(before: Answer): Promise<void> {
    const { text: sought, scope: within } = before
    let read: readonly LookupRow[] = []
    let cursor: string | null = null
    do {
      const reply = await core.lookup.search({ text: sought, scope: within, cursor, limit: longestPage })
      if (answer.value !== before || !reply.ok) return
      read = [...read, ...reply.value.rows]
      cursor = reply.value.cursor
    } while (cursor !== null && read.length < before.rows.length)
    const chosen = before.rows[selected.value]?.customerId
    answer.value = { ...before, rows: read, cursor }
    total.value = cursor === null ? read.length : null
    selected.value = Math.max(0, read.findIndex((row) => row.customerId === chosen))
    if (cursor !== null) void count()
  }

  /** Moves the choice; near the end the next rows are fetched. */
  function select(index: number): void {
    selected.value = Math.max(0, Math.min(listed.value - 1, index))
    if (!empty.value && selected.value > rows.value.length - fetchAhead) void more()
  }

  /** Resolves when the rows on the screen belong to what is typed, so that Enter never opens a row of before. */
  async function caughtUp(): Promise<void> {
    let waited: Promise<void> | undefined
    while (waited !== newest) {
      waited = newest
      await waited
    }
  }

  async function readRecent(): Promise<void> {
    const reply = await core.lookup.recent({})
    if (!reply.ok) return
    recent.value = reply.value
    recentKnown.value = true
    if (empty.value) selected.value = Math.max(0, Math.min(selected.value, reply.value.length - 1))
  }

  onEvent((event) => {
    // What was searched while the index was still growing may have more matches now.
    if (event.kind === 'index' && event.progress.finished && !empty.value) void newest.then(() => (empty.value ? undefined : reread(answer.value)))
  })

  return { text, scope, answer, rows, total, selected, refusal, loadingMore, recent, recentKnown, empty, current, complete, listed, type, look, search, more, select, caughtUp, readRecent }
})
