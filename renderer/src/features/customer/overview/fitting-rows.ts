import { onBeforeUnmount, ref, watch } from 'vue'
import type { Ref } from 'vue'

/** How many whole rows an element has room for; panels show those and no half ones. */
export function useFittingRows(element: Readonly<Ref<HTMLElement | null>>, rowHeight: number, headHeight = 0): Readonly<Ref<number>> {
  const count = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    // A page in the background has no height: it keeps what it had.
    if (entry !== undefined && entry.contentRect.height > 0) count.value = Math.max(1, Math.floor((entry.contentRect.height - headHeight) / rowHeight))
  })
  watch(element, (now) => {
    observer.disconnect()
    if (now !== null) observer.observe(now)
  }, { flush: 'post', immediate: true })
  onBeforeUnmount(() => observer.disconnect())
  return count
}
