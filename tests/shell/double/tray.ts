import type Electron from 'electron'
import { onCommand } from './link.ts'
import { entriesOf } from './menu.ts'
import { asClass, KnownEvents, preventable, strict } from './strict.ts'
import type { ShellState } from './wire.ts'

type TrayEvents = { click: [Electron.KeyboardEvent, Electron.Rectangle, Electron.Point]; 'double-click': [Electron.KeyboardEvent, Electron.Rectangle]; 'right-click': [Electron.KeyboardEvent, Electron.Rectangle] }
type Used = Pick<Electron.Tray, 'setToolTip' | 'setTitle' | 'setContextMenu' | 'setImage' | 'destroy' | 'isDestroyed' | 'popUpContextMenu' | 'setIgnoreDoubleClickEvents'>
type Icon = { toolTip: string; title: string; menu: Electron.Menu | null; readonly events: KnownEvents<TrayEvents> }

const icons = new Set<Icon>()
const nowhere = { x: 0, y: 0, width: 0, height: 0 }

function createTray(image: Electron.NativeImage | string): Electron.Tray {
  if (typeof image !== 'string' && image.isEmpty()) throw new Error('A tray with an empty image is one that nobody sees')
  const events = new KnownEvents<TrayEvents>('Tray', { click: 'said', 'double-click': 'silent', 'right-click': 'silent' })
  const icon: Icon = { toolTip: '', title: '', menu: null, events }
  icons.add(icon)
  const used: Used = {
    setToolTip: (text) => void (icon.toolTip = text),
    setTitle: (text) => void (icon.title = text),
    setContextMenu: (menu) => void (icon.menu = menu),
    setImage: () => undefined,
    popUpContextMenu: () => undefined,
    setIgnoreDoubleClickEvents: () => undefined,
    destroy: () => void icons.delete(icon),
    isDestroyed: () => !icons.has(icon),
  }
  return strict('Tray', Object.assign(events, used)) as unknown as Electron.Tray
}

export const Tray = asClass('Tray', createTray, {})

export function trayStates(): ShellState['trays'] {
  return [...icons].map(({ toolTip, title, menu }) => ({ toolTip, title, menu: entriesOf(menu) }))
}

export function trayMenu(): Electron.Menu | null {
  return [...icons].at(-1)?.menu ?? null
}

onCommand('click-tray', () => {
  const [icon] = icons
  if (!icon) throw new Error('No tray icon')
  icon.events.say('click', preventable({}) as Electron.KeyboardEvent, nowhere, { x: 0, y: 0 })
  return null
})
