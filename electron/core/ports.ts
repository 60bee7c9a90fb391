import { randomBytes } from 'node:crypto'

/** Time and identity, under the control of tests. */
export type Clock = { now: () => Date }
export type Ids = { next: () => string }
/** Never receives personal data: codes, counts, reference numbers. */
export type Log = (level: 'info' | 'error', event: string, fields?: { readonly [key: string]: string | number | boolean }) => void

export const systemClock: Clock = { now: () => new Date() }

/** UUID version 7: sortable by time, so that new rows land at the end of an index. */
export function createIds(clock: Clock): Ids {
  return {
    next: () => {
      const bytes = randomBytes(16)
      bytes.writeUIntBE(clock.now().getTime(), 0, 6)
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
      const hex = bytes.toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}

export const silentLog: Log = () => undefined
