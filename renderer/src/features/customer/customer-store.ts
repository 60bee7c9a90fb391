import { shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { ErrorOf, InputOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { customersCalls, CustomerSheet } from '../../../../shared/contract/customers.ts'
import type { CallerCheck } from '../../../../shared/domain/caller-check.ts'
import type { CoreEvent } from '../../../../shared/contract/events.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import type { CommonError } from '../../../../shared/contract/call.ts'
import { usePorts } from '../../ports.ts'

type Customers = typeof customersCalls
export type OpenRefusal = Refused<ErrorOf<Customers['open']> | CommonError>['error']

/** One customer on the screen. */
export type SheetEntry = {
  /** The last good answer; it stays while a newer one is on its way. */
  sheet: CustomerSheet | null
  /** Why the last question was not answered. */
  refusal: OpenRefusal | null
  /** Rises when something of this customer changed: lists ask again. */
  revision: number
}

/** A load of master data changes many records at once; what is open is read again when it pauses. */
const gatherMs = 60

/** The sheets of the customers that are open, each kept as fresh as the core says. */
export const useCustomers = defineStore('customers', () => {
  const { core, onEvent } = usePorts()
  const entries = shallowReactive(new Map<string, SheetEntry>())
  const viewers = new Map<string, number>()
  // Answers may overtake each other: only the newest question about a customer may write.
  const turns = new Map<string, number>()
  const changed = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function entry(customerId: string): SheetEntry {
    const known = entries.get(customerId)
    if (known !== undefined) return known
    const fresh: SheetEntry = shallowReactive({ sheet: null, refusal: null, revision: 0 })
    entries.set(customerId, fresh)
    return fresh
  }

  async function ask<R extends ReplyOf<Customers['open'] | Customers['verify'] | Customers['changeContact'] | Customers['correctIdentity'] | Customers['settleConflict']>>(customerId: string, question: () => Promise<R>): Promise<R> {
    const turn = (turns.get(customerId) ?? 0) + 1
    turns.set(customerId, turn)
    const reply = await question()
    if (turns.get(customerId) === turn && reply.ok) {
      const shown = entry(customerId)
      shown.sheet = reply.value
      shown.refusal = null
    }
    return reply
  }

  /** Reads the sheet again; what is shown stays until the answer is there. */
  async function load(customerId: string): Promise<void> {
    const reply = await ask(customerId, () => core.customers.open({ customerId }))
    if (reply.ok) return
    const shown = entry(customerId)
    shown.refusal = reply.error
    if (reply.error.code === 'customer_not_found') shown.sheet = null
  }

  /** Records which checks the caller passed, never the answers, and shows the data in clear. */
  const verify = (customerId: string, answers: readonly { readonly check: CallerCheck; readonly answer: string }[]): Promise<ReplyOf<Customers['verify']>> =>
    ask(customerId, () => core.customers.verify({ customerId, answers: [...answers] }))

  const changeContact = (customerId: string, changes: InputOf<Customers['changeContact']>['changes']): Promise<ReplyOf<Customers['changeContact']>> =>
    ask(customerId, () => core.customers.changeContact({ customerId, changes }))
  const correctIdentity = (customerId: string, changes: InputOf<Customers['correctIdentity']>['changes'], reason: string): Promise<ReplyOf<Customers['correctIdentity']>> =>
    ask(customerId, () => core.customers.correctIdentity({ customerId, changes, reason }))
  const settleConflict = (customerId: string, conflictId: string, choice: 'keep' | 'restore'): Promise<ReplyOf<Customers['settleConflict']>> =>
    ask(customerId, () => core.customers.settleConflict({ customerId, conflictId, choice }))

  /** Puts the mask back; the sheet on the screen is masked when this resolves. */
  async function forget(customerId: string): Promise<ReplyOf<Customers['forget']>> {
    const reply = await core.customers.forget({ customerId })
    if (reply.ok) await load(customerId)
    return reply
  }

  /** Keeps a customer fresh until the answer is called; the last viewer to leave takes the data off the memory. */
  function follow(customerId: string): () => void {
    viewers.set(customerId, (viewers.get(customerId) ?? 0) + 1)
    let here = true
    return () => {
      if (!here) return
      here = false
      const left = (viewers.get(customerId) ?? 1) - 1
      if (left > 0) {
        viewers.set(customerId, left)
        return
      }
      viewers.delete(customerId)
      entries.delete(customerId)
    }
  }

  function refresh(): void {
    for (const customerId of changed) {
      if (!viewers.has(customerId)) continue
      entry(customerId).revision += 1
      void load(customerId)
    }
    changed.clear()
  }

  function hear(event: CoreEvent): void {
    if (event.kind !== 'changed') return
    for (const customerId of viewers.keys()) if (event.entity === 'master' || event.ids.includes(customerId)) changed.add(customerId)
    if (changed.size === 0) return
    clearTimeout(timer)
    timer = setTimeout(refresh, gatherMs)
  }
  onEvent(hear)

  return { entry, load, verify, changeContact, correctIdentity, settleConflict, forget, follow }
})
