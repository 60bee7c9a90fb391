import { In } from 'typeorm'
import type { PersonId } from '../../../shared/domain/ids.ts'
import { models } from '../../../shared/model/models.ts'
import type { Store } from '../store/store.ts'

/** Display names of people by id; an id that is none of ours (a former system's user) stands for itself. */
export async function peopleNames(store: Store, ids: Iterable<string | null>): Promise<(id: string) => string> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))]
  const people = wanted.length === 0 ? [] : await store.reader.getRepository(models.person).findBy({ id: In(wanted as PersonId[]) })
  const names = new Map<string, string>(people.map((person) => [person.id, person.displayName]))
  return (id) => names.get(id) ?? id
}
