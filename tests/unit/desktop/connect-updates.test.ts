import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followUpdates } from '../../../electron/main/connect-updates.ts'
import { signManifest } from '../../../electron/main/policy/update-manifest.ts'
import type { PinnedKey } from '../../../electron/main/policy/update-manifest.ts'
import type { Updater } from '../../../electron/main/updates.ts'
import type { BusyKind } from '../../../electron/core/busy.ts'
import type { Core } from '../../../electron/core/core.ts'
import { installer, makeReleaseKey, sampleManifest, sha512 } from '../../support/release-keys.ts'

type Box = { readonly message: string; readonly buttons: readonly string[]; readonly type: string }
type Hoisted = { app: unknown; answers: (number | Promise<number>)[]; boxes: Box[]; server: (address: string) => Promise<Response>; keys: PinnedKey[] }
const made = vi.hoisted((): Hoisted => ({ app: null, answers: [], boxes: [], server: () => Promise.reject(new Error('offline')), keys: [] }))
vi.mock('electron', () => ({
  get app() {
    return made.app
  },
  net: { fetch: (address: string) => made.server(address) },
  dialog: {
    showMessageBox: async (options: Box) => {
      made.boxes.push(options)
      return { response: (await made.answers.shift()) ?? 1 }
    },
  },
}))
vi.mock('../../../electron/main/update-keys.ts', () => ({
  get pinnedUpdateKeys() {
    return made.keys
  },
}))

const key = makeReleaseKey('2026-a')
const [minute, hour] = [60_000, 60 * 60_000]
let folder: string
let done: string[]
let said: string[]
let busy: BusyKind[]
let install: (failed: () => void) => void
const app = () => made.app as { isPackaged: boolean }

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T09:00:00.000Z'), toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  folder = mkdtempSync(join(tmpdir(), 'sportello-updates-'))
  Object.defineProperty(process, 'resourcesPath', { value: folder, configurable: true })
  writeFileSync(join(folder, 'installer'), installer)
  writeFileSync(join(folder, 'updates.json'), '{"url":"https://hub.example/updates/"}')
  ;[done, said, busy] = [[], [], []]
  install = () => undefined
  const act = (what: string) => () => void done.push(what)
  made.app = { isPackaged: true, getVersion: () => '1.3.0', releaseSingleInstanceLock: act('release'), relaunch: act('relaunch'), quit: act('quit') }
  made.answers = []
  made.boxes = []
  made.keys = [key.pinned]
  made.server = () => Promise.resolve(new Response(new Uint8Array(signManifest(sampleManifest(), key.id, key.privateKey))))
})
afterEach(() => {
  vi.useRealTimers()
  Reflect.deleteProperty(process, 'resourcesPath')
  rmSync(folder, { recursive: true, force: true })
})

