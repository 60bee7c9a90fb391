import { describe, expect, it } from 'vitest'
import { appHeaders, contentSecurityPolicy } from '../../../electron/main/policy/csp.ts'
import { windowPrefs } from '../../../electron/main/policy/window-prefs.ts'
import { commonHeaders, contentSecurityPolicy as servedPolicy } from '../../../electron/serve/headers.ts'
import { defaultDataDir } from '../../../electron/serve/data-dir.ts'
import { browserCommand } from '../../../electron/serve/open-browser.ts'
import { readServeArguments } from '../../../electron/serve/arguments.ts'

describe('the two hosts', () => {
  it('give a page the same rights, but for the one way it speaks', () => {
    expect(servedPolicy).toBe(contentSecurityPolicy.replace("connect-src 'none'", "connect-src 'self'"))
    expect(commonHeaders).toMatchObject({ ...appHeaders, 'content-security-policy': servedPolicy })
  })

  it('allow no inline script, inline style or evaluation', () => expect(servedPolicy).not.toMatch(/unsafe|\*|https?:/))

  it('give a window no rights that could be added to', () => {
    expect(Object.isFrozen(windowPrefs)).toBe(true)
    expect(windowPrefs).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    })
  })
})

describe('the data directory', () => {
  it('is in the application-data folder of each system', () => {
    expect(defaultDataDir('darwin', {}, '/Users/anna')).toBe('/Users/anna/Library/Application Support/Sportello')
    expect(defaultDataDir('linux', {}, '/home/anna')).toBe('/home/anna/.config/Sportello')
    expect(defaultDataDir('linux', { XDG_CONFIG_HOME: '/x' }, '/home/anna')).toBe('/x/Sportello')
    expect(defaultDataDir('win32', { APPDATA: '/roaming' }, '/u')).toContain('Sportello')
  })
})

describe('the browser', () => {
  it.each([
    ['win32', 'rundll32'],
    ['darwin', 'open'],
    ['linux', 'xdg-open'],
  ] as const)('is asked for without a shell that would read the address (%s)', (platform, program) => {
    const command = browserCommand('http://127.0.0.1:1/?entry=a&b', platform)
    expect([command[0], command.at(-1)]).toEqual([program, 'http://127.0.0.1:1/?entry=a&b'])
  })
})

describe('the command line of the loopback host', () => {
  it('takes a folder, a port, and no browser', () => expect(readServeArguments(['--data-dir', 'x', '--port', '4000', '--no-open'])).toEqual({ dataDir: 'x', port: 4000, open: false }))
  it('opens the browser on a free port when nothing is said', () => expect(readServeArguments([])).toEqual({ open: true }))
  it.each([['--port', '0'], ['--port', '70000'], ['--port', 'x'], ['--host', '0.0.0.0'], ['x']])('refuses %s %s in one line', (...args) => {
    expect(() => readServeArguments(args)).toThrow(expect.objectContaining({ name: 'CannotStartError', message: expect.not.stringContaining('\n') as string }) as Error)
  })
})
