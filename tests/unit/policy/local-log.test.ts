import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MockInstance } from 'vitest'
import { createLocalLog } from '../../../electron/main/local-log.ts'

let dataDir = ''
let said: MockInstance
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sportello-log-'))
  said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(dataDir, { recursive: true, force: true })
})
const now = () => new Date('2026-11-20T09:00:00.000Z')

describe('the local log', () => {
  it('has one line per event', () => {
    const log = createLocalLog(dataDir, now)
    log('info', 'locking', { reason: 'idle' })
    log('error', 'page_gone', { reason: 'crashed', exitCode: 5 })
    expect(readFileSync(join(dataDir, 'log', 'sportello.log'), 'utf8')).toBe(
      '{"at":"2026-11-20T09:00:00.000Z","level":"info","event":"locking","reason":"idle"}\n{"at":"2026-11-20T09:00:00.000Z","level":"error","event":"page_gone","reason":"crashed","exitCode":5}\n',
    )
  })

  it('never grows beyond two files of a quarter of a megabyte, and keeps the newest lines', () => {
    const log = createLocalLog(dataDir, now)
    for (let count = 0; count < 10_000; count++) log('info', 'tick', { count })
    const files = readdirSync(join(dataDir, 'log')).sort()
    expect(files).toEqual(['sportello.log', 'sportello.old.log'])
    for (const file of files) expect(statSync(join(dataDir, 'log', file)).size).toBeLessThanOrEqual(256 * 1024)
    expect(readFileSync(join(dataDir, 'log', 'sportello.log'), 'utf8')).toContain('"count":9999}')
  })

  it('stops nothing when it cannot be written', () => {
    writeFileSync(join(dataDir, 'log'), 'a file where the folder should be')
    expect(() => createLocalLog(dataDir, now)('error', 'page_gone')).not.toThrow()
    expect(said).toHaveBeenCalledOnce()
  })
})
