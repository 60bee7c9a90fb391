/** What travels between a test and the application under the double. Types only: both sides read them. */
import type { SomeDisplay } from './settings-schema.ts'

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** What has happened, in order. */
export type Note =
  | { readonly note: 'page-wanted'; readonly window: number }
  | { readonly note: 'window'; readonly window: number; readonly what: string }
  | { readonly note: 'navigation'; readonly event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect'; readonly address: string; readonly denied: boolean }
  | { readonly note: 'window-open'; readonly address: string; readonly disposition: string; readonly action: string }
  | { readonly note: 'network'; readonly address: string }
  | { readonly note: 'external'; readonly address: string }
  | { readonly note: 'dialog'; readonly kind: DialogKind; readonly options: Record<string, unknown> }
  | { readonly note: 'print'; readonly window: number }
  | { readonly note: 'notification'; readonly id: number; readonly title: string; readonly body: string }
  | { readonly note: 'clipboard'; readonly text: string }
  | { readonly note: 'relaunch'; readonly args: readonly string[]; readonly execPath: string }
  | { readonly note: 'exit'; readonly code: number }

export type DialogKind = 'save' | 'open' | 'message' | 'error'

export type WindowState = {
  readonly id: number
  readonly bounds: Bounds
  readonly title: string
  readonly address: string
  readonly visible: boolean
  readonly focused: boolean
  readonly minimized: boolean
  readonly maximized: boolean
  readonly fullScreen: boolean
}

export type MenuEntry = { readonly label: string; readonly role?: string; readonly accelerator?: string; readonly enabled: boolean; readonly checked: boolean; readonly entries: readonly MenuEntry[] }

/** How everything stands now. */
export type ShellState = {
  readonly windows: readonly WindowState[]
  readonly menu: readonly MenuEntry[]
  readonly trays: readonly { readonly toolTip: string; readonly title: string; readonly menu: readonly MenuEntry[] }[]
  readonly badge: number
  readonly shortcuts: readonly string[]
  readonly login: { readonly openAtLogin: boolean; readonly args: readonly string[] }
  readonly protocolClients: readonly string[]
  readonly notifications: readonly { readonly id: number; readonly title: string; readonly body: string }[]
  readonly permissionHandlers: Readonly<Record<string, boolean>>
  readonly clipboard: string
}

/** Which frame a forged message says it comes from. */
export type ForgedSender = {
  /** Address of the frame; `null` for a frame that is gone. */
  readonly address: string | null
  readonly top: boolean
  /** Whether the message carries the contents of a real window of the application. */
  readonly ours: boolean
}

/** What a test can do to the application: each is a thing that a person or the system does. */
export type Commands = {
  'give-page': { readonly input: { readonly window: number; readonly target: string; readonly browserContext: string | null; readonly endpoint: string }; readonly output: null }
  state: { readonly input: null; readonly output: ShellState }
  /** By what is read there or by role, from the top; or by the entry's own id alone. */
  'click-menu': { readonly input: { readonly in: 'application' | 'tray'; readonly path: readonly string[] }; readonly output: null }
  'click-tray': { readonly input: null; readonly output: null }
  'click-notification': { readonly input: { readonly id: number }; readonly output: null }
  'press-shortcut': { readonly input: { readonly accelerator: string }; readonly output: null }
  'set-clipboard': { readonly input: { readonly text: string }; readonly output: null }
  /** Timers that wait for a minute or longer are due by as much earlier. */
  'pass-time': { readonly input: { readonly minutes: number }; readonly output: null }
  power: { readonly input: { readonly event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'shutdown' }; readonly output: null }
  idle: { readonly input: { readonly seconds: number; readonly locked: boolean }; readonly output: null }
  'open-url': { readonly input: { readonly url: string }; readonly output: null }
  'open-file': { readonly input: { readonly path: string }; readonly output: null }
  quit: { readonly input: null; readonly output: null }
  'close-window': { readonly input: { readonly window: number }; readonly output: null }
  'change-window': { readonly input: { readonly window: number; readonly to: 'minimized' | 'maximized' | 'restored' | 'blurred' | 'focused' | Bounds }; readonly output: null }
  'crash-renderer': { readonly input: { readonly window: number }; readonly output: null }
  hang: { readonly input: { readonly window: number; readonly hanging: boolean }; readonly output: null }
  'ask-permission': { readonly input: { readonly window: number; readonly permission: string }; readonly output: { readonly requested: boolean; readonly checked: boolean } }
  'forge-call': { readonly input: { readonly channel: string; readonly args: readonly unknown[]; readonly sender: ForgedSender }; readonly output: string }
  'fetch-app': { readonly input: { readonly address: string; readonly method: string }; readonly output: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } }
  'answer-dialog': { readonly input: { readonly kind: DialogKind; readonly answer: Record<string, unknown> }; readonly output: null }
  'answer-print': { readonly input: { readonly printed: boolean }; readonly output: null }
  'hold-calls': { readonly input: { readonly containing: string | null }; readonly output: null }
  'set-dark': { readonly input: { readonly dark: boolean }; readonly output: null }
  'set-displays': { readonly input: { readonly displays: readonly SomeDisplay[] }; readonly output: null }
  'set-key-store': { readonly input: { readonly works: boolean; readonly stale: boolean }; readonly output: null }
}
export type CommandName = keyof Commands

export type FromTest = { readonly id: number; readonly command: CommandName; readonly input: unknown }
export type FromApp = Note | { readonly reply: number; readonly output: unknown } | { readonly reply: number; readonly error: string }
