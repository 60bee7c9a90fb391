import type { MessageKey } from '../../../../shared/locales/index.ts'

/**
 * A shortcut as actions write it: parts joined by `+`, the key last, all lower case.
 * `mod` is Ctrl, and ⌘ on macOS; `ctrl` is Ctrl everywhere. Examples: `mod+k`, `mod+shift+p`, `n`, `?`, `alt+l`, `mod+enter`.
 */
export type Shortcut = string

type Parsed = { readonly mod: boolean; readonly ctrl: boolean; readonly alt: boolean; readonly shift: boolean; readonly key: string }

/** What a key press tells; the part of `KeyboardEvent` that is looked at. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export function onMac(platform: string = navigator.platform): boolean {
  return /^(Mac|iP)/.test(platform)
}

function parse(shortcut: Shortcut): Parsed {
  const parts = shortcut === '+' ? ['+'] : shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const has = (name: string): boolean => parts.slice(0, -1).includes(name)
  return { mod: has('mod'), ctrl: has('ctrl'), alt: has('alt'), shift: has('shift'), key }
}

function sameKey(press: KeyPress, key: string): boolean {
  if (press.key.toLowerCase() === key) return true
  if (key === 'space') return press.key === ' '
  // Option changes the character on macOS, and other alphabets never match: the place on the keyboard decides.
  const plainLetter = /^[a-z]$/.test(press.key.toLowerCase())
  if (/^[a-z]$/.test(key)) return !plainLetter && press.code === `Key${key.toUpperCase()}`
  if (/^[0-9]$/.test(key)) return press.code === `Digit${key}` || press.code === `Numpad${key}`
  return false
}

/** Whether this key press is the shortcut. */
export function matchesShortcut(press: KeyPress, shortcut: Shortcut, mac: boolean): boolean {
  const wanted = parse(shortcut)
  const wantsCtrl = wanted.ctrl || (wanted.mod && !mac)
  const wantsMeta = wanted.mod && mac
  if (press.ctrlKey !== wantsCtrl || press.metaKey !== wantsMeta || press.altKey !== wanted.alt) return false
  // Characters such as ? and / need Shift on some keyboards and not on others.
  const symbol = wanted.key.length === 1 && !/^[a-z0-9]$/.test(wanted.key)
  if (!symbol && press.shiftKey !== wanted.shift) return false
  return sameKey(press, wanted.key)
}

/** Single keys are silent while someone writes, and can be turned off (WCAG 2.1.4). */
export function isSingleKey(shortcut: Shortcut): boolean {
  const { mod, ctrl, alt, key } = parse(shortcut)
  return !mod && !ctrl && !alt && key.length === 1
}

const NAMED: Readonly<Record<string, MessageKey>> = {
  enter: 'ui.keys.enter',
  escape: 'ui.keys.escape',
  space: 'ui.keys.space',
  tab: 'ui.keys.tab',
  delete: 'ui.keys.delete',
}
const ARROWS: Readonly<Record<string, string>> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→', pageup: 'Pg↑', pagedown: 'Pg↓' }

/** The caps to show for a shortcut, such as `Ctrl`, `Invio`. */
export function shortcutCaps(shortcut: Shortcut, mac: boolean, word: (key: MessageKey) => string): string[] {
  const { mod, ctrl, alt, shift, key } = parse(shortcut)
  const caps: string[] = []
  if (mod) caps.push(mac ? '⌘' : word('ui.keys.ctrl'))
  if (ctrl) caps.push(word('ui.keys.ctrl'))
  if (alt) caps.push(mac ? '⌥' : word('ui.keys.alt'))
  if (shift) caps.push(mac ? '⇧' : word('ui.keys.shift'))
  const named = NAMED[key]
  caps.push(named === undefined ? (ARROWS[key] ?? key.toUpperCase()) : word(named))
  return caps
}

/** The value of `aria-keyshortcuts`, such as `Control+K`. */
export function ariaShortcut(shortcut: Shortcut, mac: boolean): string {
  const { mod, ctrl, alt, shift, key } = parse(shortcut)
  const parts = [mod && (mac ? 'Meta' : 'Control'), ctrl && 'Control', alt && 'Alt', shift && 'Shift', key.length === 1 ? key.toUpperCase() : key.replace(/^./, (first) => first.toUpperCase())]
  return parts.filter((part) => part !== false).join('+')
}
