import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { ticketsCalls } from '../../../../shared/contract/tickets.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Tickets = typeof ticketsCalls
export type OpenError = ErrorOf<Tickets['open']>
export type GetError = ErrorOf<Tickets['get']>
/** All steps share their refusals. */
export type StepError = ErrorOf<Tickets['take']>

export const queueReasons: Reasons = commonReasons

export const openReasons: Reasons<OpenError> = {
  ...commonReasons,
  customer_not_found: 'tickets.error.customerNotFound',
  supply_point_not_of_customer: 'tickets.error.supplyNotOfCustomer',
  received_in_future: 'tickets.error.receivedInFuture',
}

export const getReasons: Reasons<GetError> = {
  ...commonReasons,
  ticket_not_found: 'tickets.error.ticketNotFound',
}

export const stepReasons: Reasons<StepError> = {
  ...commonReasons,
  ticket_not_found: 'tickets.error.ticketNotFound',
  step_not_allowed: 'tickets.error.stepNotAllowed',
  answer_missing: 'tickets.error.answerMissing',
}
