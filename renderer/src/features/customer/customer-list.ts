import { computed, onActivated, onDeactivated, ref, watch } from 'vue'
import type { Ref } from 'vue'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { Page } from '../../../../shared/contract/customers.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { useCustomer } from './customer-context.ts'
import { createPagedList } from './paged-list.ts'
import type { PagedList, Slice } from './paged-list.ts'

export type ListInput = Slice & { readonly customerId: string; readonly supplyPointId: string | null }
export type ListCall<Row> = (input: ListInput) => Promise<Result<Page<Row>, 'customer_not_found' | CommonError>>

/** Whether this component is on the screen and not in a tab or page behind. */
export function useInView(): Readonly<Ref<boolean>> {
  const inView = ref(true)
  onActivated(() => {
    inView.value = true
  })
  onDeactivated(() => {
    inView.value = false
  })
  return inView
}

/**
 * A list of the customer around: starts over when another supply point is chosen, reads again in place when something
 * changed. A page that is not in view waits until it is.
 */
export function useCustomerList<Row>(call: ListCall<Row>, keyOf?: (row: Row) => string, piece?: number): PagedList<Row> {
  const { customerId, supplyPointId, revision } = useCustomer()
  const inView = useInView()
  const list = createPagedList((slice) => call({ customerId, supplyPointId: supplyPointId.value, ...slice }), keyOf, piece)
  const asked = computed(() => ({ point: supplyPointId.value, revision: revision.value }))
  let done: { readonly point: string | null; readonly revision: number } | undefined

  watch([inView, asked], () => {
    if (!inView.value) return
    const before = done
    done = asked.value
    if (before === undefined || before.point !== done.point) void list.restart()
    else if (before.revision !== done.revision) void list.reload()
  }, { immediate: true })
  return list
}
