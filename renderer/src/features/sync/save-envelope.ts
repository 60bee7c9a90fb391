import type { ErrorOf, ReplyOf } from '../../../../shared/contract/call.ts'
import type { hubCalls } from '../../../../shared/contract/hub.ts'
import type { SaveOutcome } from '../../../../shared/contract/shell.ts'
import type { Ports } from '../../ports.ts'
import type { Translate } from '../../ui/i18n.ts'

type Make = (typeof hubCalls)['makeEnvelope']
export type SavedEnvelope = { readonly outcome: SaveOutcome; readonly operations: number } | { readonly refused: Extract<ReplyOf<Make>, { ok: false }>['error'] }
export type MakeEnvelopeError = ErrorOf<Make>

/** Seals what waits and saves it where the person chooses; the name says whose it is and when, and nothing of what is in it. */
export async function saveEnvelope({ core, shell }: Pick<Ports, 'core' | 'shell'>, t: Translate, deskName: string, now: Date): Promise<SavedEnvelope> {
  const reply = await core.hub.makeEnvelope({})
  if (!reply.ok) return { refused: reply.error }
  const desk = deskName.normalize('NFKD').replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 30).toLowerCase()
  const at = now.toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')
  const outcome = await shell.saveFile({ name: t('sync.envelope.fileName', { desk, at }), mime: 'application/octet-stream', text: reply.value.text })
  return { outcome, operations: reply.value.operations }
}
