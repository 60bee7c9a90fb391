/** Minutes without a key or the mouse after which the desk locks itself: what a person may choose (OWASP: 2 to 30), and what holds until then. */
export const lockMinuteChoices = [2, 5, 10, 15, 30] as const
export const shortestLockMinutes = 2
export const longestLockMinutes = 30
export const defaultLockMinutes = 10
