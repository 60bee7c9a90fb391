import { oldestProtocol, pushAnswer, pushLimits, pushRequest } from '../../shared/sync/wire.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts } from '../server/parts.ts'
import { json, route } from '../server/route.ts'
import type { Route } from '../server/route.ts'
import type { PushQueue } from './push-queue.ts'

/** Desks older than any this hub understands keep working on their own, and are told so. */
export function refuseOldProtocol(protocol: number): void {
  if (protocol < oldestProtocol) throw new HubError(426, 'too_old', { oldest: oldestProtocol })
}

/** Operations of a desk, in the order in which it wrote them (reliability, 3.4). */
export function pushRoute(hub: Pick<HubParts, 'signHead'>, queue: PushQueue): Route {
  return route({
    method: 'POST', path: '/v1/push', access: 'device', roles: null, params: null, query: null, body: pushRequest, bodyLimit: pushLimits.bytes, rate: 'sync',
    summary: 'Operations of a desk, in their order; answers the outcome of each', answer: pushAnswer,
    handle: async ({ device, body }) => {
      refuseOldProtocol(body.protocol)
      if (body.operations.some(({ seq }, index) => seq !== body.firstSeq + index)) throw new HubError(400, 'invalid', { fields: ['body.operations.seq'] })
      const answer = await queue.push({ deviceId: device.id, request: body })
      if (answer instanceof HubError) throw answer
      return json({ ...answer, auditHead: hub.signHead(answer.feedId, answer.auditHead) })
    },
  })
}
