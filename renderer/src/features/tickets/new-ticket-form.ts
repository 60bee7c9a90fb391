import { computed, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { CustomerSheet } from '../../../../shared/contract/customers.ts'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { TicketDetail } from '../../../../shared/contract/tickets.ts'
import type { CivilDay } from '../../../../shared/domain/civil-day.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import { createDraft } from '../drafts/draft.ts'
import type { Draft } from '../drafts/draft.ts'
import { draftKey } from '../drafts/draft-keys.ts'
import { areaOfCommodity, draftOf, emptyTicket, formFromDraft, problemsOf, ticketInput } from './new-ticket.ts'
import type { FieldProblems, NewTicket } from './new-ticket.ts'
import type { OpenError } from './ticket-reasons.ts'

type Problem = Refused<OpenError | CommonError>['error']

export type NewTicketFormModel = {
  readonly form: Readonly<Ref<NewTicket>>
  readonly draft: Draft
  /** Shown once somebody has tried to finish, and then kept up to date. */
  readonly problems: ComputedRef<FieldProblems>
  readonly refusal: Readonly<ShallowRef<Problem | null>>
  readonly sending: Readonly<Ref<boolean>>
  readonly change: (change: Partial<NewTicket>) => void
  /** Brings the draft back, once. */
  readonly restore: () => Promise<void>
  readonly discard: () => Promise<void>
  /** Opens the ticket; answers it, or `null` when a field or the core said no. */
  readonly submit: () => Promise<TicketDetail | null>
}

/** The new ticket of one customer. What is chosen or written is kept as a draft and comes back. */
export function createNewTicketForm(
  core: Pick<CoreClient, 'tickets' | 'workspace'>,
  customerId: string,
  facts: { readonly today: () => CivilDay; readonly supplies: () => CustomerSheet['supplies']; readonly supplyPointId: string | null },
): NewTicketFormModel {
  const draft = createDraft(core.workspace, draftKey('ticket.new', customerId))
  const empty = (): NewTicket => preset({ ...emptyTicket(facts.today()), supplyPointId: facts.supplyPointId ?? '' }, facts.supplies())
  const form = ref(empty())
  const tried = ref(false)
  const sending = ref(false)
  const refusal = shallowRef<Problem | null>(null)
  let touched = false

  const problems = computed<FieldProblems>(() => ({ ...(tried.value ? problemsOf(form.value, facts.today()) : {}), ...fieldRefusal(refusal.value) }))

  function change(part: Partial<NewTicket>): void {
    touched = true
    const next = { ...form.value, ...part }
    form.value = part.supplyPointId === undefined ? next : preset(next, facts.supplies())
    refusal.value = null
    draft.write(draftOf(form.value))
  }

  // The supplies arrive after the form is on the screen.
  watch(facts.supplies, (supplies) => {
    if (form.value.area === '') form.value = preset(form.value, supplies)
  })

  function startAgain(): void {
    touched = false
    tried.value = false
    refusal.value = null
    form.value = empty()
  }

  return {
    form,
    draft,
    problems,
    refusal,
    sending,
    change,
    async restore() {
      const kept = await draft.load()
      // Whoever has begun to write meanwhile is not interrupted.
      if (kept !== '' && !touched) form.value = formFromDraft(kept, form.value)
    },
    async discard() {
      startAgain()
      await draft.clear()
    },
    async submit() {
      tried.value = true
      if (sending.value || Object.keys(problemsOf(form.value, facts.today())).length > 0) return null
      const input = ticketInput(form.value, customerId)
      if (input === null) return null
      sending.value = true
      const reply = await core.tickets.open(input)
      sending.value = false
      if (!reply.ok) {
        refusal.value = reply.error
        return null
      }
      startAgain()
      await draft.clear()
      return reply.value
    },
  }
}

/** The area follows from the supply point; without one, from supplies that are all of one area. */
function preset(form: NewTicket, supplies: CustomerSheet['supplies']): NewTicket {
  const chosen = supplies.find((supply) => supply.supplyPointId === form.supplyPointId)
  if (chosen !== undefined) return { ...form, area: areaOfCommodity(chosen.commodity) }
  const areas = new Set(supplies.map((supply) => areaOfCommodity(supply.commodity)))
  const [only] = areas
  return form.area === '' && areas.size === 1 && only !== undefined ? { ...form, area: only } : form
}

/** Refusals of the core that belong to one field. */
function fieldRefusal(refusal: Problem | null): FieldProblems {
  switch (refusal?.code) {
    case 'received_in_future':
      return { received: 'tickets.error.receivedInFuture' }
    case 'supply_point_not_of_customer':
      return { supplyPointId: 'tickets.error.supplyNotOfCustomer' }
    default:
      return {}
  }
}
