import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { ReplyOf } from '../../../../shared/contract/call.ts'
import type { administrationCalls } from '../../../../shared/contract/administration.ts'
import { useAdministration } from './administration-store.ts'

/** Whom it is about, and the tab that shows them; no name, because this outlives their data. */
export type Erased = { readonly customerId: string; readonly code: string; readonly tabId: string }

/** Which customer is about to be erased: asked for on their sheet, answered above the desk, since the sheet goes with the customer. */
export const useErasure = defineStore('erasure', () => {
  const administration = useAdministration()
  const asked = shallowRef<Erased | null>(null)

  function erase(customerId: string, reason: string): Promise<ReplyOf<(typeof administrationCalls)['eraseCustomer']>> {
    return administration.change('eraseCustomer', { customerId, reason })
  }
  return { asked, erase }
})
