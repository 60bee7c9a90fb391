/** An enrolment code in groups, as it is read aloud: eight digits in fours, a long one in fives. What is copied has no spaces. */
export function groupedCode(code: string): string {
  const size = /^\d{8}$/u.test(code) ? 4 : 5
  return code.match(new RegExp(`.{1,${size}}`, 'gu'))?.join(' ') ?? ''
}

/** Whole seconds until then; 0 when it is over. */
export function secondsUntil(iso: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000))
}
