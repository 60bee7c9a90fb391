import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readHealth } from '../../../electron/core/store/health.ts'
import { createTestCore } from '../../support/test-core.ts'
import { testPassword } from '../../support/hash-cost.ts'

it('a store is closed whatever fails on the way', async () => {
  const core = await createTestCore()
  const { deskWriter, key } = core.core.desk.bulkParts()
  key.fill(0)
  expect(await core.call('people', 'add', { username: 'bruno', displayName: 'Bruno', password: testPassword, role: 'agent' })).toMatchObject({ ok: true })
  // The journal cannot be trimmed.
  deskWriter.exec('ALTER TABLE sync_state RENAME TO sync_state_gone')
  await core.call('session', 'signOut', {})
  expect(deskWriter.open).toBe(false)
  expect(readHealth(core.dataDir)).toMatchObject({ exit: 'clean' })
  await core.core.close()
  rmSync(core.dataDir, { recursive: true, force: true })
})
