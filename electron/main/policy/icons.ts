import type { Picture } from './png.ts'

const paint = { brand: 0x2a_48_b8_ff, white: 0xff_ff_ff_ff, black: 0x00_00_00_ff, alarm: 0xc0_2b_1d_ff, none: 0 } as const

/** The mark of the desk in sixteen steps: the arch of a counter window, the person behind it, the counter. */
const mark = [
  '................',
  '................',
  '.....######.....',
  '....##....##....',
  '...##......##...',
  '...#........#...',
  '...#...##...#...',
  '...#..####..#...',
  '...#...##...#...',
  '...#........#...',
  '...#........#...',
  '...#........#...',
  '................',
  '..############..',
  '................',
  '................',
] as const

const digits: Readonly<Record<string, readonly string[]>> = {
  '0': ['###', '#.#', '#.#', '#.#', '###'], '1': ['.#.', '##.', '.#.', '.#.', '###'], '2': ['###', '..#', '###', '#..', '###'], '3': ['###', '..#', '###', '..#', '###'],
  '4': ['#.#', '#.#', '###', '..#', '..#'], '5': ['###', '#..', '###', '..#', '###'], '6': ['###', '#..', '###', '#.#', '###'], '7': ['###', '..#', '..#', '.#.', '.#.'],
  '8': ['###', '#.#', '###', '#.#', '###'], '9': ['###', '#.#', '###', '..#', '###'], '+': ['...', '.#.', '###', '.#.', '...'],
}
const size = 16

/**
 * The icon of the tray, with a dot while there is something to see.
 *
 * @param scale 1 or 2, for displays of high density
 * @param bare black on nothing, as the macOS menu bar colours it itself
 */
export function trayPicture(options: { readonly scale: 1 | 2; readonly bare: boolean; readonly dot: boolean }): Picture {
  const { scale, bare, dot } = options
  return draw(scale, (x, y) => {
    if (dot && within(x, y, 12.5, 3.5, 3)) return bare ? paint.black : paint.alarm
    // A bare dot needs a gap around it, or it would melt into the arch.
    if (dot && bare && within(x, y, 12.5, 3.5, 4.2)) return paint.none
    const ink = mark[y]?.[x] === '#'
    if (bare) return ink ? paint.black : paint.none
    return ink ? paint.white : corner(x, y) ? paint.none : paint.brand
  })
}

/** A disc with a number from 1 to 9, a plus sign beyond; Windows lays it over the taskbar's icon. */
export function badgePicture(count: number): Picture {
  const glyph = digits[count > 9 ? '+' : String(Math.max(0, Math.trunc(count)))] ?? []
  return draw(1, (x, y) => {
    if (!within(x, y, 7.5, 7.5, 7.6)) return paint.none
    // Each point of the digit is two by two.
    return glyph[Math.floor((y - 3) / 2)]?.[Math.floor((x - 5) / 2)] === '#' ? paint.white : paint.alarm
  })
}

function draw(scale: 1 | 2, at: (x: number, y: number) => number): Picture {
  const side = size * scale
  const points = Array.from({ length: side * side }, (_, index) => at(Math.floor((index % side) / scale), Math.floor(Math.floor(index / side) / scale)))
  return { width: side, height: side, points }
}

function within(x: number, y: number, centreX: number, centreY: number, radius: number): boolean {
  return (x - centreX) ** 2 + (y - centreY) ** 2 <= radius ** 2
}

function corner(x: number, y: number): boolean {
  const fromSide = Math.min(x, size - 1 - x)
  const fromEnd = Math.min(y, size - 1 - y)
  return fromSide + fromEnd < 3
}
