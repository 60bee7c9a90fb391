import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

const OVERSCAN = 8

export type VirtualRows = {
  readonly first: ComputedRef<number>
  /** After the last drawn row. */
  readonly end: ComputedRef<number>
  readonly bringIntoView: (index: number) => void
  /** Rows that fit, for page up and page down. */
  readonly page: ComputedRef<number>
}

/**
 * Draws only the rows in sight of a scrolling element with rows of one height. While printing, all are drawn.
 *
 * @param headHeight what covers the top of the scrolling element, in px
 */
export function useVirtualRows(scroller: Ref<HTMLElement | null>, count: () => number, rowHeight: () => number, headHeight: number): VirtualRows {
  const top = ref(0)
  const height = ref(0)
  const printing = ref(false)

  const onScroll = (): void => {
    top.value = scroller.value?.scrollTop ?? 0
  }
  const observer = new ResizeObserver(() => {
    height.value = scroller.value?.clientHeight ?? 0
    onScroll()
  })
  const before = (): void => {
    printing.value = true
  }
  const after = (): void => {
    printing.value = false
  }
  onMounted(() => {
    if (scroller.value === null) return
    observer.observe(scroller.value)
    scroller.value.addEventListener('scroll', onScroll, { passive: true })
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  })

  const page = computed(() => Math.max(1, Math.floor((height.value - headHeight) / rowHeight())))
  return {
    page,
    first: computed(() => (printing.value ? 0 : Math.max(0, Math.min(count(), Math.floor(top.value / rowHeight())) - OVERSCAN))),
    end: computed(() => (printing.value ? count() : Math.min(count(), Math.floor(top.value / rowHeight()) + page.value + OVERSCAN + 2))),
    bringIntoView(index) {
      const element = scroller.value
      if (element === null) return
      const rowTop = index * rowHeight()
      const rowEnd = rowTop + rowHeight() + headHeight
      if (rowTop < element.scrollTop) element.scrollTop = rowTop
      else if (rowEnd > element.scrollTop + element.clientHeight) element.scrollTop = rowEnd - element.clientHeight
    },
  }
}
