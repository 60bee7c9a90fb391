import { verify } from 'node:crypto'
import { z } from '../../shared/domain/schema.ts'
import { envelopeKeyAnswer, relayAnswer, relayRequest } from '../../shared/sync/envelope.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { keyOf } from '../server/proof.ts'
import { mebibyte } from '../server/rate-classes.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import { feedPlace } from '../sync/durable.ts'
import { refuseOldProtocol } from '../sync/push.ts'
import type { PushQueue } from '../sync/push-queue.ts'
import type { EnvelopeKey } from './envelope-key.ts'
import { openPart } from './open-part.ts'
import type { OpenedPart } from './open-part.ts'

const common = { method: 'POST', access: 'device', roles: null, params: null, query: null } as const

/** Envelopes of desks without a line, brought by another one. What is in them is delivered as the desk itself would deliver it. */
export function envelopeRoutes(hub: HubParts, queue: PushQueue, key: () => EnvelopeKey): readonly Route[] {
  return [
    route({
      ...common, path: '/v1/envelopes/key', body: z.strictObject({}), bodyLimit: 64, rate: 'sync',
      summary: 'The key that envelopes are sealed to', answer: envelopeKeyAnswer,
      handle: () => json({ key: key().publicKey }),
    }),
    route({
      ...common, path: '/v1/envelopes', body: relayRequest, bodyLimit: mebibyte, rate: 'bulk',
      summary: 'A part of another desk’s envelope; answers how much of it was new', answer: relayAnswer,
      handle: async ({ body: { part }, device, now }) => {
        const opened = openPart(part, key())
        const origin = opened === null ? null : await originOf(hub, opened)
        // Sealed for somebody else, damaged, or not from whom it says it is: one answer.
        if (opened === null || origin === null) throw new HubError(409, 'envelope_invalid')
        const { push } = opened.push
        refuseOldProtocol(push.protocol)
        if (push.operations.some(({ seq }, index) => seq !== push.firstSeq + index)) throw new HubError(409, 'envelope_invalid')
        const known = await countKnown(hub, push.operations.map(({ opId }) => opId))
        // A desk without a line cannot know that the hub was put back meanwhile: its numbers tell whether this follows what is here.
        const { feedId } = await feedPlace(hub.pool)
        const answer = await queue.push({ deviceId: opened.push.deviceId, request: { ...push, feedId } })
        // The desk that brings it is not the one whose proof is missing: what is said of the other one must not sound like that.
        if (answer instanceof HubError) throw answer.status === 401 ? new HubError(409, answer.code) : answer
        await hub.transaction((tx) => hub.audit(tx, { at: now.toISOString(), actor: 'hub', deviceId: device.id, kind: 'relayed', subject: opened.push.deviceId, details: { operations: push.operations.length } }))
        const fresh = answer.receipts.filter(({ opId }) => !known.has(opId))
        return json({ desk: origin, operations: push.operations.length, taken: fresh.length, refused: fresh.filter(({ outcome }) => outcome === 'rejected').length })
      },
    }),
  ]
}

/** The name of the desk that has signed it; `null` when none has. */
async function originOf({ pool }: HubParts, { push, payload, signature }: OpenedPart): Promise<string | null> {
  const { rows } = await pool.query<{ name: string; public_key: Buffer }>('SELECT name, public_key FROM device WHERE id = $1', [push.deviceId])
  const [desk] = rows
  const publicKey = desk ? keyOf(desk.public_key) : null
  return desk && publicKey && verify(null, payload, publicKey, signature) ? desk.name : null
}

async function countKnown({ pool }: HubParts, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>('SELECT op_id AS id FROM receipt WHERE op_id = ANY($1)', [ids])
  return new Set(rows.map(({ id }) => id))
}
