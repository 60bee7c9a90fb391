import type { OutboxStatus } from '../../../shared/contract/outbox.ts'
import type { ShellWords } from '../words.ts'
import { plural } from './plural.ts'

/** What is known without opening anything: the store is closed while nobody is signed in. */
export type TrayFacts = {
  readonly signedIn: boolean
  /** `null` until the core has told. */
  readonly outbox: Pick<OutboxStatus, 'queued' | 'hub'> | null
  readonly unread: number
}

/** The lines of the tray's menu, in order; the first three are also its tooltip. Nothing is claimed that is not known. */
export function trayLines(words: ShellWords, { signedIn, outbox, unread }: TrayFacts): string[] {
  const { tray } = words
  const lines = [tray[signedIn ? 'signedIn' : 'signedOut']]
  if (signedIn && outbox !== null) lines.push(plural(tray.queued, outbox.queued), tray[hubWords[outbox.hub]])
  else lines.push(tray.queuedUnknown)
  if (unread > 0) lines.push(plural(tray.unread, unread))
  return lines
}

/** Windows cuts a tooltip after 127 characters. */
export function trayTooltip(lines: readonly string[]): string {
  return lines.join('\n').slice(0, 127)
}

const hubWords = { none: 'noHub', unreachable: 'unreachable', connected: 'connected' } as const
