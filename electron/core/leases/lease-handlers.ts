import type { TicketId } from '../../../shared/domain/ids.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import { leaseAnswer } from '../../../shared/sync/leases.ts'
import type { HandlersOf } from '../context.ts'
import { askHub } from '../hub/hub-request.ts'

export const leaseHandlers: Pick<HandlersOf<'tickets'>, 'hold' | 'holders'> = {
  /** Whether the hub could be told changes nothing for whoever writes. */
  hold: async (call, { ticketId, hold }) => {
    if (!(await call.store.reader.getRepository(models.ticket).existsBy({ id: ticketId as TicketId }))) return refuse('ticket_not_found')
    const hub = call.desk.hub()
    if (!hub) return ok({ held: false })
    const reply = await askHub(call, '/v1/leases', { ticketId, hold })
    const said = reply.ok ? leaseAnswer.safeParse(reply.value) : null
    if (said?.success !== true) return ok({ held: false })
    hub.leases.told({ ticketId, ...said.data })
    return ok({ held: hub.leases.isMine(said.data.heldBy, call.session.personId) })
  },

  holders: (call) => Promise.resolve(ok(call.desk.hub()?.leases.others(call.session.personId) ?? [])),
}
