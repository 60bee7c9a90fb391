import { administrationCalls } from '../../shared/contract/administration.ts'
import type { ExportView } from '../../shared/contract/administration.ts'
import { supervisors } from '../../shared/contract/call.ts'
import { z } from '../../shared/domain/schema.ts'
import { notFound } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'

const shown = 500
const view = z.object({ number: z.int(), madeAt: z.string(), rows: z.int(), acknowledgedAt: z.string().nullable() })
type Stored = { number: number; made_at: Date; rows: number; acknowledged_at: Date | null }

/** The files for the billing system. */
export function exportRoutes(hub: HubParts): readonly Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/administration/exports',
      access: 'person',
      roles: supervisors,
      params: null,
      query: null,
      body: administrationCalls.exports.input,
      bodyLimit: 4096,
      rate: 'administration',
      summary: 'Files of readings, newest first',
      answer: z.array(view),
      handle: async () => {
        const { rows } = await hub.pool.query<Stored>(`SELECT number, made_at, rows, acknowledged_at FROM reading_export ORDER BY number DESC LIMIT ${shown}`)
        return json(rows.map((row): ExportView => ({ number: row.number, madeAt: row.made_at.toISOString(), rows: row.rows, acknowledgedAt: row.acknowledged_at?.toISOString() ?? null })))
      },
    }),
    route({
      method: 'GET',
      path: '/v1/exports/:number',
      access: 'person',
      roles: supervisors,
      params: z.strictObject({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
      query: null,
      body: null,
      bodyLimit: 0,
      rate: 'administration',
      summary: 'A file of readings as it was made',
      answer: 'text/csv',
      handle: async ({ params, person, device, now }) =>
        hub.transaction(async (tx) => {
          const { rows } = await tx.query<{ file: Buffer; sha256: string }>('SELECT file, sha256 FROM reading_export WHERE number = $1', [params.number])
          const found = rows[0]
          if (!found) throw notFound()
          await hub.audit(tx, { at: now.toISOString(), actor: person.id, deviceId: device.id, kind: 'export_downloaded', subject: String(params.number), details: {} })
          return { status: 200, type: 'text/csv; charset=utf-8', content: found.file, headers: { 'x-sportello-sha256': found.sha256 } }
        }),
    }),
  ]
}
