import { z } from '../domain/schema.ts'
import type { Role } from '../domain/records/people.ts'
import { administrators, call } from './call.ts'
import { personInput } from './session.ts'

export type PersonView = { readonly id: string; readonly username: string; readonly displayName: string; readonly role: Role; readonly active: boolean }

export const peopleCalls = {
  list: call({ input: z.strictObject({}), errors: [], access: administrators, audit: 'listed' }).returns<readonly PersonView[]>(),
  add: call({ input: personInput, errors: ['username_taken', 'managed_by_hub'], access: administrators, audit: 'administered' }).returns<PersonView>(),
  /** Switches a person's access off or on; the last active administrator stays. */
  setActive: call({
    input: z.strictObject({ personId: z.string().max(64), active: z.boolean() }),
    errors: ['person_not_found', 'last_administrator', 'managed_by_hub'],
    access: administrators,
    audit: 'administered',
  }).returns<PersonView>(),
}
