import { computed, ref, shallowRef } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { Page } from '../../../../shared/contract/customers.ts'
import type { Refused, Result } from '../../../../shared/domain/result.ts'

export type Slice = { readonly offset: number; readonly limit: number }
export type ListRefusal = Refused<'customer_not_found' | CommonError>['error']

/** A long list read from the core piece by piece. */
export type PagedList<Row> = {
  readonly rows: Readonly<Ref<readonly Row[]>>
  /** How many there are in all; `undefined` until the core has said so. */
  readonly total: Readonly<Ref<number | undefined>>
  readonly loading: Readonly<Ref<boolean>>
  readonly refusal: Readonly<Ref<ListRefusal | null>>
  readonly complete: ComputedRef<boolean>
  /** Starts over, about something else. */
  readonly restart: () => Promise<void>
  /** Reads again what is on the screen; rows stay in place until the answer is there. */
  readonly reload: () => Promise<void>
  readonly more: () => Promise<void>
  /** Everything there is: sorting, filtering and printing must not act on a part. */
  readonly all: () => Promise<void>
}

const longestPiece = 500
/** Rows of something else stay this long while the new ones are on their way, so that the list does not flicker. */
const graceMs = 150

/**
 * @param read asks the core for a piece
 * @param keyOf tells rows apart, where they can be: a row that moved while the list was read is shown once
 */
export function createPagedList<Row>(read: (slice: Slice) => Promise<Result<Page<Row>, ListRefusal['code']>>, keyOf?: (row: Row) => string, piece = 100): PagedList<Row> {
  const rows = shallowRef<readonly Row[]>([])
  const total = ref<number>()
  const loading = ref(false)
  const refusal = shallowRef<ListRefusal | null>(null)
  /** How far the core has been asked; rows that moved meanwhile make `rows` shorter than this. */
  const reached = ref(0)
  const complete = computed(() => total.value !== undefined && reached.value >= total.value)
  let turn = 0
  let wanted = piece

  /** Reads `from` … `until`; answers false when something newer took over or the core refused. */
  async function fill(from: number, before: readonly Row[]): Promise<boolean> {
    turn += 1
    const mine = turn
    loading.value = true
    let found = before
    let offset = from
    do {
      const reply = await read({ offset, limit: Math.min(longestPiece, Math.max(1, wanted - offset)) })
      if (mine !== turn) return false
      if (!reply.ok) {
        refusal.value = reply.error
        loading.value = false
        return false
      }
      found = joined(found, reply.value.rows, keyOf)
      offset += reply.value.rows.length
      total.value = reply.value.total
      if (reply.value.rows.length === 0) offset = total.value
    } while (offset < Math.min(wanted, total.value))
    reached.value = offset
    rows.value = found
    refusal.value = null
    loading.value = false
    return true
  }

  async function restart(): Promise<void> {
    wanted = piece
    const grace = setTimeout(() => {
      rows.value = []
      total.value = undefined
    }, graceMs)
    const mine = turn + 1
    const filled = await fill(0, [])
    clearTimeout(grace)
    if (!filled && mine === turn) {
      rows.value = []
      total.value = undefined
    }
  }

  async function more(): Promise<void> {
    if (loading.value || complete.value) return
    wanted = reached.value + piece
    await fill(reached.value, rows.value)
  }

  async function all(): Promise<void> {
    if (complete.value) return
    wanted = Number.MAX_SAFE_INTEGER
    await fill(0, [])
  }

  return {
    rows,
    total,
    loading,
    refusal,
    complete,
    restart,
    more,
    all,
    reload: async () => {
      await fill(0, [])
    },
  }
}

function joined<Row>(before: readonly Row[], next: readonly Row[], keyOf: ((row: Row) => string) | undefined): readonly Row[] {
  if (keyOf === undefined) return [...before, ...next]
  const seen = new Set(before.map(keyOf))
  return [...before, ...next.filter((row) => !seen.has(keyOf(row)))]
}
