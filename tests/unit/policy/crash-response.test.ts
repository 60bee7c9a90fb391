import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAfterFailure, decideAfterGone, failureFields, goneReasons, mostReloads, reloadWindowMs } from '../../../electron/main/policy/crash-response.ts'
import { logLine } from '../../../electron/main/policy/log-line.ts'

const types = readFileSync(fileURLToPath(new URL('../../../node_modules/electron/electron.d.ts', import.meta.url)), 'utf8')
const hopeless = ['launch-failed', 'integrity-failure'] as const
const mendable = goneReasons.filter((reason) => !hopeless.some((other) => other === reason))

describe('a page that has gone', () => {
  it('is decided for every reason Electron names', () => {
    const named = /interface RenderProcessGoneDetails \{[^}]*?reason: \(([^)]+)\)/.exec(types)?.[1] ?? ''
    expect([...named.matchAll(/'([^']+)'/g)].map(([, name]) => name)).toEqual([...goneReasons])
  })

  it.each(mendable)('comes back by itself: %s', (reason) => expect(decideAfterGone(reason, [], 1000)).toEqual({ act: 'reload', reloads: [1000] }))
  it.each(hopeless)('is asked about at once where loading again cannot help: %s', (reason) => expect(decideAfterGone(reason, [], 1000).act).toBe('ask'))

  it.each(mendable)('comes back three times in five minutes, then the person is asked: %s', (reason) => {
    let reloads: readonly number[] = []
    const acts = [0, 1, 2, 3, 4].map((at) => {
      const decided = decideAfterGone(reason, reloads, at)
      reloads = decided.reloads
      return decided.act
    })
    expect(acts).toEqual(['reload', 'reload', 'reload', 'ask', 'ask'])
    expect(decideAfterGone(reason, reloads, reloadWindowMs + 2).act).toBe('reload')
  })

  it('is never loaded more often than that within any five minutes, and little is remembered', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...goneReasons), fc.nat(reloadWindowMs))), (falls) => {
        let now = 0
        let reloads: readonly number[] = []
        const all: number[] = []
        for (const [reason, later] of falls) {
          now += later
          const decided = decideAfterGone(reason, reloads, now)
          reloads = decided.reloads
          if (decided.act === 'reload') all.push(now)
        }
        return reloads.length <= mostReloads && all.every((at) => all.filter((other) => other <= at && at - other < reloadWindowMs).length <= mostReloads)
      }),
    )
  })
})

describe('an error nobody caught', () => {
  it('ends the program where something may be half done, and is written down otherwise', () => {
    expect(decideAfterFailure('exception')).toBe('end')
    expect(decideAfterFailure('rejection')).toBe('log')
  })

  it('is written as its kind, never as its words', () => {
    expect(failureFields(Object.assign(new TypeError('Rossi Mario'), { code: 'ENOSPC' }))).toEqual({ name: 'TypeError', code: 'ENOSPC' })
    expect(failureFields(new Error('x'))).toEqual({ name: 'Error', code: 'none' })
    for (const odd of ['Rossi Mario', null, undefined, { message: 'x' }]) expect(failureFields(odd)).toEqual({ name: 'unknown', code: 'none' })
  })
})

describe('a line of the log', () => {
  const line = (fields: Record<string, string | number | boolean>) => JSON.parse(logLine('2026-11-20T09:00:00.000Z', 'error', 'call_failed', fields)) as Record<string, unknown>

  it('keeps codes, counts, names of errors and reference numbers', () => {
    const fields = { reference: '00ab19f3c2d4', name: 'TypeError', code: 'SQLITE_FULL', reason: 'clean-exit', state: 'blocked_missing', exitCode: -1073741819, waited: true }
    expect(line(fields)).toEqual({ at: '2026-11-20T09:00:00.000Z', level: 'error', event: 'call_failed', ...fields })
  })

  it.each([
    ['name', 'Rossi Mario'], ['name', 'Rossi'], ['code', 'RSSMRA80A01H501U'], ['reason', 'm.rossi@posta.example'], ['state', '+393384219017'], ['code', '3384219017'], ['reason', '/home/anna/desk'], ['reason', 'app://desk/x'], ['note', 'crashed'], ['name', 'IT60X0542811101000000123456'],
  ])('leaves out %s: %s', (field, value) => expect(line({ [field]: value })[field]).toBe('?'))

  it('leaves out numbers that may belong to somebody', () => {
    expect(line({ count: 3384219017123 })).toMatchObject({ count: '?' })
    expect(line({ count: 1.5 })).toMatchObject({ count: '?' })
  })

  it('is one line whatever is put in', () => {
    fc.assert(fc.property(fc.string(), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.boolean())), (event, fields) => !logLine('x', 'info', event, fields).includes('\n')))
  })
})
