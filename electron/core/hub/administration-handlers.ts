import { createHash } from 'node:crypto'
import type { CallSpec } from '../../../shared/contract/call.ts'
import { administrationCalls } from '../../../shared/contract/administration.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { ok, refuse } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { HandlersOf, SignedCall } from '../context.ts'
import { askHub, fetchFromHub } from './hub-request.ts'
import type { HubRefused } from './hub-request.ts'

/**
 * What administrators decide is decided at the hub: every call of the area goes there as it is, and the answer comes back as it is. An
 * error that the call does not declare becomes `hub_refused`, so that the screen always has words for it.
 */
async function forward(call: SignedCall, name: string, spec: CallSpec, input: Json): Promise<Result<Json>> {
  const reply = await askHub(call, `/v1/administration/${name}`, input)
  if (!reply.ok) return refusal(reply.error, spec)
  // What was changed at the hub is on record there; here it is on record that it was asked for, by whom and on which desk.
  if (spec.audit === 'administered') await call.desk.audit({ at: call.clock.now().toISOString(), actor: call.actor.id, kind: 'administered', subject: null, details: { call: name } })
  return reply
}

function refusal(error: HubRefused['error'], spec: CallSpec): Result<never> {
  if (error.code !== 'hub_refused') return refuse(error.code)
  return spec.errors.includes(error.hubCode) ? refuse(error.hubCode) : refuse('hub_refused', { code: error.hubCode })
}

/** A file whose bytes are not those the hub spoke of is not handed on. */
const exportFile: HandlersOf<'administration'>['exportFile'] = async (call, { number }) => {
  const reply = await fetchFromHub(call, `/v1/exports/${number}`, 'text/csv')
  if (!reply.ok) {
    const { error } = reply
    if (error.code !== 'hub_refused') return refuse(error.code)
    return error.hubCode === 'not_found' ? refuse('not_found') : refuse('hub_refused', { code: error.hubCode })
  }
  const { bytes, sha256 } = reply.value
  if (sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) return refuse('file_damaged')
  call.trace(String(number), { call: 'exportFile' })
  return ok({ number, text: Buffer.from(bytes).toString('utf8') })
}

const forwarders = Object.entries(administrationCalls).map(([name, spec]) => [name, (call: SignedCall, input: Json) => forward(call, name, spec, input)] as const)

/** `Object.entries` loses which handler belongs to which call: here each is the same one, and the hub keeps the contract. */
export const administrationHandlers = { ...(Object.fromEntries(forwarders) as unknown as HandlersOf<'administration'>), exportFile }
