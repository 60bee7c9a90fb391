import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { systemUpdater } from '../../../electron/main/electron-updater-port.ts'
import { WrongFileError } from '../../../electron/main/updates.ts'

type Fake = EventEmitter & Record<string, unknown> & { did: unknown[]; found: unknown; downloading: Promise<string[]>; quitting: () => void }
const library = vi.hoisted((): { autoUpdater: unknown } => ({ autoUpdater: null }))
// What it does with a server and a file is shown by tests/shell/updates, with the package itself.
vi.mock('electron-updater', () => ({
  default: {
    get autoUpdater() {
      return library.autoUpdater
    },
  },
}))

let fake: Fake
beforeEach(() => {
  const did: unknown[] = []
  fake = Object.assign(new EventEmitter(), {
    did,
    found: null,
    downloading: Promise.resolve(['/cache/new']),
    quitting: () => undefined,
    setFeedURL: (options: unknown) => void did.push(options),
    checkForUpdates: () => Promise.resolve(fake.found),
    downloadUpdate: () => fake.downloading,
    quitAndInstall: (...how: unknown[]) => {
      did.push(how)
      fake.quitting()
    },
  }) as unknown as Fake
  library.autoUpdater = fake
})
const make = () => systemUpdater(new URL('https://hub.example/updates/'))

describe('Electron’s updater', () => {
  it('does nothing by itself, asks one server, and logs nothing', async () => {
    await make()
    expect(fake).toMatchObject({ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false, allowPrerelease: false, logger: null })
    expect(fake.did).toEqual([{ provider: 'generic', url: 'https://hub.example/updates/' }])
  })

  it('survives errors that it tells by event', async () => {
    await make()
    expect(() => fake.emit('error', new Error('reset'))).not.toThrow()
  })

  it('offers what the server has, and nothing where it is off or has nothing', async () => {
    const updater = await make()
    expect(await updater.check()).toBeNull()
    fake.found = { isUpdateAvailable: false, updateInfo: { version: '1.0.0', files: [] } }
    expect(await updater.check()).toBeNull()
    fake.found = { isUpdateAvailable: true, updateInfo: { version: '1.4.0', files: [] } }
    expect(await updater.check()).toEqual({ version: '1.4.0', files: [] })
  })

  it('tells a wrong file from a line that broke', async () => {
    const updater = await make()
    expect(await updater.download()).toEqual(['/cache/new'])
    fake.downloading = Promise.reject(Object.assign(new Error('sha512 checksum mismatch'), { code: 'ERR_CHECKSUM_MISMATCH' }))
    await expect(updater.download()).rejects.toBeInstanceOf(WrongFileError)
    const broken = new Error('net::ERR_CONNECTION_RESET')
    fake.downloading = Promise.reject(broken)
    await expect(updater.download()).rejects.toBe(broken)
  })

  it('installs with a window and starts again; what it could not do it tells once, at once or later', async () => {
    const updater = await make()
    let failures = 0
    updater.install(() => void failures++)
    expect(fake.did.at(-1)).toEqual([false, true])
    expect(failures).toBe(0)
    fake.emit('error', new Error('later'))
    fake.emit('error', new Error('and again'))
    expect(failures).toBe(1)
    fake.quitting = () => void fake.emit('error', new Error('read-only folder'))
    updater.install(() => void failures++)
    expect(failures).toBe(2)
  })
})
