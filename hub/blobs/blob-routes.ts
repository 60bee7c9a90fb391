import { join } from 'node:path'
import { attachmentLimits } from '../../shared/domain/attachment.ts'
import { z } from '../../shared/domain/schema.ts'
import { fence } from '../database/fence.ts'
import { HubError, notFound } from '../server/errors.ts'
import type { HubModule, HubParts } from '../server/parts.ts'
import { mebibyte } from '../server/rate-classes.ts'
import { bytes, empty, json, route } from '../server/route.ts'
import type { DeviceIdentity } from '../server/route.ts'
import { deviceScopes, everybody } from '../sync/scopes.ts'
import { WrongBlobKeyError, assertBlobKey, readOrMakeBlobKey } from './blob-key.ts'
import { blobState, readPart, storePart } from './blob-store.ts'

const params = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })
const offset = z.coerce.number().int().min(0).max(attachmentLimits.bytes)
const common = { path: '/v1/blobs/:sha256', access: 'device', roles: null, params, rate: 'bulk' } as const
const stateHeaders = ({ received, complete }: { received: number; complete: boolean }) => ({ 'x-sportello-size': String(received), 'x-sportello-complete': String(complete) })

/** Contents of attachments, by their hash: they arrive in parts that can be gone on with, and leave to desks that hold the customer. */
export const blobsModule: HubModule = (hub) => {
  let key: Buffer | null = null
  const requireKey = (): Buffer => {
    if (!key) throw new HubError(503, 'busy', undefined, 5)
    return key
  }
  return {
    name: 'blobs',
    start: async () => {
      const found = readOrMakeBlobKey(join(hub.config.dataDir, 'attachments.key'))
      try {
        await assertBlobKey(hub, found)
        key = found
      } catch (error) {
        if (!(error instanceof WrongBlobKeyError)) throw error
        // Everything else of the hub works: attachments wait until somebody has brought the key.
        hub.log.error({ name: error.name }, error.message)
      }
    },
    routes: [
      route({
        ...common,
        method: 'HEAD',
        query: null,
        body: null,
        bodyLimit: 0,
        summary: 'How much of a content is here',
        answer: null,
        handle: async ({ device, params: { sha256 } }) => {
          await requireHeld(hub, device, sha256)
          const state = await blobState(hub.pool, sha256)
          if (!state) throw notFound()
          return empty(200, stateHeaders(state))
        },
      }),
      route({
        ...common,
        method: 'PUT',
        query: z.strictObject({ start: offset, size: offset.min(1) }),
        body: 'bytes',
        bodyLimit: mebibyte,
        summary: 'The next part of a content; complete when its hash has been verified',
        answer: z.object({ received: z.int(), complete: z.boolean() }),
        handle: async ({ device, params: { sha256 }, query: { start, size }, body }) => {
          const said = await requireHeld(hub, device, sha256)
          if (said !== size) throw new HubError(409, 'size', { expected: said })
          const state = await hub.transaction((tx) => storePart(tx, requireKey(), { sha256, start, size, bytes: body }))
          if (state === 'hash_mismatch') throw new HubError(409, 'hash_mismatch')
          return json(state)
        },
      }),
      route({
        ...common,
        method: 'GET',
        query: z.strictObject({ start: offset.default(0) }),
        body: null,
        bodyLimit: 0,
        summary: 'A part of a content from a byte on, as large as it is stored',
        answer: 'application/octet-stream',
        handle: async ({ device, params: { sha256 }, query: { start } }) => {
          await requireHeld(hub, device, sha256)
          const state = await blobState(hub.pool, sha256)
          const part = state?.complete === true ? await readPart(hub.pool, requireKey(), sha256, start) : null
          if (!state || !part) throw notFound()
          return bytes(part, stateHeaders(state))
        },
      }),
    ],
  }
}

/** The size of a content that an attachment of one of the desk's customers goes by; anything else is not there. */
async function requireHeld({ pool, transaction }: Pick<HubParts, 'pool' | 'transaction'>, device: DeviceIdentity, sha256: string): Promise<number> {
  const territories = (await deviceScopes(pool, device.officeId)).filter((scope) => scope !== everybody)
  const row = await transaction(async (tx) => {
    await fence(tx, territories)
    const { rows } = await tx.query<{ size: number }>(
      `SELECT a.size FROM attachment a JOIN customer_territory ct ON ct.customer_id = a.customer_id WHERE a.sha256 = $1 AND ct.territory_id = ANY ($2) ORDER BY a.added_at, a.id LIMIT 1`,
      [sha256, territories],
    )
    return rows[0]
  })
  if (!row) throw notFound()
  return row.size
}
