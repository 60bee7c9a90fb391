import type { BrowserWindow } from 'electron'
import type { HostEvent } from '../../shared/contract/events.ts'
import type { ShellAsk } from '../../shared/contract/shell.ts'
import type { DeskWindow, DeskWindows } from './desk-windows.ts'
import { createWaitingAsk } from './policy/waiting-ask.ts'

export type Asks = {
  /**
   * Brings a window to the front and hands the ask to its page; while nobody is signed in it waits, a minute at most. A menu's action
   * goes to the page in front or nowhere: it must not happen later.
   *
   * @param clientId the window it is meant for, while there is one
   */
  readonly ask: (ask: ShellAsk, clientId?: string) => void
  /** A page says whether it can act on asks; what waits goes to the first that can. */
  readonly listen: (clientId: string, on: boolean) => void
  readonly isListening: (clientId: string) => boolean
}

export type AskParts = {
  readonly windows: Pick<DeskWindows, 'all'>
  /** The window that was last in use; `null` where there is none. */
  readonly front: () => DeskWindow | null
  readonly open: () => DeskWindow
  readonly bringForward: (window: BrowserWindow) => void
  readonly tell: (window: BrowserWindow, event: HostEvent) => void
}

/** The way of everything that a person wants of a page from outside of it. */
export function createAsks(parts: AskParts): Asks {
  const listening = new Set<string>()
  const waiting = createWaitingAsk()
  const hears = (desk: DeskWindow | null | undefined): desk is DeskWindow => desk !== null && desk !== undefined && listening.has(desk.clientId)
  const tell = ({ window }: DeskWindow, ask: ShellAsk): void => parts.tell(window, { kind: 'shell', ask })

  return {
    ask: (ask, clientId) => {
      const front = parts.front()
      if (ask.do === 'action') {
        if (hears(front)) tell(front, ask)
        return
      }
      const meant = parts.windows.all().find((desk) => desk.clientId === clientId)
      const chosen = meant ?? (hears(front) ? front : (parts.windows.all().find(hears) ?? front ?? parts.open()))
      parts.bringForward(chosen.window)
      if (hears(chosen)) tell(chosen, ask)
      else waiting.put(ask)
    },
    listen: (clientId, on) => {
      if (!on) {
        listening.delete(clientId)
        return
      }
      const desk = parts.windows.all().find((one) => one.clientId === clientId)
      if (desk === undefined) return
      listening.add(clientId)
      const ask = waiting.take()
      if (ask !== null) tell(desk, ask)
    },
    isListening: (clientId) => listening.has(clientId),
  }
}
