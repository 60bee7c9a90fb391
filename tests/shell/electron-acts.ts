/** What a test does to, and sees of, the application under Electron itself, from inside its main process. */
import type { ElectronApplication } from '@playwright/test'
import type { CommandName, Commands, Note, ShellState } from './double/wire.ts'

const marker = 'sportello-note:'

/** Puts listeners in the place of what would leave the application or wait for a person. */
export async function listenIn(electron: ElectronApplication, notes: Note[]): Promise<void> {
  electron.on('console', (message) => {
    if (message.text().startsWith(marker)) notes.push(JSON.parse(message.text().slice(marker.length)) as Note)
  })
  await electron.evaluate(({ shell, dialog }, mark) => {
    const tell = (note: unknown) => globalThis.console.log(mark + JSON.stringify(note))
    const answers: Record<string, object[]> = { save: [], message: [] }
    Object.assign(globalThis, { sportelloAnswers: answers })
    shell.openExternal = (address) => {
      tell({ note: 'external', address })
      return Promise.resolve()
    }
    const asked = <T extends object>(kind: 'save' | 'message', otherwise: T, options: unknown): Promise<T> => {
      tell({ note: 'dialog', kind, options })
      return Promise.resolve({ ...otherwise, ...answers[kind]?.shift() })
    }
    dialog.showSaveDialog = ((...args: unknown[]) => asked('save', { canceled: true, filePath: '' }, args.at(-1)))
    dialog.showMessageBox = ((...args: unknown[]) => asked('message', { response: 0, checkboxChecked: false }, args.at(-1)))
  }, marker)
}

export async function performIn(electron: ElectronApplication, command: CommandName, input: unknown): Promise<null> {
  switch (command) {
    case 'quit':
      await electron.evaluate(({ app }) => app.quit())
      return null
    case 'open-url':
      await electron.evaluate(({ app }, { url }) => void app.emit('open-url', { preventDefault: () => undefined }, url), input as Commands['open-url']['input'])
      return null
    case 'open-file':
      await electron.evaluate(({ app }, { path }) => void app.emit('open-file', { preventDefault: () => undefined }, path), input as Commands['open-file']['input'])
      return null
    case 'power':
      await electron.evaluate(({ powerMonitor }, { event }) => void powerMonitor.emit(event), input as Commands['power']['input'])
      return null
    case 'set-clipboard':
      await electron.evaluate(({ clipboard }, { text }) => clipboard.writeText(text), input as Commands['set-clipboard']['input'])
      return null
    case 'answer-dialog':
      await electron.evaluate((_, { kind, answer }) => void (globalThis as unknown as { sportelloAnswers: Record<string, object[]> }).sportelloAnswers[kind]?.push(answer), input as Commands['answer-dialog']['input'])
      return null
    case 'close-window':
      await electron.evaluate(({ BrowserWindow }, { window }) => BrowserWindow.fromId(window)?.close(), input as Commands['close-window']['input'])
      return null
    case 'change-window':
      await electron.evaluate(({ BrowserWindow }, { window, to }) => {
        const one = BrowserWindow.fromId(window)
        if (typeof to === 'object') one?.setBounds(to)
        else if (to === 'minimized') one?.minimize()
        else if (to === 'maximized') one?.maximize()
        else if (to === 'blurred') one?.blur()
        else if (to === 'focused') one?.focus()
        else one?.restore()
      }, input as Commands['change-window']['input'])
      return null
    case 'click-menu':
      await electron.evaluate(({ Menu }, { path }) => {
        const found = Menu.getApplicationMenu()?.getMenuItemById(path.at(-1) ?? '')
        if (!found?.enabled) throw new Error(`No entry '${path.join(' ')}' that could be chosen`)
        const item: { readonly click: () => void } = found as never
        item.click()
      }, input as Commands['click-menu']['input'])
      return null
    default:
      throw new Error(`'${command}' is something only the double can be told`)
  }
}

export function stateOf(electron: ElectronApplication): Promise<ShellState> {
  return electron.evaluate(async ({ app, BrowserWindow, clipboard, Menu }) => {
    type Entries = ShellState['menu']
    const entriesOf = (items: readonly Electron.MenuItem[]): Entries =>
      items.filter(({ type }) => type !== 'separator').map(({ label, enabled, checked, submenu }) => ({ label, enabled, checked, entries: submenu === undefined ? [] : entriesOf(submenu.items) }))
    return {
      windows: BrowserWindow.getAllWindows().map((window) => ({
        id: window.id,
        bounds: window.getNormalBounds(),
        title: window.getTitle(),
        address: window.webContents.getURL(),
        visible: window.isVisible(),
        focused: window.isFocused(),
        minimized: window.isMinimized(),
        maximized: window.isMaximized(),
        fullScreen: window.isFullScreen(),
      })),
      menu: entriesOf(Menu.getApplicationMenu()?.items ?? []),
      // Electron lists neither of these.
      trays: [],
      shortcuts: [],
      notifications: [],
      permissionHandlers: {},
      badge: app.getBadgeCount(),
      login: { openAtLogin: app.getLoginItemSettings().openAtLogin, args: [] },
      protocolClients: [],
      clipboard: await clipboard.readText(),
    }
  })
}
