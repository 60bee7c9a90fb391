import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'
import type { AdministrationError } from './administration-store.ts'

/** One table for the whole area: the hub refuses everywhere in the same words. */
export const administrationReasons: Reasons<AdministrationError> = {
  ...commonReasons,
  no_hub: 'administration.error.noHub',
  hub_unreachable: 'administration.error.hubUnreachable',
  hub_session: 'administration.error.hubSession',
  hub_refused: 'administration.error.hubRefused',
  username_taken: 'administration.error.usernameTaken',
  last_administrator: 'administration.error.lastAdministrator',
  person_not_found: 'administration.error.personNotFound',
  password_missing: 'administration.error.passwordMissing',
  name_taken: 'administration.error.nameTaken',
  file_damaged: 'administration.error.fileDamaged',
  not_found: 'administration.error.notFound',
}
