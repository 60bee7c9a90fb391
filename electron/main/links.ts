import { app } from 'electron'
import type { ShellAsk } from '../../shared/contract/shell.ts'
import { linkInArguments, linkScheme, readLink } from './policy/deep-link.ts'

export type Links = {
  /** Hands over what came so far and whatever comes later; `null` is a second start without a link. */
  readonly deliver: (to: (ask: ShellAsk | null) => void) => void
}

/**
 * Hears `sportello://` links from the first moment: macOS tells them by an event that may come before the application is ready, the
 * others write them into the command line of the first start or of a second one. What a link says goes to the page alone, never into a log.
 */
export function listenForLinks(args: readonly string[]): Links {
  let deliver: ((ask: ShellAsk | null) => void) | null = null
  let early: ShellAsk | null = linkInArguments(args)
  const take = (ask: ShellAsk | null): void => {
    if (deliver !== null) deliver(ask)
    else if (ask !== null) early = ask
  }
  app.on('open-url', (event, address) => {
    event.preventDefault()
    take(readLink(address))
  })
  app.on('second-instance', (_, line) => take(linkInArguments(line)))
  return {
    deliver: (to) => {
      deliver = to
      if (early !== null) to(early)
      early = null
    },
  }
}

/** Tells the system whose links these are. On Linux the package's desktop file does, and a running program should not change it. */
export function claimLinks(): boolean {
  if (!app.isPackaged || process.platform === 'linux' || app.isDefaultProtocolClient(linkScheme)) return true
  return app.setAsDefaultProtocolClient(linkScheme)
}
