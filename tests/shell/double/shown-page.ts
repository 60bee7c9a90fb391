/** A page of the browser that shows what is in a window: its requests, its preload, its messages. */
import { readFileSync } from 'node:fs'
import { fromBrowser } from './addresses.ts'
import { connectToPage } from './cdp.ts'
import { binding, pageScript, preloadScript, preloadWorld } from './in-page/scripts.ts'
import { answerRequests } from './page-requests.ts'
import { schemes } from './protocol.ts'

/** Where the test's browser has a page for a window. */
export type GivenPage = { readonly target: string; readonly browserContext: string | null; readonly endpoint: string }

/** What a page says of itself; addresses are the application's own. */
export type PageEvents = {
  readonly mayNavigate: (address: string, mainFrame: boolean) => boolean
  readonly redirected: (address: string) => boolean
  readonly navigated: (address: string) => void
  readonly painted: () => void
  readonly loaded: () => void
  readonly loading: (on: boolean) => void
  readonly crashed: () => void
  readonly titled: (title: string) => void
  readonly posted: (text: string) => void
}

export type ShownPage = {
  readonly navigate: (browserAddress: string) => Promise<void>
  /** Hands a message to the preload; lost when there is none, as in Electron. */
  readonly hear: (text: string) => void
  readonly allow: (name: string, granted: boolean) => Promise<void>
  readonly crash: () => void
  /** The window is gone; the test takes its page away. */
  readonly leave: () => void
}

export async function showPage({ target, browserContext, endpoint }: GivenPage, preload: string | undefined, events: PageEvents): Promise<ShownPage> {
  const page = await connectToPage(endpoint, target)
  let preloadContext: number | undefined
  await page.send('Page.enable')
  const { frameTree } = await page.send('Page.getFrameTree')
  const mainFrame = frameTree.frame.id
  page.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = context.auxData as { readonly frameId?: string }
    if (context.name === preloadWorld && frameId === mainFrame) preloadContext = context.id
  })
  page.on('Runtime.executionContextsCleared', () => void (preloadContext = undefined))
  page.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === binding && executionContextId === preloadContext) events.posted(payload)
  })
  page.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) events.navigated(fromBrowser(frame.url, schemes))
  })
  page.on('Page.frameStartedLoading', ({ frameId }) => {
    if (frameId === mainFrame) events.loading(true)
  })
  page.on('Page.frameStoppedLoading', ({ frameId }) => {
    if (frameId === mainFrame) events.loading(false)
  })
  page.on('Page.lifecycleEvent', ({ frameId, name }) => {
    if (frameId === mainFrame && name === 'firstPaint') events.painted()
  })
  page.on('Page.loadEventFired', () => {
    events.loaded()
    void page.send('Runtime.evaluate', { expression: 'document.title' }).then(({ result }) => events.titled(String(result.value)), () => undefined)
  })
  page.on('Inspector.targetCrashed', events.crashed)
  await page.send('Inspector.enable')
  await page.send('Page.setLifecycleEventsEnabled', { enabled: true })
  await answerRequests(page, mainFrame, events.mayNavigate, events.redirected)
  await page.send('Runtime.addBinding', { name: binding, executionContextName: preloadWorld })
  if (preload !== undefined) {
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() })
    await page.send('Page.addScriptToEvaluateOnNewDocument', { source: preloadScript(readFileSync(preload, 'utf8')), worldName: preloadWorld })
  }
  await page.send('Runtime.enable')
  return {
    navigate: async (url) => void (await page.send('Page.navigate', { url })),
    hear: (text) => {
      if (preloadContext === undefined) return
      page.send('Runtime.callFunctionOn', { functionDeclaration: '(text) => __hear(text)', arguments: [{ value: text }], executionContextId: preloadContext }).catch(() => undefined)
    },
    allow: async (name, granted) => {
      await page.send('Browser.setPermission', {
        permission: { name },
        setting: granted ? 'granted' : 'denied',
        ...(browserContext === null ? {} : { browserContextId: browserContext }),
      })
    },
    crash: () => void page.send('Page.crash').catch(() => undefined),
    leave: () => page.close(),
  }
}
