/** Operations that no person could write at this desk, put into its queue as another version of it, or a fault, would have left them. */
import { appendToOutbox } from '../../electron/core/store/outbox.ts'
import type { Json } from '../../shared/domain/json.ts'
import type { SimDesk } from './desk-side.ts'
import type { Step } from './script.ts'
import { customers } from './small-utility.ts'
import type { World } from './world.ts'

type How = (Step & { do: 'bad operation' })['how']

export async function writeBad(world: World, desk: SimDesk, how: How): Promise<void> {
  const session = desk.core?.desk.session('desk')
  if (!desk.isOpen || desk.crashed || !session) return
  const opId = desk.parts.nextId()
  const at = new Date(world.now() + desk.skew).toISOString()
  const { kind, version, input, code, first } = described(how)
  const entry = { opId, kind, version, input, basis: null, actor: session.personId, at, desk: 'Prova', entity: 'ticket', subjectId: opId }
  await desk.core?.desk.signedParts(session).work.local((db) => appendToOutbox(db, entry))
  world.ledger.entries.set(opId, { opId, desk: desk.index, person: desk.person, at, told: true, what: { kind: 'bad', code, first } })
}

function described(how: How): { kind: string; version: number; input: Json; code: string; first: boolean } {
  const input = { customerId: customers[0], area: 'water', type: 'information', channel: 'phone', receivedDay: '2020-01-01', subject: 'prova' }
  const plain = { kind: 'ticket.open', version: 1, code: 'invalid_input' }
  switch (how) {
    case 'unknown kind': return { ...plain, kind: 'ticket.sing', input, code: 'unknown_kind', first: true }
    case 'newer version': return { ...plain, version: 99, input, code: 'newer_version', first: true }
    case 'invalid input': return { ...plain, input: { what: 'is this' }, first: false }
    case 'nul': return { ...plain, input: { ...input, text: 'a\u0000b' }, first: true }
    case 'lone surrogate': return { ...plain, input: { ...input, text: 'a\ud800b' }, first: true }
    case 'long': return { ...plain, input: { ...input, text: 'x'.repeat(30_000) }, first: false }
  }
}
