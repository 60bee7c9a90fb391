import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followSync } from '../../../electron/main/sync-state.ts'
import type { CoreEvent } from '../../../shared/contract/events.ts'
import type { ShellAsk } from '../../../shared/contract/shell.ts'

const electron = vi.hoisted((): { app: unknown } => ({ app: null }))
vi.mock('electron', () => ({
  get app() {
    return electron.app
  },
}))

const caller: ShellAsk = { do: 'lookup', text: '0612345678' }
const link = 'sportello://caller/0612345678'

describe('a link of the system', () => {
  let app: EventEmitter
  let output = ''
  let logged: unknown[] = []
  beforeEach(() => {
    app = new EventEmitter()
    electron.app = app
    output = ''
    logged = []
    for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation((text) => (output += String(text)) !== '')
  })
  afterEach(() => vi.restoreAllMocks())

  async function listen(args: readonly string[] = []) {
    const { listenForLinks } = await import('../../../electron/main/links.ts')
    return listenForLinks(args, (...line) => logged.push(line))
  }
  const openUrl = (address: string): boolean => {
    let prevented = false
    app.emit('open-url', { preventDefault: () => (prevented = true) }, address)
    return prevented
  }

  it('is kept from the first command line until somebody hears it', async () => {
    const links = await listen(['.', link])
    const heard: (ShellAsk | null)[] = []
    links.deliver((ask) => heard.push(ask))
    links.deliver((ask) => heard.push(ask))
    expect(heard).toEqual([caller])
  })

  it('comes by event before the application is ready, and after', async () => {
    const links = await listen()
    expect(openUrl(link)).toBe(true)
    const heard: (ShellAsk | null)[] = []
    links.deliver((ask) => heard.push(ask))
    openUrl('sportello://lookup/rossi')
    expect(heard).toEqual([caller, { do: 'lookup', text: 'rossi' }])
  })

  it('comes with a second start, which without one only brings the desk forward', async () => {
    const links = await listen()
    app.emit('second-instance', {}, ['sportello', link])
    const heard: (ShellAsk | null)[] = []
    links.deliver((ask) => heard.push(ask))
    app.emit('second-instance', {}, ['sportello', '--allow-file-access-from-files', link])
    app.emit('second-instance', {}, ['sportello', '--original-process-start-time=1'])
    expect(heard).toEqual([caller, caller, null])
  })

  it('is refused aloud and written nowhere', async () => {
    const links = await listen(['sportello://caller/0612345678x'])
    const heard: (ShellAsk | null)[] = []
    links.deliver((ask) => heard.push(ask))
    openUrl('sportello://write/0612345678')
    openUrl(link)
    // By a second start as well, and once more while somebody listens.
    app.emit('second-instance', {}, ['sportello', link])
    app.emit('second-instance', {}, ['sportello', 'sportello://caller/0612345678x'])
    expect(heard).toEqual([{ do: 'badLink' }, { do: 'badLink' }, caller, caller, { do: 'badLink' }])
    // Neither of them has a word to say about a link, so that nothing of one can slip in.
    expect([output, logged]).toEqual(['', []])
  })

  describe('in a file', () => {
    let folder = ''
    beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'rossi-mario-'))))
    afterEach(() => rmSync(folder, { recursive: true, force: true }))

    const file = (name: string, content: string): string => {
      const path = join(folder, `${name}.sportello`)
      writeFileSync(path, content)
      return path
    }
    const openFile = (path: string): boolean => {
      let prevented = false
      app.emit('open-file', { preventDefault: () => (prevented = true) }, path)
      return prevented
    }

    it('is kept from the first command line until somebody hears it, and comes with a second start', async () => {
      const path = file('x', `${link}\n`)
      const heard: (ShellAsk | null)[] = []
      const links = await listen(['.', path])
      links.deliver((ask) => heard.push(ask))
      await vi.waitFor(() => expect(heard).toEqual([caller]))
      app.emit('second-instance', {}, ['sportello', '--', path])
      await vi.waitFor(() => expect(heard).toEqual([caller, caller]))
      expect(logged).toEqual([])
    })

    it('comes by event before the application is ready', async () => {
      const heard: (ShellAsk | null)[] = []
      const links = await listen()
      expect(openFile(file('x', link))).toBe(true)
      links.deliver((ask) => heard.push(ask))
      await vi.waitFor(() => expect(heard).toEqual([caller]))
    })

    it('that holds none is refused aloud, with a code and no path in the log', async () => {
      const heard: (ShellAsk | null)[] = []
      const links = await listen()
      links.deliver((ask) => heard.push(ask))
      openFile(file('two', `${link}\n${link}\n`))
      openFile(join(folder, 'gone.sportello'))
      openFile('/etc/passwd')
      app.emit('second-instance', {}, ['sportello', `\\\\server\\share\\x.sportello`])
      await vi.waitFor(() => expect(heard).toEqual(Array.from({ length: 4 }, () => ({ do: 'badLinkFile' }))))
      expect(logged).toEqual(Array.from({ length: 4 }, () => ['info', 'link_file_refused']))
      expect(output).toBe('')
    })
  })
})

