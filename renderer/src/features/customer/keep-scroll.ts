import { onActivated, onMounted } from 'vue'
import type { Ref } from 'vue'

/** A page that leaves the screen and returns stands where it stood: browsers forget this for elements taken out. */
export function useKeptScroll(root: Ref<HTMLElement | null>): void {
  const places = new Map<Element, readonly [left: number, top: number]>()
  onMounted(() => {
    // Scrolling does not bubble, hence the capture.
    root.value?.addEventListener('scroll', ({ target }) => {
      if (target instanceof Element) places.set(target, [target.scrollLeft, target.scrollTop])
    }, { capture: true, passive: true })
  })
  onActivated(() => {
    for (const [element, [left, top]] of places) element.scrollTo({ left, top, behavior: 'instant' })
  })
}
