import { onScopeDispose, ref, shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { CommonError } from '../../../../../shared/contract/call.ts'
import type { InboxCounts, InboxItem, InboxKind } from '../../../../../shared/contract/inbox.ts'
import type { Refused } from '../../../../../shared/domain/result.ts'
import { usePorts } from '../../../ports.ts'

const page = 100
const gatherMs = 300

/** What waits for a decision: an agent's own, everybody's for supervisors; oldest first. */
export const useInbox = defineStore('inbox', () => {
  const { core, onEvent } = usePorts()
  const kind = ref<InboxKind | 'all'>('all')
  const rows = shallowRef<readonly InboxItem[]>([])
  const counts = shallowRef<InboxCounts | null>(null)
  const total = ref(0)
  const known = ref(false)
  const refusal = shallowRef<Refused<CommonError>['error'] | null>(null)
  /** Somebody looks at it: changes are fetched at once. */
  const watched = ref(false)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(from: number): Promise<void> {
    const turn = ++asked
    const reply = await core.inbox.list({ kind: kind.value === 'all' ? null : kind.value, offset: from, limit: page })
    if (turn !== asked) return
    if (!reply.ok) {
      refusal.value = reply.error
      return
    }
    rows.value = [...rows.value.slice(0, from), ...reply.value.rows]
    counts.value = reply.value.counts
    total.value = reply.value.total
    refusal.value = null
    known.value = true
  }

  const refresh = (): Promise<void> => read(0)
  const more = async (): Promise<void> => {
    if (rows.value.length < total.value) await read(rows.value.length)
  }
  function look(next: InboxKind | 'all'): Promise<void> {
    kind.value = next
    rows.value = []
    known.value = false
    return refresh()
  }

  onEvent((event) => {
    if (!watched.value || (event.kind !== 'outbox' && event.kind !== 'hub' && event.kind !== 'changed')) return
    timer ??= setTimeout(() => {
      timer = undefined
      if (watched.value) void refresh()
    }, gatherMs)
  })
  onScopeDispose(() => clearTimeout(timer))

  return { kind, rows, counts, total, known, refusal, watched, refresh, more, look }
})
