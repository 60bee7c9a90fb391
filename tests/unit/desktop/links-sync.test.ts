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
    expect(heard).toEqual([{ do: 'badLink' }, { do: 'badLink' }, caller])
    expect(output).not.toContain('0612345678')
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

  function follow(reply: unknown) {
    let tell: (event: CoreEvent) => void = () => undefined
    const asked: string[] = []
    const changes: (number | undefined)[] = []
    const sync = followSync(
      {
        dispatch: ({ clientId }, request) => {
          asked.push(`${clientId} ${request}`)
          return Promise.resolve(JSON.stringify(reply))
        },
        subscribe: (listener) => {
          tell = listener
          return () => undefined
        },
      },
      () => changes.push(sync.outbox()?.queued),
    )
    return { sync, asked, changes, tell: (event: CoreEvent) => tell(event) }
  }

  it('is asked through the core’s door as the client who is signed in, then follows the core’s events', async () => {
    const { sync, asked, changes, tell } = follow({ ok: true, value: status })
    await sync.ask('window-1')
    tell({ kind: 'outbox', queued: 5, lastSavedAt: '2026-11-20T09:00:00.000Z' })
    tell({ kind: 'changed', entity: 'ticket', ids: ['x'] })
    expect(asked).toEqual(['window-1 {"call":"outbox.status","input":{}}'])
    expect(sync.outbox()).toEqual({ queued: 5, hub: 'none' })
    expect(changes).toEqual([4, 5])
  })

  it('stays unknown where the core gives no answer', async () => {
    const { sync, changes, tell } = follow({ ok: false, error: { code: 'not_signed_in' } })
    await sync.ask('window-1')
    tell({ kind: 'outbox', queued: 5, lastSavedAt: '2026-11-20T09:00:00.000Z' })
    expect(sync.outbox()).toBeNull()
    expect(changes).toEqual([])
  })
})
