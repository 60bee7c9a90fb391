/** An enrolment code in groups, as it is read aloud: eight digits in fours, a long one in fives. What is copied is the code as the hub made it. */
export function groupedCode(code: string): string {
  const bare = code.replaceAll('-', '')
  const size = /^\d{8}$/u.test(bare) ? 4 : 5
  return bare.match(new RegExp(`.{1,${size}}`, 'gu'))?.join(' ') ?? ''
}

/** Whole seconds until then; 0 when it is over. */
export function secondsUntil(iso: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - now) / 1000))
}
