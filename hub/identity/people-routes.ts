import type { StaffView } from '../../shared/contract/administration.ts'
import { roles } from '../../shared/domain/records/people.ts'
import { z } from '../../shared/domain/schema.ts'
import { normalUsername } from '../../shared/domain/username.ts'
import { HubError } from '../server/errors.ts'
import { dropLapsed } from '../leases/leases.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import type { Route } from '../server/route.ts'
import { administered, administration, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'
import type { Passwords } from './passwords.ts'
import { feedPeople } from './person-feed.ts'

const nullableId = z.string().nullable()
const staffView = z.object({ id: z.string(), username: z.string(), displayName: z.string(), role: z.enum(roles), active: z.boolean(), officeId: nullableId, teamId: nullableId, hasPassword: z.boolean() })

const views = `SELECT p.id, p.username, p.display_name AS "displayName", p.role, p.active, s.office_id AS "officeId", s.team_id AS "teamId", s.password_hash IS NOT NULL AS "hasPassword"
  FROM person p LEFT JOIN staff s ON s.person_id = p.id`

type Person = Omit<StaffView, 'id' | 'hasPassword'> & { readonly passwordHash: string | null }

/** The staff: who there is, in which role, office and team. */
export function peopleRoutes(hub: HubParts, passwords: Passwords): readonly Route[] {
  return [
    administration('people', { summary: 'The staff', answer: z.array(staffView), handle: async () => (await hub.pool.query<StaffView>(`${views} ORDER BY p.display_name, p.id`)).rows }),
    administration('savePerson', {
      summary: 'Adds or changes a person; a password that is null stays', answer: staffView,
      handle: async (call) => {
        const { id: known, password, ...rest } = call.body
        // Outside the transaction: it takes long on purpose.
        const person: Person = { ...rest, username: normalUsername(rest.username), passwordHash: password === null ? null : await passwords.hash(password) }
        if (known === null && person.passwordHash === null) throw new HubError(409, 'password_missing')
        const id = known ?? hub.ids.next()
        return refusingTaken('username_taken', () =>
          hub.transaction(async (tx) => {
            await checkPlace(tx, person)
            const details = { role: person.role, active: person.active, office: person.officeId, team: person.teamId }
            if (known === null) {
              await tx.query('INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ($1, $2, $3, $4, $5, $6)', [id, person.username, person.displayName, person.role, person.active, call.now.toISOString()])
            } else {
              const before = await change(tx, id, person)
              // A new password or a person put out of work ends what is open, except the session that does it.
              if (person.passwordHash !== null || !person.active) await tx.query('UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL AND id <> $3', [id, call.now, call.person.sessionId])
              await dropLapsed(tx, call.now)
              Object.assign(details, { roleBefore: before.role, activeBefore: before.active })
            }
            await place(tx, id, person)
            await hub.audit(tx, administered(call, known === null ? 'person_added' : 'person_changed', id, { ...details, newPassword: person.passwordHash !== null }))
            await feedPeople(tx, [id])
            return theOne((await tx.query<StaffView>(`${views} WHERE p.id = $1`, [id])).rows)
          }),
        )
      },
    }),
  ]
}

/** Answers how the person stood before. */
async function change(tx: Tx, id: string, person: Person): Promise<{ readonly role: string; readonly active: boolean }> {
  // Locked in one order, so that two administrators who disable each other do not both succeed.
  const administrators = await tx.query<{ id: string }>(`SELECT id FROM person WHERE role = 'administrator' AND active ORDER BY id FOR UPDATE`)
  const before = theOne((await tx.query<{ role: string; active: boolean }>('SELECT role, active FROM person WHERE id = $1 FOR UPDATE', [id])).rows, 'person_not_found')
  const stays = person.active && person.role === 'administrator'
  if (!stays && administrators.rows.length === 1 && administrators.rows[0]?.id === id) throw new HubError(409, 'last_administrator')
  await tx.query('UPDATE person SET username = $2, display_name = $3, role = $4, active = $5 WHERE id = $1', [id, person.username, person.displayName, person.role, person.active])
  return before
}

async function place(tx: Tx, id: string, { officeId, teamId, passwordHash }: Person): Promise<void> {
  await tx.query(
    `INSERT INTO staff AS s (person_id, office_id, team_id, password_hash, password_revision) VALUES ($1, $2, $3, $4, CASE WHEN $4::text IS NULL THEN 0 ELSE 1 END)
     ON CONFLICT (person_id) DO UPDATE SET office_id = excluded.office_id, team_id = excluded.team_id,
       password_hash = coalesce(excluded.password_hash, s.password_hash), password_revision = s.password_revision + excluded.password_revision`,
    [id, officeId, teamId, passwordHash],
  )
}

async function checkPlace(tx: Tx, { officeId, teamId }: Person): Promise<void> {
  const { rows } = await tx.query<{ ok: boolean }>('SELECT ($1::text IS NULL OR EXISTS (SELECT 1 FROM office WHERE id = $1)) AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM team WHERE id = $2)) AS ok', [officeId, teamId])
  if (rows[0]?.ok !== true) throw new HubError(404, 'not_found')
}
