import type { Computer, Hotkey } from '../../shared/contract/shell.ts'
import { lookupLine } from './policy/hotkey.ts'

export type HotkeyParts = {
  /** The part of Electron's `globalShortcut` that is used; `register` answers false when the system refuses. */
  readonly shortcut: { readonly register: (accelerator: string, pressed: () => void) => boolean; readonly unregister: (accelerator: string) => void }
  readonly readClipboard: () => Promise<string>
  /** Told the copied text in one line, or nothing when none can be read. It is handed on and kept nowhere. */
  readonly pressed: (text: string) => void
}

export type HotkeySwitch = {
  /** Takes this key in place of the one before, or none; answers what the system made of it. */
  readonly set: (wanted: Hotkey | null) => Computer['hotkey']
  readonly state: () => Computer['hotkey']
}

/** The key that calls the lookup from any program. */
export function createHotkey({ shortcut, readClipboard, pressed }: HotkeyParts): HotkeySwitch {
  let now: Computer['hotkey'] = { wanted: null, state: 'off' }

  const press = (): void => {
    readClipboard().then(
      (copied) => pressed(lookupLine(copied)),
      // Locked by another program, or no text: the lookup comes without it.
      () => pressed(''),
    )
  }

  return {
    state: () => now,
    set: (wanted) => {
      if (now.wanted !== null && now.state === 'on') shortcut.unregister(now.wanted)
      now = wanted === null ? { wanted, state: 'off' } : { wanted, state: register(wanted) ? 'on' : 'taken' }
      return now
    },
  }

  function register(wanted: Hotkey): boolean {
    try {
      return shortcut.register(wanted, press)
    } catch {
      // A key that this system does not know is refused by an exception.
      return false
    }
  }
}
