/** Between the contents of a window and the page that shows them: a page comes late, and may go before its window does. */
import { onCommand, tell } from './link.ts'
import { showPage } from './shown-page.ts'
import type { GivenPage, PageEvents, ShownPage } from './shown-page.ts'

const wanted = new Map<number, (page: GivenPage) => void>()

export type ContentsPage = {
  readonly navigate: (browserAddress: string) => void
  readonly hear: (text: string) => void
  readonly allow: (name: string, granted: boolean) => void
  readonly crash: () => void
  /** The page has crashed: the next address needs a new one. */
  readonly lost: () => void
  readonly leave: () => void
}

export function createContentsPage(window: number, preload: string | undefined, events: PageEvents): ContentsPage {
  let page: Promise<ShownPage> | null = ask()

  function ask(): Promise<ShownPage> {
    const given = new Promise<GivenPage>((resolve) => wanted.set(window, resolve))
    tell({ note: 'page-wanted', window })
    return given.then((one) => showPage(one, preload, events))
  }
  // The page may be gone by then, with its window: that is no fault.
  const later = (act: (shown: ShownPage) => unknown) => void page?.then(act).catch(() => undefined)
  return {
    navigate: (address) => {
      page ??= ask()
      page.then((shown) => shown.navigate(address)).catch(failed)
    },
    hear: (text) => later((shown) => shown.hear(text)),
    allow: (name, granted) => later((shown) => shown.allow(name, granted)),
    crash: () => later((shown) => shown.crash()),
    lost: () => void (page = null),
    leave: () => later((shown) => shown.leave()),
  }
}

function failed(error: unknown): void {
  if (error instanceof Error && error.message === 'The page is gone') return
  process.stderr.write(`double: ${String(error)}\n`)
}

onCommand('give-page', ({ window, ...page }) => {
  wanted.get(window)?.(page)
  wanted.delete(window)
  return null
})
