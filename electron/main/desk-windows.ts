import type { BrowserWindow, WebContents } from 'electron'
import { randomUUID } from 'node:crypto'

export type DeskWindow = { readonly window: BrowserWindow; readonly clientId: string }

export type DeskWindows = {
  /** Keeps a window under a client identity of its own until it is closed. */
  add: (window: BrowserWindow) => DeskWindow
  of: (contents: WebContents) => DeskWindow | null
  all: () => readonly DeskWindow[]
}

/** @param closed told which client has gone with its window */
export function createDeskWindows(closed: (clientId: string) => void): DeskWindows {
  const known = new Map<number, DeskWindow>()
  return {
    add: (window) => {
      const { id } = window.webContents
      const added = { window, clientId: randomUUID() }
      known.set(id, added)
      window.on('closed', () => {
        known.delete(id)
        closed(added.clientId)
      })
      return added
    },
    of: (contents) => known.get(contents.id) ?? null,
    all: () => [...known.values()],
  }
}
