import type { ErrorOf } from '../../../../shared/contract/call.ts'
import type { peopleCalls } from '../../../../shared/contract/people.ts'
import { commonReasons } from '../desk/call-errors.ts'
import type { Reasons } from '../desk/call-errors.ts'

type Calls = typeof peopleCalls

export const listReasons: Reasons<ErrorOf<Calls['list']>> = commonReasons
export const addReasons: Reasons<ErrorOf<Calls['add']>> = { ...commonReasons, username_taken: 'people.error.usernameTaken', managed_by_hub: 'people.error.managedByHub' }
export const accessReasons: Reasons<ErrorOf<Calls['setActive']>> = {
  ...commonReasons,
  person_not_found: 'people.error.personNotFound',
  last_administrator: 'people.error.lastAdministrator',
  managed_by_hub: 'people.error.managedByHub',
}
