import type * as fs from 'node:fs'
import { fsyncSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { journalFile, openJournal, readJournalFile } from '../../../electron/core/sync/outbox-journal.ts'
import type { JournalEntry } from '../../../electron/core/sync/outbox-journal.ts'

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return { ...real, fsyncSync: vi.fn(real.fsyncSync), writeSync: vi.fn(real.writeSync) }
})

const key = new Uint8Array(32).fill(7)
let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sportello-test-'))
})
afterEach(() => {
  vi.clearAllMocks()
  rmSync(dataDir, { recursive: true, force: true })
})
const entry = (seq: number, text = 'x'): JournalEntry => ({ seq, opId: `op-${seq}`, kind: 'ticket.open', version: 1, input: { text }, basis: null, actor: 'anna', at: '2026-11-20T09:00:00.000Z', desk: 'Prova', entity: 'ticket', subjectId: `t-${seq}` })
const opened = (): readonly string[] => {
  const journal = openJournal(dataDir, key)
  const { entries, damagedBytes } = journal.read()
  journal.close()
  return [...entries.map(({ opId }) => opId), ...(damagedBytes > 0 ? ['damage'] : [])]
}
const full = (): never => {
  throw Object.assign(new Error('full'), { code: 'ENOSPC' })
}

it.each([
  ['the disk does not sync', () => vi.mocked(fsyncSync).mockImplementationOnce(full)],
  ['the disk takes a part', () => vi.mocked(writeSync).mockImplementationOnce((...given: unknown[]) => writeSync(given[0] as number, (given[1] as Buffer).subarray(0, 60), 0, 60, given[4] as number)).mockImplementationOnce((...given) => writeSync(...given)).mockImplementationOnce(full)],
])('an entry that was told as failed because %s is not there at the next start, and the next one is', (_, fail) => {
  const journal = openJournal(dataDir, key)
  journal.append([entry(1)])
  fail()
  expect(() => journal.append([entry(2, 'x'.repeat(500))])).toThrow('full')
  expect(opened()).toEqual(['op-1'])
  journal.append([entry(3)])
  journal.close()
  expect(opened()).toEqual(['op-1', 'op-3'])
})

it('that moves beside a copy is on the disk under its new name, and gone under the old one', () => {
  const journal = openJournal(dataDir, key)
  journal.append([entry(1)])
  const copies = join(dataDir, 'copies')
  mkdirSync(copies)
  vi.mocked(fsyncSync).mockClear()
  const synced: number[] = []
  const real = vi.mocked(fsyncSync).getMockImplementation()
  vi.mocked(fsyncSync).mockImplementation((handle) => {
    synced.push(statSync(`/proc/self/fd/${handle}`, { throwIfNoEntry: false })?.ino ?? 0)
    real?.(handle)
  })
  journal.moveTo(join(copies, 'daily-20261120T090000Z.journal'))
  expect(synced).toEqual(expect.arrayContaining([statSync(copies).ino, statSync(dataDir).ino]))
  journal.append([entry(2)])
  journal.close()
  expect(readJournalFile(join(copies, 'daily-20261120T090000Z.journal'), key).map(({ opId }) => opId)).toEqual(['op-1'])
  expect(opened()).toEqual(['op-2'])
})

it('brings entries that were written together back together: cut at whatever byte, both are there or neither', () => {
  const journal = openJournal(dataDir, key)
  journal.append([entry(1)])
  const from = statSync(join(dataDir, journalFile)).size
  journal.append([entry(2), entry(3)])
  journal.close()
  const whole = readFileSync(join(dataDir, journalFile))
  expect(opened()).toEqual(['op-1', 'op-2', 'op-3'])
  // One frame for both, which says how many are in it.
  expect([whole.readUInt8(from), whole.readUIntBE(from + 1, 3)]).toEqual([2, whole.length - from - 4])
  for (let end = from; end < whole.length; end += 1) {
    writeFileSync(join(dataDir, journalFile), whole.subarray(0, end))
    expect(opened(), `cut at ${end} of ${whole.length}`).toEqual(end === from ? ['op-1'] : ['op-1', 'damage'])
  }
})
