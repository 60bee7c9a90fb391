import { isAppAddress } from './app-origin.ts'

/** Where a window may go: to the desk's own pages. Everything else stays where it is. */
export function decideNavigation(address: string): 'allow' | 'deny' {
  return isAppAddress(address) ? 'allow' : 'deny'
}

/** A page never opens a window; there is no exception to ask for. */
export function decideWindowOpen(): { readonly action: 'deny' } {
  return { action: 'deny' }
}
