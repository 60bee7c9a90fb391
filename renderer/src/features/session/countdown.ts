import { computed, onScopeDispose, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

export type Countdown = { readonly seconds: Readonly<Ref<number>>; readonly running: ComputedRef<boolean>; readonly start: (seconds: number) => void }

const tickMs = 250

/** Counts whole seconds down to zero by the clock, so that a sleeping window does not lengthen the wait. */
export function useCountdown(): Countdown {
  const seconds = ref(0)
  let until = 0
  let timer: ReturnType<typeof setInterval> | undefined

  function tick(): void {
    seconds.value = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    if (seconds.value === 0) clearInterval(timer)
  }
  onScopeDispose(() => clearInterval(timer))
  return {
    seconds,
    running: computed(() => seconds.value > 0),
    start(wait) {
      clearInterval(timer)
      until = Date.now() + wait * 1000
      timer = setInterval(tick, tickMs)
      tick()
    },
  }
}
