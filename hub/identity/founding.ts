import type { HubParts, Tx } from '../server/parts.ts'
import { HubError } from '../server/errors.ts'
import { createCode } from './enrolment-codes.ts'

type Parts = Pick<HubParts, 'transaction' | 'ids' | 'clock' | 'audit'>

/** A hub begins with one office that holds everything; whoever administers it makes others. */
export async function ensureFirstOffice({ transaction, ids }: Pick<HubParts, 'transaction' | 'ids'>): Promise<void> {
  await transaction(async (tx) => {
    // Two hubs that start at once make one office between them.
    await tx.query('SELECT 1 FROM feed_head FOR UPDATE')
    if ((await tx.query('SELECT 1 FROM office LIMIT 1')).rowCount !== 0) return
    const id = ids.next()
    await tx.query('INSERT INTO office (id, name) VALUES ($1, $2)', [id, 'Sede'])
    await tx.query(`INSERT INTO office_territory (office_id, territory_id) SELECT $1, id FROM territory`, [id])
  })
}

export async function hasAdministrator(db: Pick<Tx, 'query'>): Promise<boolean> {
  return (await db.query(`SELECT 1 FROM person WHERE role = 'administrator' AND active LIMIT 1`)).rowCount !== 0
}

/** A code made at the hub's own machine. `founding` keeps the roles of the people the desk brings along. Throws 404 for an unknown office. */
export async function codeFromConsole(hub: Parts, officeName: string | null, founding: boolean): Promise<{ readonly code: string; readonly expiresAt: Date; readonly officeName: string }> {
  return hub.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string; name: string }>('SELECT id, name FROM office WHERE $1::text IS NULL OR lower(name) = lower($1) ORDER BY created_at, id LIMIT 1', [officeName])
    const office = rows[0]
    if (!office) throw new HubError(404, 'not_found')
    const { id, code, expiresAt } = await createCode(tx, hub, { officeId: office.id, kind: 'long', founding, createdBy: null })
    await hub.audit(tx, { at: hub.clock.now().toISOString(), actor: 'hub', deviceId: null, kind: 'enrolment_code_made', subject: id, details: { office: office.id, founding } })
    return { code, expiresAt, officeName: office.name }
  })
}
