import type { Hotkey } from '../../../../shared/contract/shell.ts'
import { shortcutCaps } from '../../ui/actions/shortcut.ts'
import type { Translate } from '../../ui/i18n.ts'

/** A hotkey as the keyboard in use names it, such as `Ctrl+Maiusc+Spazio`. */
export function hotkeyName(hotkey: Hotkey, mac: boolean, t: Translate): string {
  const shortcut = hotkey.replace('CommandOrControl', 'mod').toLowerCase()
  return shortcutCaps(shortcut, mac, t).join(mac ? ' ' : '+')
}
