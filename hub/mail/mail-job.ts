import type { Job } from '../jobs/job.ts'
import { onConnection } from '../jobs/boss.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { appendFeed, putChanges } from '../sync/feed.ts'
import { selectList } from '../sync/record-sql.ts'
import type { Row } from '../sync/record-sql.ts'
import { writeMail } from './templates.ts'
import { createMailTransport } from './transport.ts'

/** Seconds; doubled from try to try. About a day in all. */
export type MailRetries = { readonly limit: number; readonly delay: number; readonly delayMax: number }
const usualRetries: MailRetries = { limit: 14, delay: 30, delayMax: 3 * 3600 }

const queue = 'mail'
const atATime = 100

type Message = { id: string; template: string; customer_id: string | null; address: string; language: string; data: unknown; state: string }

/** A try that did not go through: the queue makes the next one. */
class NotSentError extends Error {
  override readonly name = 'NotSentError'
}

/**
 * Sends what `mailFor` wrote. One process has a message at a time; a process that is killed between the server's yes and its own note sends
 * again, under the same message id. A recipient refused for good is marked on the customer.
 */
export function mailJob(hub: HubParts, retries: MailRetries = usualRetries): Job {
  const transport = createMailTransport(hub.config)

  async function note(id: string, state: string, code: string | null): Promise<void> {
    await hub.pool.query(
      `UPDATE mail_message SET state = $2, last_code = $3, attempts = attempts + 1, sent_at = CASE WHEN $2 = 'sent' THEN $4::timestamptz ELSE sent_at END WHERE id = $1`,
      [id, state, code, hub.clock.now()],
    )
  }

  return {
    queue,
    cron: null,
    sweep: async (boss) => {
      // Without a way out they stay where they are, to be seen.
      if (!transport) return
      await hub.transaction(async (tx) => {
        const { rows } = await tx.query<{ id: string }>(
          `UPDATE mail_message SET state = 'queued' WHERE id IN (SELECT id FROM mail_message WHERE state = 'waiting' ORDER BY created_at LIMIT ${atATime} FOR UPDATE SKIP LOCKED) RETURNING id`,
        )
        if (rows.length === 0) return
        const options = { retryLimit: retries.limit, retryDelay: retries.delay, retryBackoff: true, retryDelayMax: retries.delayMax, expireInSeconds: 180 }
        await boss.insert(queue, rows.map(({ id }) => ({ data: { id }, ...options })), { db: onConnection(tx) })
      })
    },
    run: async ({ data, isLast }) => {
      if (!transport) throw new NotSentError('no transport')
      const { rows } = await hub.pool.query<Message>('SELECT id, template, customer_id, address, language, data, state FROM mail_message WHERE id = $1', [String(data['id'])])
      const message = rows[0]
      if (message?.state !== 'queued') return
      const delivery = await transport.send({ id: message.id, to: message.address, ...writeMail(message.template, message.language, message.data) })
      hub.log.info({ mail: message.id, result: delivery.result, code: delivery.result === 'sent' ? undefined : delivery.code }, 'mail')
      switch (delivery.result) {
        case 'sent':
          return note(message.id, 'sent', null)
        case 'refused':
          await hub.transaction((tx) => markUnreachable(tx, message, hub.clock.now()))
          return note(message.id, 'refused', delivery.code)
        case 'failed':
          await note(message.id, isLast ? 'failed' : 'queued', delivery.code)
          throw new NotSentError(delivery.code)
      }
    },
  }
}

/** Only while it is still the same address: a new one deserves its own try. */
async function markUnreachable(tx: Tx, message: Message, now: Date): Promise<void> {
  const { rows } = await tx.query<Row>(
    `UPDATE customer AS c SET email_state = 'unreachable', updated_at = $3 WHERE c.id = $1 AND c.email = $2 AND c.email_state IS DISTINCT FROM 'unreachable' RETURNING ${selectList('customer', 'c')}`,
    [message.customer_id, message.address, now.toISOString()],
  )
  const row = rows[0]
  if (row) await appendFeed(tx, await putChanges(tx, [{ table: 'customer', row }]))
}
