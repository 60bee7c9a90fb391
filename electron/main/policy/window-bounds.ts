/** Position and size in density-independent pixels, as Electron's `screen` and windows speak them. */
export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Screen = { readonly bounds: Bounds; readonly workArea: Bounds; readonly scaleFactor: number }
export type WindowState = 'normal' | 'maximised' | 'full_screen'
export type Place = { readonly bounds: Bounds; readonly state: WindowState }

/** Below this the desk's three columns no longer stand side by side. */
export const smallest = { width: 1280, height: 720 } as const
const usual = { width: 1440, height: 900 } as const
/** The next window stands this far to the right and below. */
const stepAside = 32
const mostArrangements = 8

/** Names an arrangement of displays by geometry alone: ids change with the cable. The order in which they are listed does not count. */
export function arrangementKey(screens: readonly Screen[]): string {
  return screens
    .map(({ bounds: { x, y, width, height }, scaleFactor }) => `${x},${y},${width}x${height}@${scaleFactor}`)
    .toSorted()
    .join(' ')
    .slice(0, 400)
}

/** Smallest size a window may have on this display. */
export function smallestOn({ workArea }: Screen): { readonly width: number; readonly height: number } {
  return { width: Math.min(smallest.width, workArea.width), height: Math.min(smallest.height, workArea.height) }
}

/**
 * Where a window goes: where it was, moved and cut so that all of it lies on a display that is there; the usual size in the middle of
 * the primary display when it was nowhere, or on a display that has gone.
 *
 * @param taken windows that stand already, so that a new one does not cover one of them exactly
 */
export function fitBounds(wanted: Bounds | null, screens: readonly Screen[], primary: Screen, taken: readonly Bounds[] = []): Bounds {
  const home = wanted === null ? undefined : homeOf(wanted, screens)
  if (wanted === null || home === undefined) return stepFrom(middle(primary), primary, taken)
  return stepFrom(clamp(wanted, home), home, taken)
}

/** The display on which most of these bounds lie; `undefined` when they lie on none. */
export function homeOf(bounds: Bounds, screens: readonly Screen[]): Screen | undefined {
  let home: Screen | undefined
  let most = 0
  for (const screen of screens) {
    const shared = overlap(bounds, screen.workArea)
    if (shared > most) {
      most = shared
      home = screen
    }
  }
  return home
}

/** Remembers a place for an arrangement, the newest last; the oldest of more than eight is forgotten. */
export function rememberPlace(places: readonly KeptPlace[], key: string, place: Place): KeptPlace[] {
  return [...places.filter((one) => one.key !== key), { key, ...place }].slice(-mostArrangements)
}
export type KeptPlace = Place & { readonly key: string }

function middle(screen: Screen): Bounds {
  const { workArea: area } = screen
  const width = Math.min(usual.width, area.width)
  const height = Math.min(usual.height, area.height)
  return { x: area.x + Math.floor((area.width - width) / 2), y: area.y + Math.floor((area.height - height) / 2), width, height }
}

function clamp(wanted: Bounds, screen: Screen): Bounds {
  const { workArea: area } = screen
  const least = smallestOn(screen)
  const width = between(least.width, Math.round(wanted.width), area.width)
  const height = between(least.height, Math.round(wanted.height), area.height)
  return {
    x: between(area.x, Math.round(wanted.x), area.x + area.width - width),
    y: between(area.y, Math.round(wanted.y), area.y + area.height - height),
    width,
    height,
  }
}

function stepFrom(bounds: Bounds, screen: Screen, taken: readonly Bounds[]): Bounds {
  let at = bounds
  // As many steps as windows are enough; where there is no room left to step, the last place stays.
  for (let step = 0; step < taken.length && taken.some((one) => one.x === at.x && one.y === at.y); step++) {
    at = clamp({ ...at, x: at.x + stepAside, y: at.y + stepAside }, screen)
  }
  return at
}

function overlap(a: Bounds, b: Bounds): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
