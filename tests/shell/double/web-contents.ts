import type Electron from 'electron'
import { fromBrowser, toBrowser } from './addresses.ts'
import { contentsEvents, navigationEvent } from './contents-events.ts'
import type { ContentsEvents } from './contents-events.ts'
import { createContentsPage } from './contents-page.ts'
import type { ContentsPage } from './contents-page.ts'
import { createFrame } from './frame.ts'
import { invoke, receive } from './ipc-main.ts'
import { onCommand, tell } from './link.ts'
import { samplePermissions } from './permissions.ts'
import { schemes } from './protocol.ts'
import { session } from './session.ts'
import { KnownEvents, preventable, strict } from './strict.ts'

type Used = Pick<
  Electron.WebContents,
  'id' | 'session' | 'mainFrame' | 'send' | 'getURL' | 'getTitle' | 'loadURL' | 'reload' | 'setWindowOpenHandler' | 'print' | 'isDestroyed' | 'isCrashed' | 'isLoading' | 'forcefullyCrashRenderer'
> &
  Pick<Electron.WebContents, 'focus' | 'setZoomFactor' | 'getZoomFactor' | 'setVisualZoomLevelLimits' | 'setBackgroundThrottling' | 'isDevToolsOpened' | 'closeDevTools' | 'close' | 'setIgnoreMenuShortcuts'>
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0]
type Posted =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'open'; readonly address: string; readonly name: string; readonly features: string; readonly disposition: string }

/** The contents of a window, and what only the window may do with them. */
export type Contents = { readonly asContents: Electron.WebContents; readonly events: KnownEvents<ContentsEvents>; readonly painted: Promise<unknown>; readonly destroy: () => void }

const known = new Map<number, Contents>()
let lastId = 0
let prints = true

export function allContents(): readonly Electron.WebContents[] {
  return [...known.values()].map(({ asContents }) => asContents)
}

export const webContents = strict('webContents', {
  getAllWebContents: () => [...allContents()],
  fromId: (id) => known.get(id)?.asContents,
} satisfies Pick<typeof Electron.webContents, 'getAllWebContents' | 'fromId'>)

export function createContents(preload: string | undefined): Contents {
  const id = ++lastId
  const events = new KnownEvents<ContentsEvents>('WebContents', contentsEvents)
  const frame = createFrame('')
  const painted = Promise.withResolvers<undefined>()
  let openHandler: OpenHandler | null = null
  let title = ''
  let zoom = 1
  const is = { destroyed: false, crashed: false, loading: false }
  /** Where the application itself sends the window: no question is asked about it. */
  const sent = new Set<string>()

  const page: ContentsPage = createContentsPage(id, preload, {
    mayNavigate: (address, mainFrame) => sent.delete(address) || leaves(address, mainFrame),
    redirected: (address) => !denied('will-redirect', address, true),
    navigated: (address) => {
      frame.address = address
      is.crashed = false
      events.say('did-navigate', preventable({}), address)
      for (const { name, granted } of samplePermissions(asContents)) page.allow(name, granted)
    },
    painted: () => painted.resolve(undefined),
    loaded: () => {
      events.say('dom-ready')
      events.say('did-finish-load')
    },
    loading: (on) => {
      is.loading = on
      events.say(on ? 'did-start-loading' : 'did-stop-loading')
    },
    crashed: () => {
      is.crashed = true
      frame.gone = true
      page.lost()
      events.say('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 139 })
    },
    titled: (name) => {
      title = name
      events.say('page-title-updated', preventable({}), name, true)
    },
    posted: (text) => void answer(JSON.parse(text) as Posted),
  })

  function denied(event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect', address: string, mainFrame: boolean): boolean {
    const question = navigationEvent(address, mainFrame, frame.asFrame)
    if (event === 'will-frame-navigate') events.say(event, question)
    else events.say(event, question, address)
    tell({ note: 'navigation', event, address, denied: question.defaultPrevented })
    return question.defaultPrevented
  }

  function leaves(address: string, mainFrame: boolean): boolean {
    if (denied('will-frame-navigate', address, mainFrame)) return false
    return !mainFrame || !denied('will-navigate', address, mainFrame)
  }

  async function answer(message: Posted): Promise<void> {
    switch (message.kind) {
      case 'open':
        return openAsked(message)
      case 'send':
        return receive(asContents, frame.asFrame, message.channel, message.args)
      case 'invoke': {
        const reply = await invoke(asContents, frame.asFrame, message.channel, message.args).then(
          (value) => ({ value }),
          (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
        )
        page.hear(JSON.stringify({ kind: 'reply', id: message.id, ...reply }))
      }
    }
  }

  function openAsked({ address, name, features, disposition }: Extract<Posted, { kind: 'open' }>): void {
    const url = fromBrowser(address, schemes)
    const details = { url, frameName: name, features, disposition: disposition as Electron.HandlerDetails['disposition'], referrer: { url: '', policy: 'no-referrer' as const } }
    // Electron opens a window where nobody has said otherwise; the double opens none and lets the test see it.
    tell({ note: 'window-open', address: url, disposition, action: openHandler?.(details).action ?? 'allow' })
  }

  function load(address: string): void {
    frame.gone = false
    sent.add(address)
    page.navigate(toBrowser(address, schemes))
  }

  const used: Used = {
    id,
    session: session.defaultSession,
    mainFrame: frame.asFrame,
    send: (channel, ...args: unknown[]) => {
      if (!is.destroyed) page.hear(JSON.stringify({ kind: 'event', channel, args }))
    },
    getURL: () => frame.address,
    getTitle: () => title,
    loadURL: (address) => {
      load(address)
      return new Promise((resolve) => events.once('did-finish-load', resolve))
    },
    reload: () => load(frame.address),
    setWindowOpenHandler: (handler) => void (openHandler = handler),
    print: (_, done) => {
      tell({ note: 'print', window: id })
      done?.(prints, prints ? '' : 'Print job canceled')
    },
    isDestroyed: () => is.destroyed,
    isCrashed: () => is.crashed,
    isLoading: () => is.loading,
    forcefullyCrashRenderer: () => page.crash(),
    focus: () => undefined,
    setZoomFactor: (factor) => void (zoom = factor),
    getZoomFactor: () => zoom,
    setVisualZoomLevelLimits: () => Promise.resolve(),
    setBackgroundThrottling: () => undefined,
    setIgnoreMenuShortcuts: () => undefined,
    isDevToolsOpened: () => false,
    closeDevTools: () => undefined,
    close: () => undefined,
  }
  const asContents = strict('WebContents', Object.assign(events, used)) as unknown as Electron.WebContents
  const contents: Contents = {
    asContents,
    events,
    painted: painted.promise,
    destroy: () => {
      is.destroyed = true
      frame.gone = true
      known.delete(id)
      page.leave()
      events.say('destroyed')
    },
  }
  known.set(id, contents)
  return contents
}

onCommand('answer-print', ({ printed }) => {
  prints = printed
  return null
})
onCommand('crash-renderer', ({ window }) => {
  known.get(window)?.asContents.forcefullyCrashRenderer()
  return null
})
onCommand('hang', ({ window, hanging }) => {
  known.get(window)?.events.say(hanging ? 'unresponsive' : 'responsive')
  return null
})
