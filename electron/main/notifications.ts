import type { Notice, NoticeTarget } from '../../shared/contract/shell.ts'
import { noticeWords, showsNotice } from './policy/notification.ts'
import type { ShellWords } from './words.ts'

/** The part of Electron's `Notification` that is used. */
export type NativeNotice = { readonly show: () => void; readonly close: () => void }
/** What the system may tell of one; `failed` comes on Windows only. */
export type NoticeHeard = { readonly click: () => void; readonly close: () => void; readonly failed: () => void }

export type NotificationParts = {
  readonly supported: () => boolean
  /** Whether a window of the desk has the keys. */
  readonly focused: () => boolean
  readonly make: (words: { readonly title: string; readonly body: string }, heard: NoticeHeard) => NativeNotice
  readonly words: () => ShellWords
  readonly pressed: (clientId: string, target: NoticeTarget) => void
  /** Told how many were shown and not yet seen. */
  readonly unread: (count: number) => void
}

export type Notifications = {
  /** Answers whether the notification was handed to the system. */
  readonly notify: (clientId: string, notice: Notice) => boolean
  /** The person looks at the desk: nothing is unread any more. */
  readonly seen: () => void
  readonly unread: () => number
  /** Takes back what was shown to somebody who has left. */
  readonly forget: (clientId: string) => void
}

/** Notifications of the system, and how many of them wait to be seen. */
export function createNotifications(parts: NotificationParts): Notifications {
  // Without a reference the system's notification would lose its click.
  const shown = new Map<NativeNotice, { readonly owner: string; readonly what: string }>()
  let unread = 0
  const count = (next: number): void => {
    if (next === unread) return
    unread = next
    parts.unread(unread)
  }

  return {
    unread: () => unread,
    seen: () => {
      // What was seen may be news again.
      for (const [native, { owner }] of shown) shown.set(native, { owner, what: '' })
      count(0)
    },
    notify: (clientId, { notice, target }) => {
      if (!showsNotice({ supported: parts.supported(), focused: parts.focused() })) return false
      const what = JSON.stringify([notice, target])
      // Every window hears of the same event; one notification of it is enough.
      if ([...shown.values()].some((one) => one.what === what)) return false
      const native = parts.make(noticeWords(parts.words(), notice), {
        click: () => {
          if (shown.delete(native)) parts.pressed(clientId, target)
        },
        close: () => void shown.delete(native),
        failed: () => {
          if (shown.delete(native)) count(Math.max(0, unread - 1))
        },
      })
      shown.set(native, { owner: clientId, what })
      native.show()
      count(unread + 1)
      return true
    },
    forget: (clientId) => {
      for (const [native, { owner }] of shown) {
        if (owner !== clientId) continue
        shown.delete(native)
        native.close()
      }
      if (shown.size === 0) count(0)
    },
  }
}
