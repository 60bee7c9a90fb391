import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { DeviceKeyState, sessionCalls } from '../../../../shared/contract/session.ts'
import type { MessageKey } from '../../../../shared/locales/index.ts'
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
  device_key_missing: 'session.error.deviceKeyMissing',
}

export const setUpReasons: Reasons<ErrorOf<(typeof sessionCalls)['setUp']>> = {
  ...commonReasons,
  already_set_up: 'session.error.alreadySetUp',
}

/** What the person should know of the computer's key store before signing in; `null` when all is as it should be. */
export const deviceKeyNotes: Readonly<Record<DeviceKeyState, MessageKey | null>> = {
  in_use: null,
  no_store: null,
  weak_store: 'session.deviceKey.weakStore',
  unavailable: 'session.deviceKey.unavailable',
  set_aside: 'session.deviceKey.setAside',
  blocked_unavailable: 'session.deviceKey.blockedUnavailable',
  blocked_changed: 'session.deviceKey.blockedChanged',
  blocked_unreadable: 'session.deviceKey.blockedUnreadable',
  blocked_damaged: 'session.deviceKey.blockedDamaged',
  blocked_missing: 'session.deviceKey.blockedMissing',
}
