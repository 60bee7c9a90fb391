import type Electron from 'electron'
import { onCommand, tell } from './link.ts'
import { asClass, KnownEvents, preventable, strict } from './strict.ts'

type NotificationEvents = { show: [Electron.Event]; click: [Electron.Event]; close: [Electron.Event]; failed: [Electron.Event, string] }
type Used = Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body'>
type Shown = { readonly id: number; readonly title: string; readonly body: string; readonly events: KnownEvents<NotificationEvents> }

const shown = new Map<number, Shown>()
let last = 0

function createNotification({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}): Electron.Notification {
  const id = ++last
  const events = new KnownEvents<NotificationEvents>('Notification', { show: 'said', click: 'said', close: 'said', failed: 'silent' })
  const used: Used = {
    title,
    body,
    show: () => {
      shown.set(id, { id, title, body, events })
      tell({ note: 'notification', id, title, body })
      events.say('show', preventable({}))
    },
    close: () => {
      if (shown.delete(id)) events.say('close', preventable({}))
    },
  }
  return strict('Notification', Object.assign(events, used)) as unknown as Electron.Notification
}

export const Notification = asClass('Notification', createNotification, { isSupported: () => true } satisfies Pick<typeof Electron.Notification, 'isSupported'>)

export function shownNotifications(): readonly { readonly id: number; readonly title: string; readonly body: string }[] {
  return [...shown.values()].map(({ id, title, body }) => ({ id, title, body }))
}

onCommand('click-notification', ({ id }) => {
  const one = shown.get(id)
  if (!one) throw new Error(`No notification ${id} is shown`)
  one.events.say('click', preventable({}))
  return null
})
