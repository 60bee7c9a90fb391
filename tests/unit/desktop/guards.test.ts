import { beforeEach, describe, expect, it, vi } from 'vitest'
import { guardContents } from '../../../electron/main/guards.ts'
import { deviceTable, permissionTable } from '../../../electron/main/policy/permissions.ts'
import { preventable, recorder } from './electron-parts.ts'
import type { Calls, Recorder } from './electron-parts.ts'

const electron = vi.hoisted((): { app: unknown } => ({ app: null }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
}))

type Handler = (...args: unknown[]) => unknown
let calls: Calls = []
let app: Recorder
beforeEach(() => {
  calls = []
  app = recorder(calls, {})
  electron.app = app
  guardContents()
})
/** What was given to a method that sets a handler. */
const handler = (name: string): Handler => calls.find(([called]) => called === name)?.[1] as Handler

describe('whatever will show a page', () => {
  const contents = () => {
    const made = recorder(calls, { setWindowOpenHandler: undefined })
    app.emit('web-contents-created', {}, made)
    return made
  }

  it('never holds another page', () => {
    const event = preventable({})
    contents().emit('will-attach-webview', event, { nodeIntegration: true }, { src: 'app://desk/' })
    expect(event.prevented()).toBe(true)
  })

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('is kept at home by %s', (name) => {
    const made = contents()
    const leaves = (url: string): boolean => {
      const event = preventable({ url })
      made.emit(name, event, url)
      return !event.prevented()
    }
    expect(['app://desk/', 'app://desk/index.html'].filter((url) => !leaves(url))).toEqual([])
    expect(['https://www.example.com/', 'app://desk.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'about:blank', ''].filter(leaves)).toEqual([])
  })

  it('opens no window', () => {
    contents()
    expect(handler('setWindowOpenHandler')({ url: 'app://desk/' })).toEqual({ action: 'deny' })
  })
})

describe('every session', () => {
  const home = { isDestroyed: () => false, mainFrame: { url: 'app://desk/' } }
  const gone = {
    isDestroyed: () => false,
    get mainFrame(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
  }
  const names = Object.keys(permissionTable)
  const asked = (contents: unknown): string[] => names.filter((name) => {
    let granted: unknown = null
    handler('setPermissionRequestHandler')(contents, name, (answer: unknown) => (granted = answer), { requestingUrl: 'app://desk/' })
    const checked = handler('setPermissionCheckHandler')(contents, name, 'app://desk', { requestingUrl: 'app://desk/' })
    expect(granted, name).toBe(checked)
    return granted === true
  })
  beforeEach(() => {
    app.emit('session-created', recorder(calls, { setPermissionRequestHandler: undefined, setPermissionCheckHandler: undefined, setDevicePermissionHandler: undefined, setSpellCheckerEnabled: undefined }))
  })

  it('asks the policy about the page that is in the window, not about who is named', () => {
    expect(asked(home)).toEqual(['clipboard-sanitized-write'])
    expect(asked({ ...home, mainFrame: { url: 'https://www.example.com/' } })).toEqual([])
  })

  it('grants nothing to contents that are gone, and does not fall over them', () => {
    for (const contents of [null, gone, { ...home, isDestroyed: () => true }]) expect(asked(contents)).toEqual([])
  })

  it('gives no device away', () => {
    const given = [...Object.keys(deviceTable), 'bluetooth', ''].filter((deviceType) => handler('setDevicePermissionHandler')({ deviceType, origin: 'app://desk', device: {} }) !== false)
    expect(given).toEqual([])
  })

  it('sends no word to a spelling service', () => expect(calls).toContainEqual(['setSpellCheckerEnabled', false]))
})
