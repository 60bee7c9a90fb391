/** Rules of docs/security.md that the sources themselves must show, for every file, also one that is written tomorrow. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { callsOf, files, find, importsOf, mentionsOf, newsOf, settingsOf, shown, sourceOf, sourcesIn, textsOf } from './support/sources.ts'
import type { Source } from './support/sources.ts'

const main = sourcesIn('electron/main')
const preload = sourcesIn('electron/preload')
const core = sourcesIn('electron/core')
const renderer = sourcesIn('renderer/src')
const shared = sourcesIn('shared')
const desktop = [...main, ...preload, ...core, ...renderer, ...shared]

describe('windows', () => {
  it('are made in one place', () => {
    expect(files(newsOf(desktop, 'BrowserWindow'))).toEqual(['electron/main/window.ts'])
    expect(shown(newsOf(desktop, 'BaseWindow', 'BrowserView', 'WebContentsView', 'View'))).toEqual([])
  })

  it('have the rights of window-prefs.ts and a preload, and none beside', () => {
    const sites = find(desktop, (node): node is ts.PropertyAssignment => ts.isPropertyAssignment(node) && node.name.getText() === 'webPreferences')
    expect(sites.map(({ file, text }) => [file, text.replaceAll(/\s+/g, ' ')])).toEqual([['electron/main/window.ts', 'webPreferences: { ...windowPrefs, preload }']])
  })

  it('name no right that weakens them', () => {
    const weak = ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures', 'disableBlinkFeatures', 'enableRemoteModule', 'nodeIntegrationInSubFrames', 'nodeIntegrationInWorker', 'nodeIntegration', 'contextIsolation', 'sandbox', 'webSecurity', 'webviewTag', 'allowDisplayingInsecureContent', 'additionalArguments']
    expect([...new Set(files(mentionsOf(desktop, ...weak)))]).toEqual(['electron/main/policy/window-prefs.ts'])
  })

  it('load the desk’s own address, and never a file', () => {
    expect(shown(callsOf(main, 'loadFile'))).toEqual([])
    const loads = callsOf(main, 'loadURL')
    expect(loads.map(({ node }) => node.arguments[0]?.getText())).toEqual(loads.map(() => 'appAddress'))
    expect(loads.length).toBeGreaterThan(0)
  })

  it('are all sandboxed, before the application is ready', () => {
    expect(files(callsOf(main, 'enableSandbox'))).toEqual(['electron/main/main.ts'])
  })
})

describe('channels', () => {
  it('are opened in one place', () => {
    const sites = find(desktop, (node): node is ts.PropertyAccessExpression => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'ipcMain')
    expect(sites.map(({ file, text }) => [file, text])).toEqual([['electron/main/ipc.ts', 'ipcMain.handle']])
  })

  it('are the only way between page and application', () => {
    expect(importsOf(main, /^electron$/).length).toBeGreaterThan(0)
    expect(shown(mentionsOf([...main, ...preload], 'MessageChannelMain', 'postMessage', 'sendSync', 'executeJavaScript', 'executeJavaScriptInIsolatedWorld', 'insertCSS'))).toEqual([])
    expect(shown(importsOf(desktop, /^@electron\/remote/))).toEqual([])
  })

  it('are exposed once, by a preload that imports two names', () => {
    expect(files(callsOf(desktop, 'exposeInMainWorld'))).toEqual(['electron/preload/preload.ts'])
    expect(shown(mentionsOf(desktop, 'exposeInIsolatedWorld'))).toEqual([])
    const [first, ...others] = find(preload, ts.isImportDeclaration).filter(({ node }) => node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    expect(shown(others)).toEqual([])
    expect(first?.text).toBe(`import { contextBridge, ipcRenderer } from 'electron'`)
  })
})

describe('the way out', () => {
  it('is one call, with a checked address', () => {
    const sites = callsOf(desktop, 'openExternal').filter(({ node }) => node.expression.getText().startsWith('shell.'))
    expect(sites.map(({ file, node }) => [file.startsWith('electron/main/'), node.arguments.length, node.arguments[0]?.kind])).toEqual([[true, 1, ts.SyntaxKind.Identifier]])
    expect(files(importsOf(main, /policy\/open-external\.ts$/))).toEqual(files(sites))
  })

  it('starts no program of the machine', () => {
    expect(shown(mentionsOf(desktop, 'openPath', 'writeShortcutLink', 'trashItem'))).toEqual([])
    expect(shown(importsOf(desktop, /^(?:node:)?child_process$/))).toEqual([])
  })
})

describe('addresses', () => {
  it('of http are on this machine only, and nothing is loaded from elsewhere', () => {
    // The name space of SVG is a name, and words may speak of a scheme: neither is an address.
    const isWord = ({ file, text }: { readonly file: string; readonly text: string }): boolean => file.startsWith('shared/locales/') && !/\b(?:http|ws|ftp):\/\/[^\s)]/.test(text)
    const sites = textsOf([...desktop, ...sourcesIn('electron/serve')], /\b(?:http|ws|ftp):\/\//).filter((site) => !site.text.includes('http://www.w3.org/') && !isWord(site))
    expect(shown(sites.filter(({ file }) => !file.startsWith('electron/serve/')))).toEqual([])
    // The loopback host writes its own.
    for (const { text } of sites) expect(text).toMatch(/^[`'"]http:\/\/(?:\$\{|127\.0\.0\.1)/)
  })

  it('are never believed without their certificate', () => {
    const overrides = ['certificate-error', 'select-client-certificate', 'setCertificateVerifyProc', 'rejectUnauthorized', 'NODE_TLS_REJECT_UNAUTHORIZED', 'checkServerIdentity', 'ignore-certificate-errors', 'allow-insecure-localhost']
    expect(shown(mentionsOf(desktop, ...overrides).filter(({ file }) => file !== 'electron/main/policy/command-line.ts'))).toEqual([])
  })

  it('are not loosened by a switch', () => {
    expect(shown(mentionsOf(desktop, 'appendArgument', 'allowServiceWorkers', 'bypassCSP'))).toEqual([])
    const harmless = new Set<string>()
    expect(callsOf(main, 'appendSwitch').map(({ node }) => node.arguments[0]?.getText()).filter((name) => name === undefined || !harmless.has(name))).toEqual([])
  })
})

describe('what a page may do', () => {
  it('is asked of the policy, for each way of asking', () => {
    for (const name of ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler', 'setWindowOpenHandler']) expect([name, files(callsOf(main, name))]).toEqual([name, ['electron/main/guards.ts']])
    const events = callsOf(main, 'on').flatMap(({ file, node }) => (node.arguments[0] && ts.isStringLiteralLike(node.arguments[0]) && file === 'electron/main/guards.ts' ? [node.arguments[0].text] : []))
    expect(events).toEqual(expect.arrayContaining(['session-created', 'web-contents-created', 'will-attach-webview', 'will-navigate', 'will-frame-navigate', 'will-redirect']))
  })

  it('is served from one protocol', () => {
    expect(files(callsOf(main, 'handle').filter(({ node }) => node.expression.getText().startsWith('protocol.')))).toEqual(['electron/main/protocol.ts'])
    expect(shown(mentionsOf(desktop, 'registerFileProtocol', 'interceptFileProtocol', 'registerBufferProtocol', 'registerHttpProtocol', 'interceptHttpProtocol'))).toEqual([])
  })
})

describe('updates', () => {
  /** What would take a desk back, or take what nobody signed; a channel does too: electron-updater allows going back as soon as one is set. */
  const mustBeFalse = ['allowDowngrade', 'allowPrerelease', 'disableWebInstaller', 'forceDevUpdateConfig', 'autoDownload', 'autoInstallOnAppQuit']
  const neverSet = ['verifyUpdateCodeSignature', 'channel', '_channel', 'requestHeaders', 'updateConfigPath']
  const ofUpdater = (file: string): boolean => /^electron\/main\/(?:.*updat.*)\.ts$/.test(file)
  const risky = (sources: readonly Source[]): string[] =>
    shown([
      ...settingsOf(sources, ...mustBeFalse).filter(({ value }) => value !== 'false'),
      // Elsewhere a channel may be one of IPC.
      ...settingsOf(sources, ...neverSet).filter(({ file, name }) => name !== 'channel' || ofUpdater(file)),
    ])

  it('keep the check of the signature, and never go back', () => {
    const updaters = importsOf(desktop, /^electron-updater/)
    expect(files(updaters)).toEqual(['electron/main/electron-updater-port.ts'])
    expect(updaters.every(({ file }) => ofUpdater(file))).toBe(true)
    expect(settingsOf(main, ...mustBeFalse).map(({ name }) => name)).toEqual(expect.arrayContaining(['allowDowngrade', 'autoDownload']))
    expect(risky(desktop)).toEqual([])
  })

  it.each([
    `updater.channel = 'beta'`, `updater['channel'] = name`, `updater.channel ??= 'beta'`, `updater.setFeedURL({ provider: 'generic', url, channel: 'beta' })`, `updater.setFeedURL({ provider, url, channel })`,
    'updater.allowDowngrade = true', 'updater.allowDowngrade = wanted', 'Object.assign(updater, { allowDowngrade: true })', 'updater.verifyUpdateCodeSignature = () => null', 'updater.allowPrerelease ||= true',
  ])('would be seen to with %s', (text) => expect(risky([sourceOf('electron/main/electron-updater-port.ts', text)])).toHaveLength(1))
})

describe('crashes', () => {
  it('send nothing to anybody', () => {
    for (const { node } of callsOf(main, 'start').filter(({ node }) => node.expression.getText() === 'crashReporter.start')) {
      expect(node.arguments[0]?.getText()).toMatch(/uploadToServer: false/)
      expect(node.arguments[0]?.getText()).not.toMatch(/submitURL/)
    }
  })
})
