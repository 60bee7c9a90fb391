import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

/** Height of a note between rows, in px. */
export const noteHeight = 28
const overscan = 6

/** Row height by the height of the window, in px, as the design has it. */
export function rowHeightFor(windowHeight: number): number {
  if (windowHeight >= 1000) return 54
  return windowHeight <= 800 ? 44 : 48
}

/** Where row `index` begins, in px; `notes` are the indexes of rows with a note below, in order. */
export function rowTop(index: number, rowHeight: number, notes: readonly number[]): number {
  let above = 0
  for (const after of notes) {
    if (after >= index) break
    above += 1
  }
  return index * rowHeight + above * noteHeight
}

/** The row at a place of the list, in px. */
export function rowAt(place: number, count: number, rowHeight: number, notes: readonly number[]): number {
  let index = Math.max(0, Math.min(count - 1, Math.floor(place / rowHeight)))
  while (index > 0 && rowTop(index, rowHeight, notes) > place) index -= 1
  return index
}

export type ResultLayout = {
  readonly rowHeight: Readonly<Ref<number>>
  readonly first: ComputedRef<number>
  /** After the last drawn row. */
  readonly end: ComputedRef<number>
  readonly before: ComputedRef<number>
  readonly after: ComputedRef<number>
  /** Rows that fit. */
  readonly page: ComputedRef<number>
  readonly bringIntoView: (index: number) => void
  readonly toTop: () => void
}

/** Draws only the rows in sight of a list whose notes are lower than its rows. */
export function useResultLayout(scroller: Ref<HTMLElement | null>, count: () => number, notes: () => readonly number[]): ResultLayout {
  const top = ref(0)
  const height = ref(0)
  const rowHeight = ref(rowHeightFor(window.innerHeight))
  let frame = 0

  const onScroll = (): void => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      top.value = scroller.value?.scrollTop ?? 0
    })
  }
  const observer = new ResizeObserver(() => {
    rowHeight.value = rowHeightFor(window.innerHeight)
    // Out of sight (another page is in view) the height is 0; the last one is kept.
    height.value = scroller.value?.clientHeight || height.value
  })
  onMounted(() => {
    if (scroller.value === null) return
    height.value = scroller.value.clientHeight
    observer.observe(scroller.value)
    scroller.value.addEventListener('scroll', onScroll, { passive: true })
  })
  onBeforeUnmount(() => {
    cancelAnimationFrame(frame)
    observer.disconnect()
    scroller.value?.removeEventListener('scroll', onScroll)
  })

  const page = computed(() => Math.max(1, Math.floor(height.value / rowHeight.value)))
  const first = computed(() => Math.max(0, rowAt(top.value, count(), rowHeight.value, notes()) - overscan))
  const end = computed(() => Math.min(count(), first.value + page.value + 2 * overscan + 2))
  const whole = computed(() => rowTop(count(), rowHeight.value, notes()))
  return {
    rowHeight,
    first,
    end,
    page,
    before: computed(() => rowTop(first.value, rowHeight.value, notes())),
    after: computed(() => whole.value - rowTop(end.value, rowHeight.value, notes())),
    bringIntoView(index) {
      const element = scroller.value
      if (element === null) return
      const start = rowTop(index, rowHeight.value, notes())
      if (start < element.scrollTop) element.scrollTop = start
      else if (start + rowHeight.value > element.scrollTop + element.clientHeight) element.scrollTop = start + rowHeight.value - element.clientHeight
    },
    toTop() {
      if (scroller.value !== null) scroller.value.scrollTop = 0
      top.value = 0
    },
  }
}
