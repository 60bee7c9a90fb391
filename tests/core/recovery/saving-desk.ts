/** A desk in a process of its own that saves as often as it is told, for counting what reaches the disk. */
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import { ticket } from './damaged-desk.ts'

const [, , dataDir = '', writes = '0'] = process.argv
const core = await createTestCore({ dataDir, load: loadMasterData })
for (let n = 0; n < Number(writes); n++) {
  const reply = await core.call('tickets', 'open', ticket(`salvato ${n}`))
  if (!reply.ok) throw new Error(reply.error.code)
  const draft = await core.call('workspace', 'saveDraft', { key: 'nota', text: `a metà ${n}` })
  if (!draft.ok) throw new Error(draft.error.code)
}
await core.core.close()
