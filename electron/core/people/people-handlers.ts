import type { PersonId } from '../../../shared/domain/ids.ts'
import type { PersonRow } from '../../../shared/domain/records/people.ts'
import type { PersonView } from '../../../shared/contract/people.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { addPerson, setPersonActive } from '../../../shared/operations/people.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { normalUsername } from '../../../shared/domain/username.ts'

export const peopleHandlers: HandlersOf<'people'> = {
  list: async (call) => {
    const people = await call.store.reader.getRepository(models.person).find({ order: { displayName: 'ASC' } })
    return ok(people.map(view))
  },

  add: async (call, { password, ...person }) => {
    if (isManagedByHub(call)) return refuse('managed_by_hub')
    const written = await call.work.write(addPerson, person, call.actor, 'administered')
    const id = written.ok ? written.value.subject.id : await personWithoutPassword(call, person)
    if (id === null) return refuse('username_taken')
    const { key } = call.desk.bulkParts()
    await call.desk.keySlots.add(key, { personId: id, username: person.username }, password)
    key.fill(0)
    return ok(await viewOf(call, id))
  },

  setActive: async (call, input) => {
    if (isManagedByHub(call)) return refuse('managed_by_hub')
    const written = await call.work.write(setPersonActive, input, call.actor, 'administered')
    if (!written.ok) return written
    const person = await viewOf(call, input.personId)
    if (!input.active) call.desk.dropPerson(input.personId)
    return ok(person)
  },
}

/** Who works at a desk that follows a hub is decided there: `administration.savePerson`. */
function isManagedByHub(call: SignedCall): boolean {
  return call.desk.hub() !== null
}

/** A person whose key slot was never written, because the desk died in between: adding again finishes what was begun. */
async function personWithoutPassword(call: SignedCall, wanted: Pick<PersonRow, 'username' | 'displayName' | 'role'>): Promise<string | null> {
  const username = normalUsername(wanted.username)
  if (call.desk.keySlots.usernames().includes(username)) return null
  const person = await call.store.reader.getRepository(models.person).findOneBy({ username, displayName: wanted.displayName, role: wanted.role })
  return person?.id ?? null
}

async function viewOf(call: SignedCall, id: string): Promise<PersonView> {
  return view(await call.store.reader.getRepository(models.person).findOneByOrFail({ id: id as PersonId }))
}

function view(person: PersonRow): PersonView {
  return { id: person.id, username: person.username, displayName: person.displayName, role: person.role, active: person.active }
}
