import type Electron from 'electron'
import { onCommand } from './link.ts'
import { machine } from './settings.ts'
import { KnownEvents, strict } from './strict.ts'
import type { Listeners } from './strict.ts'
import type { Bounds } from './wire.ts'

type ScreenEvents = {
  'display-added': [Electron.Event, Electron.Display]
  'display-removed': [Electron.Event, Electron.Display]
  'display-metrics-changed': [Electron.Event, Electron.Display, string[]]
}
type Used = Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'>

let present = machine.displays
const events = new KnownEvents<ScreenEvents>('screen', { 'display-added': 'said', 'display-removed': 'said', 'display-metrics-changed': 'silent' })

export function displays(): readonly Electron.Display[] {
  return present.map(({ id, bounds, workArea, scaleFactor }) => ({
    id,
    bounds,
    workArea,
    scaleFactor,
    size: bounds,
    workAreaSize: workArea,
    label: `Display ${id}`,
    nativeOrigin: bounds,
    detected: true,
    internal: id === 1,
    rotation: 0,
    colorDepth: 24,
    colorSpace: '',
    depthPerComponent: 8,
    displayFrequency: 60,
    monochrome: false,
    accelerometerSupport: 'unknown',
    touchSupport: 'unknown',
    maximumCursorSize: { width: 0, height: 0 },
  }))
}

const used: Used = {
  getAllDisplays: () => [...displays()],
  getPrimaryDisplay: () => displays()[0]!,
  getDisplayMatching: (rect) => displays().toSorted((one, other) => shared(other.bounds, rect) - shared(one.bounds, rect))[0]!,
  getDisplayNearestPoint: ({ x, y }) => displays().find(({ bounds }) => shared(bounds, { x, y, width: 1, height: 1 }) > 0) ?? displays()[0]!,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
}

export const screen = strict('screen', Object.assign(events, used))

/** Area that two rectangles have in common. */
function shared(one: Bounds, other: Bounds): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, width) * Math.max(0, height)
}

/** Compiles only while the arguments above are those of Electron. */
export function checkScreenEvents(real: Electron.Screen, hear: Listeners<ScreenEvents>): void {
  real.on('display-added', hear['display-added'])
  real.on('display-removed', hear['display-removed'])
  real.on('display-metrics-changed', hear['display-metrics-changed'])
}

onCommand('set-displays', ({ displays: next }) => {
  const before = displays()
  present = [...next]
  const event = { preventDefault: () => undefined, defaultPrevented: false }
  for (const display of before) if (!next.some(({ id }) => id === display.id)) events.say('display-removed', event, display)
  for (const display of displays()) if (!before.some(({ id }) => id === display.id)) events.say('display-added', event, display)
  return null
})
