import { join } from 'node:path'
import { tmpdir } from 'node:os'

/** Where the global set-up leaves the demo's data directory, for each test to copy. */
export function templateDir(): string {
  return process.env['SPORTELLO_E2E_TEMPLATE'] ?? join(tmpdir(), 'sportello-e2e-template')
}
