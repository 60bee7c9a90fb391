import type { Json } from '../../../../shared/domain/json.ts'
import { refuse, ok } from '../../../../shared/domain/result.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { envelopeFirstLine, envelopeHead, relayAnswer, relayRequest } from '../../../../shared/sync/envelope.ts'
import type { HubFailure, HubTransport } from '../ports.ts'

export const relayErrors = ['envelope_invalid', 'envelope_origin', 'envelope_outdated', 'hub_unreachable', 'hub_refused'] as const
export type RelayError = (typeof relayErrors)[number]
export type Relayed = { readonly desk: string; readonly operations: number; readonly taken: number; readonly refused: number }

/** Hands the parts of another desk's envelope to the hub, in their order. Cut short it can be done again from the beginning: nothing is taken twice. */
export async function relayEnvelope(transport: Pick<HubTransport, 'ask'>, text: string): Promise<Result<Relayed, RelayError>> {
  const parts = partsOf(text)
  if (!parts) return refuse('envelope_invalid')
  const sum = { desk: '', operations: 0, taken: 0, refused: 0 }
  for (const part of parts) {
    const answer = await transport.ask('/v1/envelopes', { part } satisfies Json, null)
    if (!answer.ok) return refuse(errorOf(answer.failure))
    const said = relayAnswer.safeParse(answer.value)
    if (!said.success) return refuse('hub_refused')
    sum.desk = said.data.desk
    sum.operations += said.data.operations
    sum.taken += said.data.taken
    sum.refused += said.data.refused
  }
  return ok(sum)
}

function partsOf(text: string): readonly string[] | null {
  const [first, head = '', ...rest] = text.split(/\r?\n/)
  const parts = rest.filter((line) => line !== '')
  if (first !== envelopeFirstLine || !isHead(head) || parts.length === 0) return null
  return parts.every((part) => relayRequest.safeParse({ part }).success) ? parts : null
}
function isHead(line: string): boolean {
  try {
    return envelopeHead.safeParse(JSON.parse(line)).success
  } catch {
    return false
  }
}

function errorOf(failure: HubFailure): RelayError {
  if (failure.kind !== 'refused') return 'hub_unreachable'
  switch (failure.code) {
    case 'envelope_invalid': return 'envelope_invalid'
    case 'device_unknown':
    case 'device_revoked': return 'envelope_origin'
    case 'epoch':
    case 'gap':
    case 'rollback':
    case 'feed_changed': return 'envelope_outdated'
    default: return 'hub_refused'
  }
}
