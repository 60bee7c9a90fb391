import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { IndexProgress } from '../../../../shared/contract/lookup.ts'
import type { OutboxStatus } from '../../../../shared/contract/outbox.ts'
import { usePorts } from '../../ports.ts'

/** The clock of the status bar; ages are told in minutes. */
const tickMs = 30_000
/** Receipts come in bursts: one question answers many of them. */
const gatherMs = 300

/** What is saved, what waits, how old the data are, and how far the lookup index is. */
export const useDeskStatus = defineStore('desk-status', () => {
  const { core, onEvent } = usePorts()
  const outbox = shallowRef<OutboxStatus | null>(null)
  /** `null` until known. */
  const index = shallowRef<IndexProgress | null>(null)
  const now = ref(Date.now())
  const building = computed(() => index.value !== null && !index.value.finished)
  const timer = setInterval(() => (now.value = Date.now()), tickMs)
  let gathering: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => {
    clearInterval(timer)
    clearTimeout(gathering)
  })
  let asked = 0

  async function refresh(): Promise<void> {
    const turn = ++asked
    const [status, progress] = await Promise.all([core.outbox.status({}), core.lookup.indexProgress({})])
    if (turn !== asked) return
    now.value = Date.now()
    if (status.ok) outbox.value = status.value
    if (progress.ok) index.value = progress.value
  }

  onEvent((event) => {
    switch (event.kind) {
      case 'outbox':
        now.value = Date.now()
        if (outbox.value === null) void refresh()
        else outbox.value = { ...outbox.value, queued: event.queued, lastSavedAt: event.lastSavedAt }
        break
      case 'index':
        index.value = event.progress
        // The number of customers is known again when the index is whole.
        if (event.progress.finished) void refresh()
        break
      case 'changed':
        if (event.entity === 'master') void refresh()
        break
      case 'hub':
        gathering ??= setTimeout(() => {
          gathering = undefined
          void refresh()
        }, gatherMs)
        break
      case 'storage':
      case 'leases':
      case 'signed_out':
      case 'locking':
        break
    }
  })

  return { outbox, index, building, now, refresh }
})
