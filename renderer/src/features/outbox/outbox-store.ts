import { computed, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { OutboxItem } from '../../../../shared/contract/outbox.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { usePorts } from '../../ports.ts'

const page = 200

/** Everything written here that is not confirmed, oldest first; read on as far as it is looked at. */
export const useOutbox = defineStore('outbox', () => {
  const { core, onEvent } = usePorts()
  const rows = shallowRef<readonly OutboxItem[]>([])
  const total = ref(0)
  const known = ref(false)
  const loading = ref(false)
  const refusal = shallowRef<Refused<CommonError>['error'] | null>(null)
  const complete = computed(() => rows.value.length >= total.value)
  /** Somebody looks at the list: changes are fetched at once. */
  const watched = ref(false)
  let asked = 0

  /** Reads as many rows again as are there, at least one page. */
  async function refresh(): Promise<void> {
    const turn = ++asked
    const wanted = Math.max(page, rows.value.length)
    loading.value = true
    let read: readonly OutboxItem[] = []
    for (;;) {
      const reply = await core.outbox.list({ offset: read.length, limit: page })
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
    refusal.value = null
    known.value = true
    loading.value = false
  }

  async function more(): Promise<void> {
    if (complete.value || loading.value) return
    const turn = asked
    loading.value = true
    const reply = await core.outbox.list({ offset: rows.value.length, limit: page })
    if (turn !== asked) return
    loading.value = false
    if (!reply.ok) {
      refusal.value = reply.error
      return
    }
    rows.value = [...rows.value, ...reply.value.rows]
    total.value = reply.value.total
  }

  onEvent((event) => {
    if (event.kind === 'outbox' && watched.value) void refresh()
  })

  return { rows, total, known, loading, refusal, complete, watched, refresh, more }
})
