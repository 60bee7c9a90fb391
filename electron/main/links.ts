import { app } from 'electron'
import { linkScheme } from '../../shared/contract/desk-link.ts'
import type { ShellAsk } from '../../shared/contract/shell.ts'
import type { Log } from '../core/ports.ts'
import { openLinkFile } from './link-file.ts'
import { readLink } from './policy/deep-link.ts'
import { handedOverIn } from './policy/link-file.ts'
import type { HandedOver } from './policy/link-file.ts'

export type Links = {
  /** Hands over what came so far and whatever comes later; `null` is a second start without a link. */
  readonly deliver: (to: (ask: ShellAsk | null) => void) => void
}

/**
 * Hears `sportello://` links and link files from the first moment: macOS tells them by events that may come before the application is
 * ready, the others write them into the command line of the first start or of a second one. What a link says goes to the page alone, and
 * neither it nor the path of a file into a log.
 */
export function listenForLinks(args: readonly string[], log: Log): Links {
  let deliver: ((ask: ShellAsk | null) => void) | null = null
  // A file is not read before somebody wants to hear of it: a second start leaves that to the first.
  let early: HandedOver | null = handedOverIn(args)
  const hand = async (handed: HandedOver, to: (ask: ShellAsk) => void): Promise<void> => {
    const ask = 'ask' in handed ? handed.ask : await openLinkFile(handed.file, process.platform)
    if (ask.do === 'badLinkFile') log('info', 'link_file_refused')
    to(ask)
  }
  const take = (handed: HandedOver | null): void => {
    if (deliver === null) early = handed ?? early
    else if (handed === null) deliver(null)
    else void hand(handed, deliver)
  }
  app.on('open-url', (event, address) => {
    event.preventDefault()
    take({ ask: readLink(address) })
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    take({ file })
  })
  app.on('second-instance', (_, line) => take(handedOverIn(line)))
  return {
    deliver: (to) => {
      deliver = to
      if (early !== null) void hand(early, to)
      early = null
    },
  }
}

/** Tells the system whose links these are. On Linux the package's desktop file does, and a running program should not change it. */
export function claimLinks(): boolean {
  if (!app.isPackaged || process.platform === 'linux' || app.isDefaultProtocolClient(linkScheme)) return true
  return app.setAsDefaultProtocolClient(linkScheme)
}
