import { fileURLToPath } from 'node:url'
import { linkFileExtension, longestLinkFile } from '../../../shared/contract/desk-link.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'
import { isLink, linkInArguments, parseDeepLink } from './deep-link.ts'

/** What the system handed over: what a link asks, or the path of a file that may hold one. */
export type HandedOver = { readonly ask: ShellAsk } | { readonly file: string }

const longestPath = 4096
const named = new RegExp(`\\.${linkFileExtension}["'\\s]*$`, 'i')
/** Windows opens these as devices, whatever extension stands behind them. */
const device = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)\s*(?:\.|$)/i

/** Whether an argument of a command line names a link file, good or bad; a switch never does. */
export function isLinkFilePath(arg: string): boolean {
  return named.test(arg) && !/^["'\s]*-/.test(arg) && !isLink(arg)
}

/**
 * The path of a link file on this computer; `null` for everything else. Systems hand over whole paths, Linux desktops `file:` addresses
 * too. What would leave the computer is refused before it is touched: Windows signs in to a server when it merely looks there.
 */
export function linkFilePath(arg: string, platform: NodeJS.Platform): string | null {
  const windows = platform === 'win32'
  const path = /^file:/i.test(arg) ? pathOfAddress(arg, windows) : arg
  if (path === null || path.length > longestPath || !path.isWellFormed() || /\p{Cc}/u.test(path)) return null
  if (!path.toLowerCase().endsWith(`.${linkFileExtension}`)) return null
  if (!(windows ? /^[a-z]:[\\/](?![\\/])[^:]+$/i : /^\/(?!\/)/).test(path)) return null
  const parts = path.split(windows ? /[\\/]/ : '/').slice(1)
  return parts.some((part) => (windows ? /^[. ]+$/.test(part) || device.test(part) : part === '..' || part === '.')) ? null : path
}

/** The one address in a link file; `null` unless that, and perhaps the end of its line, is all there is. */
export function readLinkFile(bytes: Uint8Array): string | null {
  if (bytes.length > longestLinkFile) return null
  try {
    const address = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '')
    return parseDeepLink(address) === null ? null : address
  } catch {
    return null
  }
}

/** The link or link file in a command line; `null` when there is none. Several are handed over by nobody who wants one opened. */
export function handedOverIn(args: readonly string[]): HandedOver | null {
  const [file, ...more] = args.filter(isLinkFilePath)
  const ask = linkInArguments(args)
  if (file === undefined) return ask === null ? null : { ask }
  return more.length === 0 && ask === null ? { file } : { ask: { do: 'badLinkFile' } }
}

function pathOfAddress(address: string, windows: boolean): string | null {
  // A host would be a server; two strokes more would hide one in the path.
  if (!/^file:\/\/\/(?!\/)[^?#]+$/i.test(address)) return null
  try {
    return fileURLToPath(address, { windows })
  } catch {
    return null
  }
}
