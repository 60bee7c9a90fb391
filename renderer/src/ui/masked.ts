/** What the core sends instead of a hidden value: the visible ends and the class of the hidden length. */
const CLASSES = [6, 10, 16] as const

/** The number of dots for a hidden value of `length`: of its class only, so that the length itself says nothing. */
export function dotsFor(length: number): number {
  return CLASSES.find((size) => length <= size) ?? 16
}
