import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangementKey, fitBounds, homeOf, rememberPlace, smallestOn } from '../../../electron/main/policy/window-bounds.ts'
import type { Bounds, KeptPlace, Screen } from '../../../electron/main/policy/window-bounds.ts'

const screenAt = (x: number, y: number, width: number, height: number, bar = 40): Screen => ({ bounds: { x, y, width, height }, workArea: { x, y, width, height: height - bar }, scaleFactor: 1 })
const office = screenAt(0, 0, 1920, 1080)
const right = screenAt(1920, 0, 2560, 1440)
const laptop = screenAt(0, 0, 1366, 768)

const inside = (bounds: Bounds, { workArea: area }: Screen): boolean =>
  bounds.x >= area.x && bounds.y >= area.y && bounds.x + bounds.width <= area.x + area.width && bounds.y + bounds.height <= area.y + area.height

describe('a window', () => {
  it('begins in the middle of the primary display', () => expect(fitBounds(null, [office, right], office)).toEqual({ x: 240, y: 70, width: 1440, height: 900 }))
  it('comes back where it was', () => {
    const left = { x: 2000, y: 100, width: 1500, height: 900 }
    expect(fitBounds(left, [office, right], office)).toEqual(left)
  })
  it('does not go to a display that has gone', () => expect(fitBounds({ x: 2000, y: 100, width: 1500, height: 900 }, [office], office)).toEqual({ x: 240, y: 70, width: 1440, height: 900 }))
  it('is pulled back when it hangs over the edge', () => expect(fitBounds({ x: 1800, y: -200, width: 1400, height: 800 }, [office], office)).toEqual({ x: 520, y: 0, width: 1400, height: 800 }))
  it('belongs to the display that holds most of it', () => expect(homeOf({ x: 1700, y: 0, width: 1400, height: 800 }, [office, right])).toBe(right))
  it('is never smaller than the desk needs, where the display has the room', () => {
    expect(fitBounds({ x: 10, y: 10, width: 300, height: 200 }, [office], office)).toEqual({ x: 10, y: 10, width: 1280, height: 720 })
    expect(smallestOn(laptop)).toEqual({ width: 1280, height: 720 })
    expect(smallestOn(screenAt(0, 0, 1024, 640))).toEqual({ width: 1024, height: 600 })
  })
  it('stands beside the one that is there already', () => {
    const first = fitBounds(null, [office], office)
    expect(fitBounds(null, [office], office, [first])).toEqual({ ...first, x: first.x + 32, y: first.y + 32 })
  })

  const area = fc.record({ x: fc.integer({ min: -8000, max: 8000 }), y: fc.integer({ min: -8000, max: 8000 }), width: fc.integer({ min: 640, max: 7680 }), height: fc.integer({ min: 480, max: 4320 }) })
  const screens = fc.array(area.map(({ x, y, width, height }) => screenAt(x, y, width, height)), { minLength: 1, maxLength: 4 })
  const anywhere = fc.record({ x: fc.integer({ min: -100_000, max: 100_000 }), y: fc.integer({ min: -100_000, max: 100_000 }), width: fc.integer({ min: 1, max: 20_000 }), height: fc.integer({ min: 1, max: 20_000 }) })

  it('lies whole on a display that is there, whatever was remembered', () => {
    fc.assert(
      fc.property(screens, fc.option(anywhere), fc.array(anywhere, { maxLength: 3 }), (present, wanted, taken) => {
        const primary = present[0]!
        const bounds = fitBounds(wanted, present, primary, taken)
        expect(present.some((screen) => inside(bounds, screen))).toBe(true)
      }),
    )
  })
  it('has the least size of its display, and stays when it is placed again', () => {
    fc.assert(
      fc.property(screens, fc.option(anywhere), (present, wanted) => {
        const primary = present[0]!
        const bounds = fitBounds(wanted, present, primary)
        const home = present.find((screen) => inside(bounds, screen) && bounds.width >= smallestOn(screen).width && bounds.height >= smallestOn(screen).height)
        expect(home).toBeDefined()
        // Displays laid over one another are nobody's desk, and only there may a window be at home on either.
        if (present.length === 1) expect(fitBounds(bounds, present, primary)).toEqual(bounds)
      }),
    )
  })
})

describe('an arrangement of displays', () => {
  it('is the same in whatever order the system lists them', () => expect(arrangementKey([office, right])).toBe(arrangementKey([right, office])))
  it('is another when a display moves, scales or goes', () => {
    const keys = [[office, right], [office], [office, screenAt(-2560, 0, 2560, 1440)], [office, { ...right, scaleFactor: 2 }]].map(arrangementKey)
    expect(new Set(keys).size).toBe(4)
  })
  it('keeps the eight newest places, each once', () => {
    const place = { bounds: { x: 0, y: 0, width: 1280, height: 720 }, state: 'normal' } as const
    let places: KeptPlace[] = []
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'c']) places = rememberPlace(places, key, place)
    expect(places.map(({ key }) => key)).toEqual(['b', 'd', 'e', 'f', 'g', 'h', 'i', 'c'])
  })
})
