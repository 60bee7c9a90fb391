import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCore } from '../../electron/core/core.ts'
import { demoPeople, prepareDemo } from '../../scripts/demo-setup.ts'
import { testHashCost } from '../support/hash-cost.ts'

/** The same demo that `npm start` makes, smaller. */
const customers = 400

export default async function setUp(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-e2e-template-'))
  process.env['SPORTELLO_E2E_TEMPLATE'] = folder
  await prepareDemo({ dataDir: folder, customers, hashCost: testHashCost, say: () => undefined })
  await indexWhole(folder)
  return () => rmSync(folder, { recursive: true, force: true })
}

/** Builds the lookup index once, so that no test searches an index that is still growing. */
async function indexWhole(dataDir: string): Promise<void> {
  const core = createCore({ dataDir, hashCost: testHashCost })
  const [agent] = demoPeople
  const input = { username: agent?.username, password: agent?.password }
  await core.dispatch({ clientId: 'e2e-setup' }, JSON.stringify({ call: 'session.signIn', input }))
  await core.desk.lookup().settled()
  await core.close()
}
