/** The thin files between the desk's decisions and Electron: what they ask of the system, and what they make of its answer. */
import type { BrowserWindow } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { showBadge } from '../../../electron/main/badge.ts'
import { claimLinks } from '../../../electron/main/links.ts'
import { atLogin, setAtLogin } from '../../../electron/main/login-item.ts'
import { systemSecretStore } from '../../../electron/main/safe-storage-port.ts'
import { createShellCalls } from '../../../electron/main/shell-calls.ts'
import { shellWords } from '../../../electron/main/words.ts'
import { onPlatform, recorder } from './electron-parts.ts'
import type { Calls } from './electron-parts.ts'

const electron = vi.hoisted((): { app: object; safeStorage: object; nativeImage: object } => ({ app: {}, safeStorage: {}, nativeImage: {} }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
  get safeStorage() {
    return electron.safeStorage
  },
  get nativeImage() {
    return electron.nativeImage
  },
  dialog: {},
  shell: {},
}))

let calls: Calls = []
beforeEach(() => void (calls = []))
const app = (answers: Readonly<Record<string, unknown>>, isPackaged = true): void => void (electron.app = Object.assign(recorder(calls, answers), { isPackaged }))

describe('the number on the icon', () => {
  const windowIn = (isDestroyed: boolean) => recorder(calls, { isDestroyed, setOverlayIcon: undefined }) as unknown as BrowserWindow
  const shown = () => calls.filter(([name]) => name !== 'isDestroyed')
  beforeEach(() => {
    app({ setBadgeCount: true })
    electron.nativeImage = { createFromBuffer: (png: Buffer) => ({ picture: png.subarray(1, 4).toString() }) }
  })

  it.each(['darwin', 'linux'] as const)('is the system’s own on %s, and goes away with the last notice', async (platform) => {
    await onPlatform(platform, () => {
      showBadge(3, [windowIn(false)], shellWords.it)
      showBadge(0, [windowIn(false)], shellWords.it)
    })
    expect(shown()).toEqual([['setBadgeCount', 3], ['setBadgeCount', 0]])
  })

  it('is a picture over the icon of each window that is there on Windows, said in words, and goes away with the last notice', async () => {
    await onPlatform('win32', () => {
      showBadge(2, [windowIn(false), windowIn(true), windowIn(false)], shellWords.it)
      showBadge(0, [windowIn(false)], shellWords.en)
    })
    const picture = { picture: 'PNG' }
    expect(shown()).toEqual([['setOverlayIcon', picture, '2 avvisi da vedere'], ['setOverlayIcon', picture, '2 avvisi da vedere'], ['setOverlayIcon', null, '']])
  })
})

describe('starting at login', () => {
  it.each([['linux', true], ['win32', false], ['darwin', false]] as const)('is neither asked about nor set on %s, installed %s', async (platform, packaged) => {
    app({ getLoginItemSettings: { openAtLogin: true }, setLoginItemSettings: undefined }, packaged)
    await onPlatform(platform, () => {
      setAtLogin(true)
      expect(atLogin()).toBeNull()
    })
    expect(calls).toEqual([])
  })

  it('is what the system says afterwards, not what was wished', async () => {
    app({ getLoginItemSettings: { openAtLogin: true, executableWillLaunchAtLogin: false }, setLoginItemSettings: undefined })
    await onPlatform('win32', () => {
      setAtLogin(true)
      expect(atLogin()).toBe('disabled_by_system')
      setAtLogin(false)
    })
    expect(calls.filter(([name]) => name === 'setLoginItemSettings')).toEqual([['setLoginItemSettings', { openAtLogin: true }], ['setLoginItemSettings', { openAtLogin: false }]])
  })
})

