/** Native things a host may offer. The renderer asks `can` before it shows a control. */
export const shellAbilities = ['print', 'saveFile', 'notify', 'openExternal', 'asks', 'computer'] as const
export type ShellAbility = (typeof shellAbilities)[number]

export const printOutcomes = ['done', 'cancelled', 'failed'] as const
export type PrintOutcome = (typeof printOutcomes)[number]

/** Why a file is not there; `not_permitted` also when another program holds it open. */
export const saveProblems = ['disk_full', 'not_permitted', 'folder_gone', 'name_too_long', 'failed'] as const
export type SaveProblem = (typeof saveProblems)[number]
export type SaveOutcome = 'saved' | 'cancelled' | SaveProblem

/**
 * Keys that may call the lookup from any program, as the system writes them. None holds Ctrl+Alt, which is AltGr and writes letters, and
 * none is a key of the desk itself.
 */
export const hotkeys = ['CommandOrControl+Shift+Space', 'CommandOrControl+Shift+K', 'CommandOrControl+Shift+L', 'CommandOrControl+Shift+F9', 'CommandOrControl+Shift+F12'] as const
export type Hotkey = (typeof hotkeys)[number]

/** How this computer treats the desk, as the system says, not as was wished. */
export type Computer = {
  /** `taken`: the system did not give the key, most often because another program has it. */
  readonly hotkey: { readonly wanted: Hotkey | null; readonly state: 'on' | 'off' | 'taken' }
  /** `null` where the desk cannot be started at login. */
  readonly atLogin: 'on' | 'off' | 'needs_approval' | 'disabled_by_system' | null
  /** Whether the desk goes on without a window. */
  readonly keepRunning: boolean
}
export type ComputerChange = { readonly hotkey?: Hotkey | null | undefined; readonly atLogin?: boolean | undefined; readonly keepRunning?: boolean | undefined }

/** What a notification may say: whole sentences of the locales, so that no personal data can get in. */
export const notices = ['indexReady', 'ticketChanged'] as const
export type NoticeKind = (typeof notices)[number]
export const noticeAreas = ['lookup', 'tickets', 'outbox'] as const
/** Where a press on a notification leads; a tab is named by its opaque id. */
export type NoticeTarget = { readonly to: 'tab'; readonly tabId: string } | { readonly to: 'area'; readonly area: (typeof noticeAreas)[number] }
export type Notice = { readonly notice: NoticeKind; readonly target: NoticeTarget }

/** Actions of the page's registry that the menu offers too. */
export const shellActions = [
  'desk.lookup', 'desk.tickets', 'desk.outbox', 'desk.settings', 'desk.newTicket', 'desk.nextTab', 'desk.previousTab', 'desk.closeTab', 'desk.print', 'desk.signOut', 'desk.keys',
] as const
export type ShellAction = (typeof shellActions)[number]

export type ShellTarget = NoticeTarget | { readonly to: 'customer'; readonly customerId: string } | { readonly to: 'ticket'; readonly code: string }

/** What the person wants of the page from outside of it: by hotkey, menu, link or notification. It opens or asks, it never writes. */
export type ShellAsk =
  | { readonly do: 'lookup'; readonly text: string }
  | { readonly do: 'open'; readonly target: ShellTarget }
  | { readonly do: 'action'; readonly id: ShellAction }
  | { readonly do: 'badLink' }
  | { readonly do: 'badLinkFile' }

/** An ask that nobody could answer is forgotten after this long. */
export const askLastsMs = 60_000

export type Shell = {
  readonly host: 'electron' | 'serve'
  can: (ability: ShellAbility) => boolean
  /** `done` once the job is with the printer; a browser tells nothing, and `done` is that its dialog was shown. */
  print: () => Promise<PrintOutcome>
  /** Hands a file to the person; `saved` only when it is whole on the disk. With an encoding, `text` stands for other bytes than its own. */
  saveFile: (file: { readonly name: string; readonly mime: string; readonly text: string; readonly encoding?: 'base64' }) => Promise<SaveOutcome>
  /** Answers whether the system has taken the notification. */
  notify: (notice: Notice) => Promise<boolean>
  /** Hears what the person wants from outside the page until the answer is called. */
  onAsk: (listener: (ask: ShellAsk) => void) => () => void
  /** Whether the page can act on asks now; while it cannot, they wait. */
  listen: (on: boolean) => Promise<void>
  /** The language of the page, for menu, tray and notifications. */
  speak: (language: 'it' | 'en') => Promise<void>
  /** `null` when the computer gave no answer. */
  computer: () => Promise<Computer | null>
  setComputer: (change: ComputerChange) => Promise<Computer | null>
}
