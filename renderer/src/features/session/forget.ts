import { getStores } from 'pinia'
import type { Pinia } from 'pinia'

/** Knows no customer, and outlives the session it tells about. */
const kept = 'session'

/** Drops every store with what it holds, at sign-out; the next person starts with fresh ones. */
export function forgetStores(pinia: Pinia): void {
  for (const store of getStores(pinia)) {
    if (store.$id === kept) continue
    store.$dispose()
    // Without this a new store would take up the old state again.
    Reflect.deleteProperty(pinia.state.value, store.$id)
  }
}
