/** A disk that fails now and then: every so many writes or syncs of the desk's own files answer with an error (`strace`), and the desk lives on. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../../electron/core/audit/audit-log.ts'
import { inStore } from '../../support/hub-desk.ts'
import { loadMasterData } from '../../support/master-data.ts'
import { createTestCore } from '../../support/test-core.ts'
import { startDesk } from './desk-process.ts'
import { anna, copyDesk, ticket } from './world.ts'

const every = process.env['SPORTELLO_LONG'] === '1'
const canTrace = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=1', 'true']).status === 0
if (!canTrace) process.stderr.write('capability: no strace here; writes and syncs that fail are tried by a full disk and by SQLITE_FULL only\n')

/** The files that hold what people write, and what is known beside them. */
const files = ['desk.db', 'desk.db-wal', 'outbox-journal.bin', 'drafts.sealed.new', 'store-health.json.new']
const calls = ['pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate']
let base = ''
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-errors-'))
  base = join(folder, 'base')
  const core = await createTestCore({ dataDir: base, now: new Date().toISOString(), load: loadMasterData })
  await core.core.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Heard = { readonly saved: string[]; readonly failed: string[]; draft: number; readonly codes: Set<string> }

type Fault = { readonly error: 'EIO' | 'ENOSPC'; readonly in: readonly string[]; readonly of: readonly string[]; /** As strace counts, each kind of call by itself: `23` or `23+11`. */ readonly when: string }

/** Writes through that, to its end or until the first failure, and is gone without a farewell. */
async function live(dataDir: string, fault: Fault, until: 'end' | 'failure'): Promise<Heard> {
  const heard: Heard = { saved: [], failed: [], draft: -1, codes: new Set() }
  const paths = fault.in.flatMap((name) => ['-P', join(dataDir, name)])
  const under = ['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', ...paths, '-e', `trace=${fault.of.join(',')}`, '-e', `inject=${fault.of.join(',')}:error=${fault.error}:when=${fault.when}`]
  const desk = await startDesk({ dataDir, under })
  try {
    for (let tries = 0; tries < 20; tries += 1) if ((await desk.call('session', 'signIn', anna)).ok) break
    for (let n = 0; n < 25 && (until === 'end' || heard.failed.length === 0); n += 1) {
      const subject = `scritto ${n}`
      const reply = await desk.call('tickets', 'open', ticket(subject))
      if (reply.ok) heard.saved.push(subject)
      else {
        heard.failed.push(subject)
        heard.codes.add(reply.error.code)
      }
      if (until === 'end' && (await desk.call('workspace', 'saveDraft', { key: 'note', text: String(n) })).ok) heard.draft = n
    }
  } finally {
    await desk.letGo()
  }
  return heard
}

/** Answers how many writes were told as failed. */
async function expectTruth(fault: Fault, until: 'end' | 'failure'): Promise<number> {
  const dataDir = copyDesk(base, join(folder, 'life'))
  const { saved, failed, draft, codes } = await live(dataDir, fault, until)
  const told = `${fault.error} in ${fault.in.join()} when ${fault.when}: ${[...codes].join()}`
  const core = await createTestCore({ dataDir, now: new Date().toISOString(), deskNumber: 2 })
  try {
    const subjects = inStore(core, (db) => db.prepare('SELECT subject FROM ticket ORDER BY subject').pluck().all() as string[])
    expect(saved.filter((subject) => !subjects.includes(subject)), told).toEqual([])
    expect(failed.filter((subject) => subjects.includes(subject)), told).toEqual([])
    expect(inStore(core, (db) => ({ integrity: db.pragma('integrity_check', { simple: true }), audit: verifyAudit(db).firstBad })), told).toEqual({ integrity: 'ok', audit: null })
    const kept = await core.call('workspace', 'loadDraft', { key: 'note' })
    expect(Number(kept.ok ? (kept.value?.text ?? -1) : -2), told).toBeGreaterThanOrEqual(draft)
  } finally {
    await core.core.close()
  }
  return failed.length
}

if (canTrace) {
  describe('a disk that fails', () => {
    it.each(['EIO', 'ENOSPC'] as const)('now and then with %s is told each time: what was shown as saved is there, and what was told as failed does not come back', async (error) => {
      let failures = 0
      for (const when of every ? Array.from({ length: 40 }, (_, n) => `${1 + 3 * n}+${41 + 6 * (n % 9)}`) : ['10+59']) failures += await expectTruth({ error, in: files, of: calls, when }, 'end')
      expect(failures).toBeGreaterThan(0)
    }, 3_600_000)

    it('at the last thing that a desk did leaves nothing behind that was told as failed', async () => {
      const places = [['desk.db-wal', 'fsync'], ['outbox-journal.bin', 'fsync'], ['desk.db-wal', 'pwrite64']] as const
      for (const [file, call] of every ? places : places.slice(0, 1)) {
        for (const at of every ? [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] : [9]) await expectTruth({ error: 'EIO', in: [file], of: [call, ...(call === 'fsync' ? ['fdatasync'] : [])], when: String(at) }, 'failure')
      }
    }, 3_600_000)
  })
}
