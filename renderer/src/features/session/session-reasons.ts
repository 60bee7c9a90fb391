import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { sessionCalls } from '../../../../shared/contract/session.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

/** Words for every way signing in can be refused. */
export const signInReasons: Reasons<ErrorOf<(typeof sessionCalls)['signIn']>> = {
  ...commonReasons,
  // A name too short or too long belongs to nobody.
  invalid_input: 'session.error.wrongCredentials',
  wrong_credentials: 'session.error.wrongCredentials',
  too_many_attempts: 'session.error.tooManyAttempts',
  person_disabled: 'session.error.personDisabled',
  store_unreadable: 'session.error.storeUnreadable',
  store_from_future: 'session.error.storeFromFuture',
}

export const setUpReasons: Reasons<ErrorOf<(typeof sessionCalls)['setUp']>> = {
  ...commonReasons,
  already_set_up: 'session.error.alreadySetUp',
}