describe('the links of the desk', () => {
  it.each([['win32', false], ['linux', true], ['linux', false]] as const)('are left as the system has them on %s, installed %s', async (platform, packaged) => {
    app({ isDefaultProtocolClient: false, setAsDefaultProtocolClient: false }, packaged)
    expect(await onPlatform(platform, claimLinks)).toBe(true)
    expect(calls).toEqual([])
  })

  it('are claimed once by an installed desk, and a refusal of the system is told', async () => {
    for (const [mine, answer] of [[true, true], [false, true], [false, false]] as const) {
      calls = []
      app({ isDefaultProtocolClient: mine, setAsDefaultProtocolClient: answer })
      expect(await onPlatform('win32', claimLinks)).toBe(mine || answer)
      expect(calls).toEqual([['isDefaultProtocolClient', 'sportello'], ...(mine ? [] : [['setAsDefaultProtocolClient', 'sportello']])])
    }
  })
})

describe('the system’s key store', () => {
  const sealed = Buffer.from('sealed')

  it('gives back what it holds by one question', async () => {
    electron.safeStorage = recorder(calls, { decryptStringAsync: () => Promise.resolve({ result: 'secret', shouldReEncrypt: false }) })
    expect(await systemSecretStore.unwrap(sealed)).toEqual({ text: 'secret', stale: false })
    expect(calls).toEqual([['decryptStringAsync', sealed]])
  })

  it('is asked once more where it wants to wrap afresh, and what it says then counts', async () => {
    const answers = [{ result: 'under the old key', shouldReEncrypt: true }, { result: 'under the new key', shouldReEncrypt: false }]
    electron.safeStorage = recorder(calls, { decryptStringAsync: () => Promise.resolve(answers.shift()) })
    expect(await systemSecretStore.unwrap(sealed)).toEqual({ text: 'under the new key', stale: true })
    expect(answers).toEqual([])
  })

  it('passes a refusal on, at either question', async () => {
    const refused = new Error('locked')
    electron.safeStorage = recorder(calls, { decryptStringAsync: () => Promise.reject(refused), encryptStringAsync: () => Promise.reject(refused), isAsyncEncryptionAvailable: () => Promise.reject(refused) })
    await expect(systemSecretStore.unwrap(sealed)).rejects.toBe(refused)
    await expect(systemSecretStore.wrap('x')).rejects.toBe(refused)
    await expect(systemSecretStore.isAvailable()).rejects.toBe(refused)
  })

  it('is asked for its name on Linux only: elsewhere Electron has no such question', async () => {
    electron.safeStorage = recorder(calls, { getSelectedStorageBackend: 'kwallet6' })
    expect(await onPlatform('linux', systemSecretStore.selected)).toBe('kwallet6')
    expect(await onPlatform('darwin', systemSecretStore.selected)).toBeNull()
    expect(await onPlatform('win32', systemSecretStore.selected)).toBeNull()
    expect(calls).toHaveLength(1)
  })
})

describe('printing', () => {
  it.each([
    [true, '', 'done'],
    [false, 'Print job canceled', 'cancelled'],
    [false, 'cancelled', 'cancelled'],
    [false, 'Invalid printer settings', 'failed'],
    [false, 'Print job failed', 'failed'],
    [false, '', 'failed'],
  ] as const)('that Electron ends with %s, %j is told as it was', async (printed, reason, outcome) => {
    const window = { webContents: { print: (_: object, done: (printed: boolean, reason: string) => void) => done(printed, reason) } } as unknown as BrowserWindow
    const answer = createShellCalls({
      deskOf: () => ({ window, clientId: 'window-1' }),
      isSignedIn: () => true,
      notify: () => false,
      listen: () => undefined,
      speak: () => undefined,
      computer: () => ({ hotkey: { wanted: null, state: 'off' }, atLogin: null, keepRunning: false }),
      setComputer: () => ({ hotkey: { wanted: null, state: 'off' }, atLogin: null, keepRunning: false }),
    })
    expect(JSON.parse(await answer(window, JSON.stringify({ ability: 'print', input: {} })))).toBe(outcome)
  })
})
