import { envelopeKeyAnswer } from '../../../../shared/sync/envelope.ts'
import type { Store } from '../../store/store.ts'
import { writeInTurn } from '../../store/transaction.ts'
import type { HubTransport } from '../ports.ts'
import { readState, writeState } from '../sync-store.ts'

/**
 * Asks for the key that envelopes are sealed to while there is a line, for the day when there is none. An older hub has none. False where the
 * hub was not heard, or could not say it just now: it is asked again.
 */
export async function learnEnvelopeKey(store: Store, transport: Pick<HubTransport, 'ask'>): Promise<boolean> {
  const answer = await transport.ask('/v1/envelopes/key', {}, null)
  if (!answer.ok) return answer.failure.kind === 'refused'
  const said = envelopeKeyAnswer.safeParse(answer.value)
  if (!said.success || !store.rawWriter.open || readState(store.rawWriter, 'envelopeKey') === said.data.key) return true
  await writeInTurn(store, (db) => writeState(db, 'envelopeKey', said.data.key))
  return true
}
