import type { KeyObject } from 'node:crypto'
import { refuse, ok } from '../../../../shared/domain/result.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { envelopeFirstLine, envelopePushBytes } from '../../../../shared/sync/envelope.ts'
import type { RawDatabase } from '../../store/cipher.ts'
import { batchFrom } from '../push.ts'
import { readState } from '../sync-store.ts'
import { sealPush } from './seal.ts'

/** `through`: number of the last operation in it. */
export type Envelope = { readonly text: string; readonly operations: number; readonly through: number }
export type EnvelopeMaker = { readonly deviceId: string; readonly privateKey: KeyObject; readonly deskName: string; readonly at: string }

/** Everything that waits to be sent, as a sealed file; it goes on waiting here until the hub itself has said that it has it. */
export function makeEnvelope(db: RawDatabase, { deviceId, privateKey, deskName, at }: EnvelopeMaker): Result<Envelope, 'nothing_waits' | 'no_envelope_key'> {
  const hubKey = readState(db, 'envelopeKey')
  const parts: string[] = []
  let operations = 0
  let through = 0
  for (let from = 0; ; ) {
    const push = batchFrom(db, from, undefined, envelopePushBytes)
    if (!push) break
    if (hubKey === null) return refuse('no_envelope_key')
    parts.push(sealPush({ deviceId, madeAt: at, push }, privateKey, hubKey))
    operations += push.operations.length
    from = push.firstSeq + push.operations.length
    through = from - 1
  }
  if (operations === 0) return refuse('nothing_waits')
  return ok({ text: [envelopeFirstLine, JSON.stringify({ desk: deskName.slice(0, 80), madeAt: at, operations }), ...parts, ''].join('\n'), operations, through })
}
