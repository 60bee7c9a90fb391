import type { Membrane } from './membrane.ts'

/** Called with address, name and features of a window that the page wants. */
type OpenAsked = (address: string, name: string, features: string, disposition: string) => void

/**
 * The page's own world: puts what the preload exposes on the window, and asks the application for every window the page
 * wants to open. Handed to the page as text: it may use nothing from outside.
 */
export function enterPageWorld(membrane: Membrane): void {
  let ask: OpenAsked = () => undefined
  membrane.take((name, value) => {
    if (name === 'double:open') ask = value as OpenAsked
    else Object.defineProperty(window, name, { value, enumerable: true, writable: false, configurable: false })
  })

  // The answer comes too late for a return value; `null` is what a page gets when it is denied.
  window.open = (address, name, features) => {
    ask(new URL(String(address ?? 'about:blank'), document.baseURI).href, name ?? '', features ?? '', features ? 'new-window' : 'foreground-tab')
    return null
  }
  const clicked = (event: MouseEvent) => {
    const link = event.composedPath().find((element) => element instanceof HTMLAnchorElement && element.href !== '') as HTMLAnchorElement | undefined
    const elsewhere = event.button === 1 || event.ctrlKey || event.metaKey ? 'background-tab' : event.shiftKey ? 'new-window' : link?.target === '_blank' ? 'foreground-tab' : null
    if (link === undefined || elsewhere === null || event.defaultPrevented || event.button === 2) return
    event.preventDefault()
    ask(link.href, link.target, '', elsewhere)
  }
  // The page's own listeners come first, as they would before the browser acts.
  window.addEventListener('click', clicked)
  window.addEventListener('auxclick', clicked)
}
