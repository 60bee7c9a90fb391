import type { EnrolRequest } from '../../shared/sync/identity.ts'
import { normalUsername } from '../../shared/domain/username.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import type { OpenCode } from './enrolment-codes.ts'

export type Adopted = { readonly localId: string; readonly id: string; readonly isNew: boolean }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Makes the staff of a desk known at the hub. Who has a username that exists is that person from now on; the others are added, with their
 * roles where a founding code is used, as agents otherwise: nobody becomes an administrator by bringing a desk along.
 */
export async function adoptPeople(tx: Tx, hub: Pick<HubParts, 'ids' | 'clock'>, deviceId: string, code: OpenCode, people: EnrolRequest['people']): Promise<readonly Adopted[]> {
  if (people.length === 0) return []
  const named = people.map((person) => ({ ...person, username: normalUsername(person.username) }))
  const known = await tx.query<{ id: string; username: string }>('SELECT id, username FROM person WHERE username = ANY($1) OR id = ANY($2)', [named.map(({ username }) => username), named.map(({ id }) => id)])
  const idByName = new Map(known.rows.map(({ id, username }) => [username, id]))
  const taken = new Set(known.rows.map(({ id }) => id))
  const adopted: Adopted[] = []
  const added: object[] = []
  for (const person of named) {
    const existing = idByName.get(person.username)
    if (existing !== undefined) {
      adopted.push({ localId: person.id, id: existing, isNew: false })
      continue
    }
    const id = uuid.test(person.id) && !taken.has(person.id) ? person.id : hub.ids.next()
    idByName.set(person.username, id)
    taken.add(id)
    adopted.push({ localId: person.id, id, isNew: true })
    added.push({ id, username: person.username, display_name: person.displayName, role: code.founding ? person.role : 'agent', active: person.active, created_at: hub.clock.now().toISOString() })
  }
  await tx.query(
    `INSERT INTO person (id, username, display_name, role, active, created_at)
     SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(id text, username text, display_name text, role text, active boolean, created_at text)`,
    [JSON.stringify(added)],
  )
  const news = adopted.filter(({ isNew }) => isNew).map(({ id }) => id)
  await tx.query('INSERT INTO staff (person_id, office_id, adopted_from) SELECT id, $2, $3 FROM unnest($1::text[]) AS id', [news, code.officeId, deviceId])
  await tx.query(
    `INSERT INTO device_alias (device_id, local_id, person_id) SELECT $1, l, p FROM unnest($2::text[], $3::text[]) AS a(l, p) ON CONFLICT DO NOTHING`,
    [deviceId, adopted.map(({ localId }) => localId), adopted.map(({ id }) => id)],
  )
  return adopted
}
