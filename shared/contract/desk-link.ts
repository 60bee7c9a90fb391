import type { ShellTarget } from './shell.ts'

export const linkScheme = 'sportello'
/** How a brand and the code of a customer or ticket stand in a link; a code that is written otherwise has none. */
export const linkBrand = /^[a-z][a-z0-9]{1,31}$/
export const linkCode = /^[0-9A-Za-z](?:[0-9A-Za-z._-]{0,38}[0-9A-Za-z])?$/

/** A file that holds one link, for mail programs that take links of unknown schemes away. */
export const linkFileExtension = 'sportello'
/** The whole file, in bytes. */
export const longestLinkFile = 300

export type LinkTarget = Extract<ShellTarget, { readonly to: 'customer' | 'ticket' }>

/** The link that opens a record, of its ids alone; `null` for one whose ids no link can carry. */
export function linkTo(target: LinkTarget): string | null {
  if (target.to === 'ticket') return linkCode.test(target.code) ? `${linkScheme}://ticket/${target.code}` : null
  const [, brand = '', code = ''] = /^([^:]*):(.*)$/.exec(target.customerId) ?? []
  return linkBrand.test(brand) && linkCode.test(code) ? `${linkScheme}://customer/${brand}/${code}` : null
}
