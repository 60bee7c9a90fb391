import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareDemo } from '../../scripts/demo-setup.ts'

/** The same demo that `npm start` makes, smaller. */
const customers = 400

export default async function setUp(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-e2e-template-'))
  process.env['SPORTELLO_E2E_TEMPLATE'] = folder
  await prepareDemo({ dataDir: folder, customers, hashCost: { memoryKiB: 1024, passes: 1 }, say: () => undefined })
  return () => rmSync(folder, { recursive: true, force: true })
}
