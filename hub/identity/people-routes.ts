import type { StaffView } from '../../shared/contract/administration.ts'
import { administrationCalls } from '../../shared/contract/administration.ts'
import { roles } from '../../shared/domain/records/people.ts'
import { z } from '../../shared/domain/schema.ts'
import { normalUsername } from '../../shared/domain/username.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { admin, adminBody, administered, adminReading, idParams, theOne } from './admin-route.ts'
import { refusingTaken } from './database-errors.ts'
import type { Passwords } from './passwords.ts'
import { feedPeople } from './person-feed.ts'

const staffInput = administrationCalls.savePerson.input.omit({ id: true })
type StaffInput = z.output<typeof staffInput>
const nullableId = z.string().nullable()
export const staffView = z.object({ id: z.string(), username: z.string(), displayName: z.string(), role: z.enum(roles), active: z.boolean(), officeId: nullableId, teamId: nullableId, hasPassword: z.boolean() })

const views = `SELECT p.id, p.username, p.display_name AS "displayName", p.role, p.active, s.office_id AS "officeId", s.team_id AS "teamId", s.password_hash IS NOT NULL AS "hasPassword"
  FROM person p LEFT JOIN staff s ON s.person_id = p.id`

/** The staff: who there is, in which role, office and team. */
export function peopleRoutes(hub: HubParts, passwords: Passwords): readonly Route[] {
  const hashOf = (password: string | null) => (password === null ? Promise.resolve(null) : passwords.hash(password))
  const save = (work: (tx: Tx) => Promise<StaffView>) => refusingTaken('username_taken', () => hub.transaction(work))
  return [
    route({
      ...adminReading, method: 'GET', path: '/v1/admin/people', summary: 'The staff', answer: z.array(staffView),
      handle: async () => json((await hub.pool.query<StaffView>(`${views} ORDER BY p.display_name, p.id`)).rows),
    }),
    route({
      ...admin, method: 'POST', path: '/v1/admin/people', body: staffInput, bodyLimit: adminBody, summary: 'Adds a person', answer: staffView,
      handle: async (call) => {
        const { body } = call
        const hash = await hashOf(body.password)
        if (hash === null) throw new HubError(400, 'password_missing')
        const id = hub.ids.next()
        const view = await save(async (tx) => {
          await checkPlace(tx, body)
          await tx.query('INSERT INTO person (id, username, display_name, role, active, created_at) VALUES ($1, $2, $3, $4, $5, $6)', [id, normalUsername(body.username), body.displayName, body.role, body.active, call.now.toISOString()])
          await tx.query('INSERT INTO staff (person_id, office_id, team_id, password_hash, password_revision) VALUES ($1, $2, $3, $4, 1)', [id, body.officeId, body.teamId, hash])
          await hub.audit(tx, administered(call, 'person_added', id, { role: body.role, office: body.officeId, team: body.teamId }))
          await feedPeople(tx, [id])
          return viewOf(tx, id)
        })
        return json(view, 201)
      },
    }),
    route({
      ...admin, method: 'PUT', path: '/v1/admin/people/:id', params: idParams, body: staffInput, bodyLimit: adminBody, summary: 'Changes a person; a password that is null stays', answer: staffView,
      handle: async (call) => {
        const { body, params, now } = call
        const hash = await hashOf(body.password)
        const view = await save(async (tx) => {
          // Locked in one order, so that two administrators who disable each other do not both succeed.
          const administrators = await tx.query<{ id: string }>(`SELECT id FROM person WHERE role = 'administrator' AND active ORDER BY id FOR UPDATE`)
          const before = theOne((await tx.query<{ role: string; active: boolean }>('SELECT role, active FROM person WHERE id = $1 FOR UPDATE', [params.id])).rows, 'person_not_found')
          await checkPlace(tx, body)
          const stays = body.active && body.role === 'administrator'
          if (!stays && administrators.rows.some(({ id }) => id === params.id) && administrators.rows.length === 1) throw new HubError(409, 'last_administrator')
          await tx.query('UPDATE person SET username = $2, display_name = $3, role = $4, active = $5 WHERE id = $1', [params.id, normalUsername(body.username), body.displayName, body.role, body.active])
          await tx.query(
            `INSERT INTO staff AS s (person_id, office_id, team_id, password_hash, password_revision) VALUES ($1, $2, $3, $4, CASE WHEN $4::text IS NULL THEN 0 ELSE 1 END)
             ON CONFLICT (person_id) DO UPDATE SET office_id = excluded.office_id, team_id = excluded.team_id,
               password_hash = coalesce(excluded.password_hash, s.password_hash), password_revision = s.password_revision + excluded.password_revision`,
            [params.id, body.officeId, body.teamId, hash],
          )
          // A new password or a person put out of work ends what is open, except the session that does it.
          if (hash !== null || !body.active) await tx.query('UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL AND id <> $3', [params.id, now, call.person.sessionId])
          await hub.audit(tx, administered(call, 'person_changed', params.id, { roleBefore: before.role, role: body.role, activeBefore: before.active, active: body.active, office: body.officeId, team: body.teamId, newPassword: hash !== null }))
          await feedPeople(tx, [params.id])
          return viewOf(tx, params.id)
        })
        return json(view)
      },
    }),
  ]
}

async function checkPlace(tx: Tx, { officeId, teamId }: StaffInput): Promise<void> {
  const { rows } = await tx.query<{ ok: boolean }>('SELECT ($1::text IS NULL OR EXISTS (SELECT 1 FROM office WHERE id = $1)) AND ($2::text IS NULL OR EXISTS (SELECT 1 FROM team WHERE id = $2)) AS ok', [officeId, teamId])
  if (rows[0]?.ok !== true) throw new HubError(404, 'not_found')
}

async function viewOf(tx: Tx, id: string): Promise<StaffView> {
  return theOne((await tx.query<StaffView>(`${views} WHERE p.id = $1`, [id])).rows)
}