function follow(): void {
  const updater: Updater = {
    check: () => Promise.resolve({ version: '1.4.0', files: [{ url: 'Sportello-Setup-1.4.0.exe', sha512: sha512(installer), size: installer.length }] }),
    download: () => Promise.resolve([join(folder, 'installer')]),
    install: (failed) => {
      done.push('install')
      install(failed)
    },
  }
  const core = {
    desk: { busy: () => busy },
    close: () => {
      done.push('close')
      return Promise.resolve()
    },
  } as unknown as Core
  followUpdates({
    core,
    dataDir: folder,
    log: (_level, event, fields = {}) => void said.push([event, ...Object.values(fields)].join(' ')),
    updaterFor: ({ href }) => {
      done.push(`for ${href}`)
      return Promise.resolve(updater)
    },
  })
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
/** Timers that fall due, and what follows at once. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await turn()
}
/** The installer is read from the disk, which takes its time. */
async function until(holds: () => boolean): Promise<void> {
  const ends = performance.now() + 10_000
  while (!holds() && performance.now() < ends) await turn()
  expect(holds()).toBe(true)
}
const checked = (times: number) => until(() => said.filter((line) => line.startsWith('update_checked') || line.startsWith('update_refused')).length === times)
const installed = () => until(() => done.includes('install'))

describe('following updates', () => {
  it.each([
    ['under development', () => void (app().isPackaged = false), 'updates_off no_server'],
    ['without a server', () => rmSync(join(folder, 'updates.json')), 'updates_off no_server'],
    ['with a server that is not secure', () => writeFileSync(join(folder, 'updates.json'), '{"url":"http://hub.example/"}'), 'updates_off no_server'],
    ['without a key', () => void (made.keys = []), 'updates_off no_keys'],
  ])('is off %s, and asks nobody', async (_, change, line) => {
    change()
    const asked = vi.fn(made.server)
    made.server = asked
    follow()
    await pass(24 * hour)
    expect(said).toEqual([line])
    expect(asked).not.toHaveBeenCalled()
  })

  it('looks after two minutes and every four hours, by one updater', async () => {
    made.server = () => Promise.resolve(new Response(null, { status: 404 }))
    follow()
    await pass(2 * minute - 1)
    expect(said).toEqual([])
    await pass(1)
    await checked(1)
    await pass(4 * hour)
    await checked(2)
    await pass(4 * hour)
    await checked(3)
    expect(said).toEqual(['update_checked unsigned', 'update_checked unsigned', 'update_checked unsigned'])
    expect(done).toEqual(['for https://hub.example/updates/'])
  })

  it.each([
    ['an error of the server', () => Promise.resolve(new Response('', { status: 500 })), 'update_checked unreachable'],
    ['no network', () => Promise.reject(new Error('offline')), 'update_checked unreachable'],
    ['an endless answer', () => Promise.resolve(new Response('x'.repeat(200_000))), 'update_refused too_long'],
  ])('survives %s', async (_, server, line) => {
    made.server = server
    follow()
    await pass(2 * minute)
    await checked(1)
    expect(said).toEqual([line])
    expect(done).not.toContain('install')
  })

  it('asks in both languages, closes the store, lets the next version in, and installs', async () => {
    made.answers = [0]
    follow()
    await pass(2 * minute)
    await installed()
    expect(made.boxes).toHaveLength(1)
    expect(made.boxes[0]).toMatchObject({ message: expect.stringMatching(/versione 1\.4\.0.*\n.*Version 1\.4\.0/) as string, buttons: ['Aggiorna ora / Update now', 'Più tardi / Later'] })
    expect(done).toEqual(['for https://hub.example/updates/', 'close', 'release', 'install'])
    expect(said).toEqual(['update_checked ready', 'update_installing'])
  })

  it('asks again after four hours when the person said later', async () => {
    follow()
    await pass(2 * minute)
    await until(() => made.boxes.length === 1)
    await pass(4 * hour)
    await until(() => made.boxes.length === 2)
    expect(done).not.toContain('close')
  })

  it('asks once while the question stands', async () => {
    const answer = Promise.withResolvers<number>()
    made.answers = [answer.promise]
    follow()
    await pass(2 * minute)
    await until(() => made.boxes.length === 1)
    await pass(12 * hour)
    answer.resolve(0)
    await installed()
    expect(made.boxes).toHaveLength(1)
    expect(said).toEqual(['update_checked ready', 'update_installing'])
  })

  it.each(['push', 'migration', 'import'] as const)('waits out a %s, and asks ten minutes later', async (kind) => {
    busy = [kind]
    made.answers = [0]
    follow()
    await pass(2 * minute)
    await checked(1)
    await pass(25 * minute)
    expect(made.boxes).toEqual([])
    busy = []
    await pass(10 * minute)
    await installed()
    expect(made.boxes).toHaveLength(1)
  })

  it('says that the installer did not start, and starts the desk again', async () => {
    made.answers = [0, 0]
    install = (failed) => failed()
    follow()
    await pass(2 * minute)
    await until(() => done.includes('quit'))
    expect(said).toEqual(['update_checked ready', 'update_installing', 'update_not_installed'])
    expect(made.boxes[1]).toMatchObject({ type: 'error', message: expect.stringMatching(/non è riuscito.*\n.*could not/) as string })
    expect(done.slice(-3)).toEqual(['install', 'relaunch', 'quit'])
  })
})
