import { envelopeKeyAnswer } from '../../../../shared/sync/envelope.ts'
import type { Store } from '../../store/store.ts'
import { writeInTurn } from '../../store/transaction.ts'
import type { HubTransport } from '../ports.ts'
import { readState, writeState } from '../sync-store.ts'

/** Asks for the key that envelopes are sealed to while there is a line, for the day when there is none. An older hub has none. */
export async function learnEnvelopeKey(store: Store, transport: Pick<HubTransport, 'ask'>): Promise<void> {
  const answer = await transport.ask('/v1/envelopes/key', {}, null)
  const said = answer.ok ? envelopeKeyAnswer.safeParse(answer.value) : null
  if (said?.success !== true || !store.rawWriter.open || readState(store.rawWriter, 'envelopeKey') === said.data.key) return
  await writeInTurn(store, (db) => writeState(db, 'envelopeKey', said.data.key))
}
