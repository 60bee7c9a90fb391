/** What a meter's drums show, from the left; `null` is a drum not yet read. */
export type Digits = readonly (number | null)[]

export function emptyDigits(count: number): Digits {
  return Array.from({ length: count }, () => null)
}

/** The drums of a whole number, with leading zeros; the lowest places where it is too long for the meter. */
export function digitsOf(value: number, count: number): Digits {
  const text = String(Math.trunc(Math.abs(value))).padStart(count, '0').slice(-count)
  return [...text].map(Number)
}

/** The number the drums show, or `null` while one is missing. */
export function valueOf(digits: Digits): number | null {
  return digits.length > 0 && digits.every((digit) => digit !== null) ? Number(digits.join('')) : null
}

export function missingIn(digits: Digits): number {
  return digits.filter((digit) => digit === null).length
}

export function withDigit(digits: Digits, index: number, digit: number | null): Digits {
  return digits.map((old, at) => (at === index ? digit : old))
}

/** Turns one drum by a step, from 9 over to 0; a drum not yet read starts at 0, or at 9 when turned down. */
export function turned(digits: Digits, index: number, step: 1 | -1): Digits {
  const old = digits[index] ?? null
  return withDigit(digits, index, old === null ? (step === 1 ? 0 : 9) : (old + step + 10) % 10)
}

/** What is pasted or dictated fills from the left; anything but digits is skipped, what is after a decimal comma falls away. */
export function filledFrom(text: string, count: number): Digits {
  const whole = text.replaceAll(/[\s.’']/g, '').split(',')[0] ?? ''
  const found = [...whole.replaceAll(/\D/g, '')].slice(0, count).map(Number)
  return [...found, ...emptyDigits(count - found.length)]
}
