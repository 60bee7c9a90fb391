import { describe, expect, it } from 'vitest'
import { forbiddenSwitches, readDeskArguments } from '../../../electron/main/policy/command-line.ts'
import { safeFileName } from '../../../electron/main/policy/file-name.ts'

describe('the application’s command line', () => {
  it('takes the data directory and ignores what it does not know', () => {
    expect(readDeskArguments(['.', '--data-dir=/home/anna/desk', '--colour=red'])).toEqual({ dataDir: '/home/anna/desk', forbidden: false })
    expect(readDeskArguments(['--data-dir='])).toEqual({ dataDir: null, forbidden: false })
  })
  it.each([
    '--remote-debugging-port=9222', '--inspect', '--inspect-brk=0', '--no-sandbox', '--disable-web-security', '--load-extension=x', '--password-store=basic', '--use-mock-keychain', '--js-flags=--x', '-inspect', '/inspect', '/INSPECT:9229', '--No-Sandbox', ' --inspect=0.0.0.0:1',
    ...forbiddenSwitches.map((name) => `--${name}=x`),
  ])('notices %s', (arg) => expect(readDeskArguments(['.', arg]).forbidden).toBe(true))
  it.each(['--inspection', '--no-sandboxes', '---inspect', 'inspect', '--data-dir=/inspect', 'sportello://inspect', '/home/inspect', '--lang=it', '--hidden', ''])('lets %j be', (arg) => expect(readDeskArguments(['.', arg]).forbidden).toBe(false))
})

describe('a proposed file name', () => {
  it.each([
    ['letture.csv', 'letture.csv'],
    ['Perché no.csv', 'Perché no.csv'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\x\\y.csv', 'C__x_y.csv'],
    ['a\u202Ecsv.exe', 'a_csv.exe'],
    ['a\nb.csv', 'a_b.csv'],
    ['CON.csv', '_CON.csv'],
    ['..', 'sportello.txt'],
    ['x. ', 'x'],
  ])('%j becomes %j', (proposed, name) => expect(safeFileName(proposed)).toBe(name))
})
