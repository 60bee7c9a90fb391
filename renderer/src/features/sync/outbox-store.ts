import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { OutboxItem, OutboxView, OutboxWriter } from '../../../../shared/contract/outbox.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

const page = 200
const gatherMs = 300

/** What was written here, by how far it has come; the unconfirmed oldest first, read on as far as it is looked at. */
export const useOutbox = defineStore('outbox', () => {
  const { core, onEvent } = usePorts()
  const view = ref<OutboxView>('open')
  /** Of one person only; `null` for everybody's. */
  const actor = ref<string | null>(null)
  const writers = shallowRef<readonly OutboxWriter[]>([])
  const rows = shallowRef<readonly OutboxItem[]>([])
  const total = ref(0)
  const known = ref(false)
  const loading = ref(false)
  const refusal = shallowRef<Refused<CommonError>['error'] | null>(null)
  const complete = computed(() => rows.value.length >= total.value)
  /** Somebody looks at the list: changes are fetched at once. */
  const watched = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Reads as many rows again as are there, at least one page. */
  async function refresh(): Promise<void> {
    const turn = ++asked
    const wanted = Math.max(page, rows.value.length)
    loading.value = true
    let read: readonly OutboxItem[] = []
    for (;;) {
      const reply = await core.outbox.list({ view: view.value, actor: actor.value, offset: read.length, limit: page })
      if (turn !== asked) return
      if (!reply.ok) {
        refusal.value = reply.error
        loading.value = false
        return
      }
      read = [...read, ...reply.value.rows]
      total.value = reply.value.total
      if (read.length >= wanted || reply.value.rows.length < page) break
    }
    rows.value = read
    void whoWrote(turn)
    refusal.value = null
    known.value = true
    loading.value = false
  }

  async function whoWrote(turn: number): Promise<void> {
    const reply = await core.outbox.writers({ view: view.value })
    if (turn === asked && reply.ok) writers.value = reply.value
  }

  async function more(): Promise<void> {
    if (complete.value || loading.value) return
    const turn = asked
    loading.value = true
    const reply = await core.outbox.list({ view: view.value, actor: actor.value, offset: rows.value.length, limit: page })
    if (turn !== asked) return
    loading.value = false
    if (!reply.ok) {
      refusal.value = reply.error
      return
    }
    rows.value = [...rows.value, ...reply.value.rows]
    total.value = reply.value.total
  }

  /** Shows another part of it, from its beginning. */
  function look(next: OutboxView, by: string | null = actor.value): Promise<void> {
    view.value = next
    actor.value = by
    rows.value = []
    known.value = false
    return refresh()
  }

  /** Reads down to the last row, for paper. */
  async function whole(): Promise<void> {
    while (!complete.value && refusal.value === null) {
      const before = rows.value.length
      await more()
      if (rows.value.length === before) return
    }
  }

  /** Receipts come in bursts: the list is read again once for many of them. */
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      if (watched.value) void refresh()
    }, gatherMs)
  }
  onEvent((event) => {
    if (!watched.value) return
    if (event.kind === 'outbox') void refresh()
    if (event.kind === 'hub') soon()
  })
  onScopeDispose(() => clearTimeout(timer))

  return { view, actor, writers, rows, total, known, loading, refusal, complete, watched, refresh, more, look, whole }
})
