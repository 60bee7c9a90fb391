import { onBeforeUnmount, onMounted, ref } from 'vue'
import type { Ref } from 'vue'

/** How many whole rows an element has room for; panels show those and no half ones. */
export function useFittingRows(element: Readonly<Ref<HTMLElement | null>>, rowHeight: number, headHeight = 0): Readonly<Ref<number>> {
  const count = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    // A page in the background has no height: it keeps what it had.
    if (entry !== undefined && entry.contentRect.height > 0) count.value = Math.max(1, Math.floor((entry.contentRect.height - headHeight) / rowHeight))
  })
  onMounted(() => {
    if (element.value !== null) observer.observe(element.value)
  })
  onBeforeUnmount(() => observer.disconnect())
  return count
}
