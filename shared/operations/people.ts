import { z } from '../domain/schema.ts'
import type { PersonId } from '../domain/ids.ts'
import { normalUsername } from '../domain/username.ts'
import { roles } from '../domain/records/people.ts'
import { refuse } from '../domain/result.ts'
import { administratorsOnly } from './roles.ts'
import { apply, operation } from './operation.ts'

/** Adds a person of the staff. The password never enters the operation: it only opens the desk's key slot. */
export const addPerson = operation({
  kind: 'person.add',
  version: 1,
  input: z.strictObject({ username: z.string().trim().min(2).max(64), displayName: z.string().trim().min(2).max(80), role: z.enum(roles) }),
  refusals: ['username_taken'],
  roles: administratorsOnly,
  load: async (read, input) => ({ existing: await read.one('person', { username: normalUsername(input.username) }) }),
  decide: ({ existing }, input, facts) => {
    if (existing) return refuse('username_taken')
    const id = facts.opId as PersonId
    return apply(
      { entity: 'person', id, customerId: null },
      { table: 'person', action: 'insert', row: { id, username: normalUsername(input.username), displayName: input.displayName, role: input.role, active: true, createdAt: facts.now } },
    )
  },
})

export const setPersonActive = operation({
  kind: 'person.set-active',
  version: 1,
  input: z.strictObject({ personId: z.string().min(1).max(64), active: z.boolean() }),
  refusals: ['person_not_found', 'last_administrator'],
  roles: administratorsOnly,
  load: async (read, input) => ({
    person: await read.one('person', { id: input.personId as PersonId }),
    administrators: await read.many('person', { role: 'administrator', active: true }),
  }),
  decide: ({ person, administrators }, input) => {
    if (!person) return refuse('person_not_found')
    if (!input.active && administrators.every((other) => other.id === person.id)) return refuse('last_administrator')
    return apply({ entity: 'person', id: person.id, customerId: null }, { table: 'person', action: 'update', where: { id: person.id }, set: { active: input.active } })
  },
})
