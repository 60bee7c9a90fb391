import { createHash } from 'node:crypto'
import { roles } from '../../shared/domain/records/people.ts'
import type { Role } from '../../shared/domain/records/people.ts'
import { addPerson, enrolDevice } from './hub-app.ts'
import type { TestHub } from './hub-app.ts'

export const secretName = 'Canarina'
export const records = { own: 'aqua:1001', other: 'aqua:2002', nobodys: 'aqua:3003' } as const
export type Whose = keyof typeof records

/** A desk of the territory `nord` with one person of each role signed in, a customer of its own with everything, and one of `sud`. */
export async function staffedHub(hub: TestHub) {
  const desk = await enrolDevice(hub, { territories: ['nord'] })
  for (const [whose, territory] of [['own', 'nord'], ['other', 'sud']] as const) await addCustomer(hub, records[whose], territory)
  const sessions = {} as Record<Role, string>
  for (const role of roles) {
    await addPerson(hub, { username: role, role })
    sessions[role] = await desk.signIn(role)
  }
  return { desk, sessions }
}

async function addCustomer({ database }: TestHub, id: string, territory: string): Promise<void> {
  await database.asOwner(`INSERT INTO territory (id, name, rules) VALUES ($1, $1, '[]') ON CONFLICT DO NOTHING`, [territory])
  await database.asOwner(`INSERT INTO brand (id, name, portal) VALUES ('aqua', 'Aqua', 'https://aqua.example.org') ON CONFLICT DO NOTHING`)
  await database.asOwner(`INSERT INTO customer (id, brand_id, code, kind, last_name, first_name, vulnerable, updated_at) VALUES ($1, 'aqua', $2, 'person', $3, 'Prova', false, '2026-01-01T00:00:00.000Z')`, [id, id.slice(5), secretName])
  await database.asOwner('INSERT INTO customer_territory (customer_id, territory_id) VALUES ($1, $2)', [id, territory])
  // The ticket and the file bear the customer's id too, so that one id names each kind of record.
  await database.asOwner(
    `INSERT INTO ticket (id, code, customer_id, area, type, channel, subject, received_day, state, priority, opened_at, updated_at, origin) VALUES ($1, $1, $1, 'complaint', 'other', 'phone', $2, '2026-01-01', 'open', 'normal', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'desk')`, [id, secretName],
  )
  const content = Buffer.from(`content of ${id}`)
  const sha256 = createHash('sha256').update(content).digest('hex')
  await database.asOwner(`INSERT INTO attachment (id, ticket_id, customer_id, name, media_type, size, sha256, added_by, added_at) VALUES ($1, $1, $1, 'prova.pdf', 'application/pdf', $2, $3, 'x', '2026-01-01T00:00:00.000Z')`, [id, content.length, sha256])
}
