import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { hubCalls } from '../../../../shared/contract/hub.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Calls = typeof hubCalls

export const syncReasons: Reasons<ErrorOf<Calls['syncNow']> | ErrorOf<Calls['checkHealth']>> = { ...commonReasons, no_hub: 'sync.error.noHub', hub_unreachable: 'sync.error.hubUnreachable' }

export const joinReasons: Reasons<ErrorOf<Calls['join']>> = {
  ...commonReasons,
  already_joined: 'sync.join.error.alreadyJoined',
  address_invalid: 'sync.join.error.addressInvalid',
  hub_unreachable: 'sync.join.error.hubUnreachable',
  not_a_hub: 'sync.join.error.notAHub',
  code_invalid: 'sync.join.error.codeInvalid',
  code_expired: 'sync.join.error.codeExpired',
  hub_empty: 'sync.join.error.hubEmpty',
  customers_missing: 'sync.join.error.customersMissing',
  too_old: 'sync.join.error.tooOld',
  hub_refused: 'sync.join.error.hubRefused',
}

export const sessionReasons: Reasons<ErrorOf<Calls['openSession']>> = {
  ...commonReasons,
  no_hub: 'sync.session.error.noHub',
  hub_unreachable: 'sync.session.error.hubUnreachable',
  wrong_credentials: 'sync.session.error.wrongCredentials',
  too_many_attempts: 'sync.session.error.tooManyAttempts',
  person_disabled: 'sync.session.error.personDisabled',
  hub_refused: 'sync.session.error.hubRefused',
}

export const elsewhereReasons: Reasons<ErrorOf<Calls['lookupElsewhere']>> = {
  ...commonReasons,
  no_hub: 'sync.elsewhere.error.noHub',
  hub_unreachable: 'sync.elsewhere.error.hubUnreachable',
  hub_session: 'sync.elsewhere.error.hubSession',
  criteria_missing: 'sync.elsewhere.error.criteriaMissing',
  not_found: 'sync.elsewhere.error.notFound',
  several_found: 'sync.elsewhere.error.severalFound',
  too_many_searches: 'sync.elsewhere.error.tooManySearches',
  hub_refused: 'sync.elsewhere.error.hubRefused',
}

export const makeEnvelopeReasons: Reasons<ErrorOf<Calls['makeEnvelope']>> = { ...commonReasons, no_hub: 'sync.envelope.error.noHub', nothing_waits: 'sync.envelope.error.nothingWaits', no_envelope_key: 'sync.envelope.error.noKey' }

export const relayReasons: Reasons<ErrorOf<Calls['relayEnvelope']>> = {
  ...commonReasons,
  no_hub: 'sync.envelope.error.noHub',
  envelope_invalid: 'sync.envelope.error.invalid',
  envelope_origin: 'sync.envelope.error.origin',
  envelope_outdated: 'sync.envelope.error.outdated',
  hub_unreachable: 'sync.envelope.error.hubUnreachable',
  hub_refused: 'sync.envelope.error.hubRefused',
}
