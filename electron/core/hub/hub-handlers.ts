import type { HubStatus, RemoteCustomer } from '../../../shared/contract/hub.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { hubStatus } from '../sync/hub-status.ts'
import { signInError } from '../sync/desk-hub.ts'
import { relayEnvelope } from '../sync/envelope/relay.ts'
import { askHub } from './hub-request.ts'

function status(call: SignedCall): HubStatus {
  const { desk, session } = call
  return hubStatus(call.store.rawReader, desk.hub(), { deskName: desk.status(call.clientId).deskName, personId: session.personId })
}

const lookupErrors = ['criteria_missing', 'not_found', 'several_found', 'too_many_searches'] as const

export const hubHandlers: HandlersOf<'hub'> = {
  status: (call) => Promise.resolve(ok(status(call))),

  join: async (call, { address, code }) => {
    const joined = await call.desk.joinHub(address, code, call.desk.status(call.clientId).deskName)
    if (!joined.ok) return joined
    await call.desk.audit({ at: call.clock.now().toISOString(), actor: call.actor.id, kind: 'administered', subject: null, details: { call: 'join' } })
    return ok(status(call))
  },

  syncNow: (call) => {
    const hub = call.desk.hub()
    if (!hub) return Promise.resolve(refuse('no_hub'))
    hub.wake()
    return Promise.resolve(ok(status(call)))
  },

  checkHealth: async (call) => {
    const hub = call.desk.hub()
    if (!hub) return refuse('no_hub')
    const failure = await hub.checkHealth()
    return failure === null ? ok(status(call)) : refuse('hub_unreachable')
  },

  makeEnvelope: async (call) => {
    const made = call.desk.envelope(call.desk.status(call.clientId).deskName)
    if (!made.ok) return made
    call.trace(null, { operations: made.value.operations })
    // Only what is in it: whatever is written meanwhile has a later number.
    await call.work.local((db) => db.prepare(`UPDATE outbox SET enveloped_at = ? WHERE state = 'queued' AND wire_seq IS NOT NULL AND wire_seq <= ?`).run(call.clock.now().toISOString(), made.value.through))
    return ok({ text: made.value.text, operations: made.value.operations })
  },

  relayEnvelope: async (call, { text }) => {
    const hub = call.desk.hub()
    if (!hub) return refuse('no_hub')
    const relayed = await relayEnvelope(hub.transport, text)
    if (relayed.ok) call.trace(null, { call: 'relayEnvelope', operations: relayed.value.operations })
    return relayed
  },

  openSession: async (call, { password }) => {
    const hub = call.desk.hub()
    if (!hub) return refuse('no_hub')
    const answer = await hub.transport.openSession(call.session.username, password)
    if (!answer.ok) return refuse(signInError(answer.failure))
    hub.keepSession(call.session.personId, answer.value)
    return ok(status(call))
  },

  lookupElsewhere: async (call, input) => {
    const reply = await askHub(call, '/v1/lookup', input)
    if (reply.ok) {
      const found = reply.value as RemoteCustomer
      call.trace(found.customerId, { where: 'hub', reason: input.reason })
      return ok(found)
    }
    if (reply.error.code !== 'hub_refused') return refuse(reply.error.code)
    const { hubCode } = reply.error
    return refuse(lookupErrors.find((known) => known === hubCode) ?? 'hub_refused')
  },
}
