import { linkBrand, linkCode, linkScheme } from '../../../shared/contract/desk-link.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'

const longestLink = 300
const longestText = 120

/** Printable ASCII without the space: a link that needs more is percent-encoded or not one of ours. */
const printable = /^[\x21-\x7e]+$/
const grammar = new RegExp(`^${linkScheme}://(caller|customer|ticket|lookup)/([^?#]+)$`)
/** What a link says after its one decoding. A percent sign left over would be a second encoding. */
const decoded = /^[\x20-\x24\x26-\x7e]+$/
const number = /^\+?[0-9]{3,15}$/

/**
 * What a `sportello://` link asks for, or `null` for everything that is not written exactly so:
 * `sportello://caller/<number>`, `sportello://customer/<brand>/<code>`, `sportello://ticket/<code>`, `sportello://lookup/<text>`.
 * No link writes anything: it fills the lookup box or opens a record that the person may see anyway.
 */
export function parseDeepLink(address: string): ShellAsk | null {
  if (address.length > longestLink || !printable.test(address)) return null
  const [, kind = '', path = ''] = grammar.exec(address) ?? []
  const parts = path.split('/').map(decodeOnce)
  const [first = null, second = null] = parts
  if (first === null || parts.includes(null)) return null
  if (parts.length !== (kind === 'customer' ? 2 : 1)) return null
  switch (kind) {
    case 'caller':
      return number.test(first) ? { do: 'lookup', text: first } : null
    case 'customer':
      return linkBrand.test(first) && second !== null && linkCode.test(second) ? { do: 'open', target: { to: 'customer', customerId: `${first}:${second}` } } : null
    case 'ticket':
      return linkCode.test(first) ? { do: 'open', target: { to: 'ticket', code: first } } : null
    case 'lookup':
      return first.length <= longestText && first.trim() === first ? { do: 'lookup', text: first } : null
    default:
      return null
  }
}

/**
 * The link in a command line: what it asks, `badLink` when it is none of ours or there are several, `null` when there is none. A system
 * hands over one link as one argument; two of them are somebody's trick.
 */
export function linkInArguments(args: readonly string[]): ShellAsk | null {
  const [link, ...more] = args.filter(isLink)
  if (link === undefined) return null
  return more.length === 0 ? readLink(link) : { do: 'badLink' }
}

/** Whether an argument of a command line is a link, good or bad. */
export function isLink(arg: string): boolean {
  return new RegExp(`^["'\\s]*${linkScheme}:`, 'i').test(arg)
}

/** What an address that the system handed over asks; one that is refused asks to say so. */
export function readLink(address: string): ShellAsk {
  return parseDeepLink(address) ?? { do: 'badLink' }
}

function decodeOnce(part: string): string | null {
  if (/%(?![0-9A-Fa-f]{2})/.test(part)) return null
  const text = part.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return decoded.test(text) ? text : null
}
