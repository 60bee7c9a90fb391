/** A desk in a process of its own that writes until it is killed and prints an id only after the reply said "saved". */
import { createCore } from '../../electron/core/core.ts'
import { testHashCost, testPassword } from './hash-cost.ts'
import { rossi, waterPoint } from './master-data.ts'

const dataDir = process.argv[2] ?? ''
/** Number of the first draft, so that those of one process are told from those of another. */
const first = Number(process.argv[3] ?? 0)
const core = createCore({ dataDir, hashCost: testHashCost })
const send = async (call: string, input: unknown): Promise<{ ok: boolean; value?: { ticketId?: string; savedAt?: string } }> =>
  JSON.parse(await core.dispatch({ clientId: 'kill' }, JSON.stringify({ call, input }))) as { ok: boolean; value?: { ticketId?: string } }

await send('session.signIn', { username: 'anna', password: testPassword })
process.stdout.write('ready\n')
for (let i = first; ; i++) {
  const opened = await send('tickets.open', { customerId: rossi.id, supplyPointId: waterPoint, area: 'water', type: 'report', channel: 'phone', receivedDay: '2026-01-02', subject: `Segnalazione ${i}`, text: 'Perdita in strada' })
  const ticketId = opened.value?.ticketId ?? ''
  if (opened.ok) process.stdout.write(`opened ${ticketId}\n`)
  const taken = await send('tickets.take', { ticketId })
  if (taken.ok) process.stdout.write(`taken ${ticketId}\n`)
  const draft = await send('workspace.saveDraft', { key: `note:${i % 7}`, text: `bozza ${i}` })
  if (draft.ok) process.stdout.write(`draft ${i}\n`)
}
