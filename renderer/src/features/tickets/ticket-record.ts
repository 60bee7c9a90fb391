import { ref, shallowRef } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import type { CommonError } from '../../../../shared/contract/call.ts'
import type { CoreClient } from '../../../../shared/contract/index.ts'
import type { TicketDetail } from '../../../../shared/contract/tickets.ts'
import type { Refused } from '../../../../shared/domain/result.ts'
import type { TicketStep } from '../../../../shared/domain/ticket.ts'
import type { GetError, StepError } from './ticket-reasons.ts'

type Problem<E extends string> = Refused<E | CommonError>['error']

export type TicketRecord = {
  /** The ticket as last answered; stays on the screen while a newer answer is on its way. */
  readonly detail: Readonly<ShallowRef<TicketDetail | null>>
  readonly problem: Readonly<ShallowRef<Problem<GetError> | null>>
  /** Why the last step was refused, and which. */
  readonly stepProblem: Readonly<ShallowRef<{ readonly step: TicketStep; readonly error: Problem<StepError> } | null>>
  /** The step that is being written. */
  readonly busy: Readonly<Ref<TicketStep | null>>
  readonly load: () => Promise<void>
  /** Takes a step; answers whether it went through. While one is under way a second one is not begun. */
  readonly step: (step: TicketStep, text: string) => Promise<boolean>
  readonly forgive: () => void
}

/** One ticket and its steps. An answer that left before a newer one was shown is dropped. */
export function createTicketRecord(core: Pick<CoreClient, 'tickets'>, ticketId: string): TicketRecord {
  const detail = shallowRef<TicketDetail | null>(null)
  const problem = shallowRef<Problem<GetError> | null>(null)
  const stepProblem = shallowRef<{ readonly step: TicketStep; readonly error: Problem<StepError> } | null>(null)
  const busy = ref<TicketStep | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const reply = await core.tickets.get({ ticketId })
    if (mine !== asked) return
    if (reply.ok) detail.value = reply.value
    problem.value = reply.ok ? null : reply.error
  }

  async function step(name: TicketStep, text: string): Promise<boolean> {
    if (busy.value !== null) return false
    busy.value = name
    stepProblem.value = null
    const reply = await core.tickets[name]({ ticketId, text })
    busy.value = null
    asked += 1
    if (reply.ok) {
      detail.value = reply.value
      return true
    }
    stepProblem.value = { step: name, error: reply.error }
    // Somebody else moved it: show where it stands now.
    if (reply.error.code === 'step_not_allowed') await load()
    return false
  }

  return {
    detail,
    problem,
    stepProblem,
    busy,
    load,
    step,
    forgive: () => {
      stepProblem.value = null
    },
  }
}

/** Whether a step cannot be taken without a text. */
export function needsText(step: TicketStep): boolean {
  return step !== 'take' && step !== 'close'
}

/** The step whose text is open by itself: what usually comes next from here. */
export function usualStep(steps: readonly TicketStep[]): TicketStep | null {
  return (['answer', 'close'] as const).find((step) => steps.includes(step)) ?? null
}
