import { administrationCalls } from '../../shared/contract/administration.ts'
import type { MailView } from '../../shared/contract/administration.ts'
import { supervisors } from '../../shared/contract/call.ts'
import { z } from '../../shared/domain/schema.ts'
import { notFound } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'

const shown = 500
const base = { method: 'POST', access: 'person', roles: supervisors, params: null, query: null, bodyLimit: 4096, rate: 'administration' } as const
const view = z.object({ id: z.string(), template: z.string(), customerId: z.string().nullable(), state: z.string(), attempts: z.int(), lastCode: z.string().nullable(), createdAt: z.string(), sentAt: z.string().nullable() })

type Stored = { id: string; template: string; customer_id: string | null; state: string; attempts: number; last_code: string | null; created_at: Date; sent_at: Date | null }

/** Messages to customers: what became of them, and another try. Addresses and words are not among it. */
export function mailRoutes(hub: HubParts): readonly Route[] {
  return [
    route({
      ...base,
      path: '/v1/administration/mail',
      body: administrationCalls.mail.input,
      summary: 'Messages to customers: those that did not get through first, then the newest',
      answer: z.array(view),
      handle: async () => {
        const { rows } = await hub.pool.query<Stored>(
          `SELECT id, template, customer_id, state, attempts, last_code, created_at, sent_at FROM mail_message ORDER BY state IN ('failed', 'refused') DESC, created_at DESC, id LIMIT ${shown}`,
        )
        return json(rows.map((row): MailView => ({
          id: row.id, template: row.template, customerId: row.customer_id, state: row.state, attempts: row.attempts, lastCode: row.last_code,
          createdAt: row.created_at.toISOString(), sentAt: row.sent_at?.toISOString() ?? null,
        })))
      },
    }),
    route({
      ...base,
      path: '/v1/administration/retryMail',
      body: administrationCalls.retryMail.input,
      summary: 'Tries a message again that did not get through',
      answer: z.null(),
      handle: async ({ body, person, device, now }) =>
        hub.transaction(async (tx) => {
          // The address may have been corrected since.
          const { rowCount } = await tx.query(
            `UPDATE mail_message m SET state = 'waiting', address = coalesce((SELECT email FROM customer c WHERE c.id = m.customer_id), m.address)
             WHERE id = $1 AND state IN ('failed', 'refused')`,
            [body.id],
          )
          if (rowCount !== 1) throw notFound()
          await hub.audit(tx, { at: now.toISOString(), actor: person.id, deviceId: device.id, kind: 'mail_retried', subject: body.id, details: {} })
          return json(null)
        }),
    }),
  ]
}