describe('the state of the queue', () => {
  const status = { hub: 'none', lastSavedAt: null, queued: 4, lastDeliveredAt: null, dataAsOf: null, customers: 1 }
  const hub: CoreEvent = { kind: 'hub' }
  const wrote: CoreEvent = { kind: 'outbox', queued: 5, lastSavedAt: '2026-11-20T09:00:00.000Z' }
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())
  const settle = () => vi.advanceTimersByTimeAsync(1000)

  function follow(first: unknown) {
    let tell: (event: CoreEvent) => void = () => undefined
    const asked: string[] = []
    const changes: unknown[] = []
    const failures: unknown[] = []
    const now: { reply: unknown; client: string | null } = { reply: first, client: 'window-1' }
    const sync = followSync({
      core: {
        dispatch: ({ clientId }, request) => {
          asked.push(`${clientId} ${request}`)
          return now.reply instanceof Error ? Promise.reject(now.reply) : Promise.resolve(JSON.stringify(now.reply))
        },
        subscribe: (listener) => {
          tell = listener
          return () => undefined
        },
      },
      client: () => now.client,
      changed: () => changes.push(sync.outbox()),
      failed: (error) => failures.push(error),
    })
    return { sync, asked, changes, failures, now, tell: (event: CoreEvent) => tell(event) }
  }

  it('is asked through the core’s door as the client who is signed in, then follows the core’s events', async () => {
    const { sync, asked, changes, tell } = follow({ ok: true, value: status })
    sync.ask()
    await settle()
    tell(wrote)
    tell({ kind: 'changed', entity: 'ticket', ids: ['x'] })
    await settle()
    expect(asked).toEqual(['window-1 {"call":"outbox.status","input":{}}'])
    expect(changes).toEqual([{ queued: 4, hub: 'none' }, { queued: 5, hub: 'none' }])
  })

  it('is asked again when something has changed about the hub, once for many changes', async () => {
    const { sync, asked, changes, now, tell } = follow({ ok: true, value: status })
    sync.ask()
    await settle()
    now.reply = { ok: true, value: { ...status, hub: 'connected', queued: 0 } }
    for (let time = 0; time < 20; time++) tell(hub)
    await settle()
    now.reply = { ok: true, value: { ...status, hub: 'unreachable', queued: 0 } }
    tell(hub)
    await settle()
    expect(asked).toHaveLength(3)
    expect(changes).toEqual([{ queued: 4, hub: 'none' }, { queued: 0, hub: 'connected' }, { queued: 0, hub: 'unreachable' }])
  })

  it('is asked as whoever is signed in by then, and not at all while nobody is', async () => {
    const { sync, asked, now, tell } = follow({ ok: true, value: status })
    sync.ask()
    now.client = 'window-2'
    tell(hub)
    await settle()
    now.client = null
    tell(hub)
    sync.ask()
    await settle()
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['window-1', 'window-2'])
  })

  it('stays unknown where the core gives no answer', async () => {
    const { sync, changes, failures, now, tell } = follow({ ok: false, error: { code: 'not_signed_in' } })
    sync.ask()
    await settle()
    tell(wrote)
    now.reply = new Error('closed')
    sync.ask()
    await settle()
    expect(sync.outbox()).toBeNull()
    expect([changes, failures]).toEqual([[], [now.reply]])
  })

  it('is that of the newest question, whichever answer comes last', async () => {
    const { sync, now } = follow(null)
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    const waiting = [...answers]
    const core = { dispatch: () => waiting.shift()!.promise, subscribe: () => () => undefined }
    const slow = followSync({ core, client: () => now.client, changed: () => undefined, failed: () => undefined })
    slow.ask()
    slow.ask()
    answers[1]?.resolve(JSON.stringify({ ok: true, value: { ...status, queued: 2 } }))
    await settle()
    answers[0]?.resolve(JSON.stringify({ ok: true, value: { ...status, queued: 9 } }))
    await settle()
    expect([slow.outbox()?.queued, sync.outbox()]).toEqual([2, null])
  })
})
