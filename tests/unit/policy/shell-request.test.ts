import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { needsSession, parseShellRequest } from '../../../electron/main/shell-request.ts'
import { keepExtension, saveProblemOf } from '../../../electron/main/policy/save-problem.ts'
import { saveProblems } from '../../../shared/contract/shell.ts'

const request = (ability: string, input: unknown = {}) => parseShellRequest(JSON.stringify({ ability, input }))

describe('a request for a native thing', () => {
  it.each([
    ['print', {}],
    ['saveFile', { name: 'letture.csv', mime: 'text/csv', text: 'a;b' }],
    ['notify', { notice: 'indexReady', target: { to: 'area', area: 'lookup' } }],
    ['listen', { on: true }],
    ['speak', { language: 'en' }],
    ['computer', {}],
    ['setComputer', { hotkey: null }],
    ['setComputer', { hotkey: 'CommandOrControl+Shift+K', atLogin: true, keepRunning: false }],
  ])('%s %j is understood', (ability, input) => expect(request(ability, input)).toEqual({ ability, input }))

  it.each([
    ['print', { silent: true }], ['saveFile', { name: '', mime: 'x', text: '' }], ['saveFile', { name: 'a', mime: 'x', text: '', path: '/etc/passwd' }], ['saveFile', { name: 'a', mime: 'x' }], ['notify', { title: 'Mario Rossi' }],
    ['listen', { on: 'yes' }], ['listen', {}], ['speak', { language: 'de' }], ['setComputer', { hotkey: 'A' }], ['setComputer', { hotkey: 'CommandOrControl+C' }], ['setComputer', { atLogin: 'yes' }], ['setComputer', { path: 'C:\\evil.exe' }],
    ['openPath', { path: '/' }], ['constructor', {}], ['', {}],
  ])('%s %j is refused', (ability, input) => expect(request(ability, input)).toBeNull())

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseShellRequest(text) === null))
  })

  it('takes somebody who is signed in, but for what a page needs before', () => {
    const free = [request('print'), request('speak', { language: 'it' }), request('listen', { on: false })]
    const bound = [request('listen', { on: true }), request('computer'), request('setComputer', { atLogin: true }), request('notify', { notice: 'indexReady', target: { to: 'area', area: 'lookup' } }), request('saveFile', { name: 'a', mime: 'x', text: '' }), request('openExternal', { address: 'x' })]
    for (const one of free) expect(one !== null && needsSession(one)).toBe(false)
    for (const one of bound) expect(one !== null && needsSession(one)).toBe(true)
  })
})

describe('a file that could not be written', () => {
  it.each([
    ['ENOSPC', 'disk_full'], ['EDQUOT', 'disk_full'], ['EACCES', 'not_permitted'], ['EPERM', 'not_permitted'], ['EROFS', 'not_permitted'], ['EBUSY', 'not_permitted'], ['ENOENT', 'folder_gone'], ['ENAMETOOLONG', 'name_too_long'], ['EIO', 'failed'], ['constructor', 'failed'],
  ])('%s is told as %s', (code, problem) => expect(saveProblemOf(Object.assign(new Error('x'), { code }))).toBe(problem))
  it('has a reason even when the system gave none', () => {
    expect(saveProblemOf('x')).toBe('failed')
    expect(saveProblemOf(new Error('x'))).toBe('failed')
    expect(saveProblems).toContain(saveProblemOf(null))
  })
  it.each([
    ['/home/anna/letture.csv', 'csv', '/home/anna/letture.csv'],
    ['/home/anna/letture', 'csv', '/home/anna/letture.csv'],
    ['/home/anna/letture.CSV', 'csv', '/home/anna/letture.CSV'],
    ['/home/anna/letture.xls', 'csv', '/home/anna/letture.xls.csv'],
    ['/home/anna.d/letture', 'csv', '/home/anna.d/letture.csv'],
    ['/home/anna/note', '', '/home/anna/note'],
  ])('%s of kind %j goes to %s', (path, extension, kept) => expect(keepExtension(path, extension)).toBe(kept))
})
