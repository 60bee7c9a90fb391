import { shallowRef } from 'vue'
import { defineStore } from 'pinia'
import type { TicketHolder } from '../../../../shared/contract/tickets.ts'
import { usePorts } from '../../ports.ts'

/** Who else writes on which ticket just now, as far as the hub tells it; nobody is named while it cannot be reached. */
export const useTicketHolders = defineStore('ticket-holders', () => {
  const { core, onEvent } = usePorts()
  const holders = shallowRef<ReadonlyMap<string, TicketHolder>>(new Map())
  let asked = 0

  async function refresh(): Promise<void> {
    const mine = ++asked
    const reply = await core.tickets.holders({})
    // Without an answer nothing is claimed about anybody.
    if (mine === asked) holders.value = new Map(reply.ok ? reply.value.map((holder) => [holder.ticketId, holder]) : [])
  }
  const of = (ticketId: string): TicketHolder | null => holders.value.get(ticketId) ?? null

  onEvent((event) => {
    // `master` is also said after a gap, in which anything may have been missed.
    if (event.kind === 'leases' || (event.kind === 'changed' && event.entity === 'master')) void refresh()
  })
  void refresh()

  return { holders, of, refresh }
})
