import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow, Display } from 'electron'
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveFile } from '../../../electron/main/save-file.ts'
import { openShellSettings } from '../../../electron/main/shell-settings.ts'
import { keepPlace, openingPlace } from '../../../electron/main/window-state.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-shell-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)
const csv = { name: 'letture.csv', text: 'a;b\r\n1;2\r\n' }

describe('saving a file', () => {
  it('writes it whole and leaves nothing beside it', async () => {
    expect(await saveFile(csv, folder, () => Promise.resolve(at('letture.csv')))).toBe('saved')
    expect(readFileSync(at('letture.csv'), 'utf8')).toBe(csv.text)
    expect(readdirSync(folder)).toEqual(['letture.csv'])
    if (process.platform !== 'win32') expect(statSync(at('letture.csv')).mode & 0o777).toBe(0o600)
  })

  it('writes the bytes that a text in base64 stands for', async () => {
    expect(await saveFile({ name: 'foto.png', text: 'iVBORwD/', encoding: 'base64' }, folder, () => Promise.resolve(at('foto.png')))).toBe('saved')
    expect([...readFileSync(at('foto.png'))]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff])
  })

  it('begins in the given folder with a name that holds no path', async () => {
    const proposed: string[] = []
    const outcome = await saveFile({ name: '../../x.csv', text: '' }, folder, ({ defaultPath }) => {
      proposed.push(defaultPath)
      return Promise.resolve(null)
    })
    expect([outcome, proposed, readdirSync(folder)]).toEqual(['cancelled', [at('_.._x.csv')], []])
  })

  it('keeps the extension, and asks again before it takes another file’s place', async () => {
    writeFileSync(at('letture.csv'), 'old')
    const asked: string[] = []
    const outcome = await saveFile(csv, folder, ({ defaultPath }) => {
      asked.push(defaultPath)
      return Promise.resolve(asked.length === 1 ? at('letture') : null)
    })
    expect(outcome).toBe('cancelled')
    expect(asked).toEqual([at('letture.csv'), at('letture.csv')])
    expect(readFileSync(at('letture.csv'), 'utf8')).toBe('old')
    expect(await saveFile(csv, folder, () => Promise.resolve(at('altre')))).toBe('saved')
    expect(readFileSync(at('altre.csv'), 'utf8')).toBe(csv.text)
  })

  it('says why when it cannot, and leaves what was there', async () => {
    expect(await saveFile(csv, folder, () => Promise.resolve(at('gone/letture.csv')))).toBe('folder_gone')
    mkdirSync(at('taken.csv'))
    expect(await saveFile(csv, folder, () => Promise.resolve(at('taken.csv')))).toBe('not_permitted')
    expect(await saveFile(csv, folder, () => Promise.resolve(at(`${'x'.repeat(300)}.csv`)))).toBe('name_too_long')
    expect(readdirSync(folder)).toEqual(['taken.csv'])
  })
})

describe('what the computer remembers', () => {
  const said: string[] = []
  const log = (_: string, event: string): void => void said.push(event)
  beforeEach(() => void (said.length = 0))

  it('survives a restart', () => {
    const settings = openShellSettings(folder, log)
    settings.change({ hotkey: null, keepRunning: true, language: 'en' })
    expect(settings.flush()).toBe(true)
    expect(openShellSettings(folder, log).get()).toEqual({ hotkey: null, keepRunning: true, language: 'en', places: [] })
  })

  it.each(['', '{', 'null', '[]', '"x"', '{"hotkey":7,"places":"x","language":"de","keepRunning":1}'])('starts afresh from a damaged file: %j', (text) => {
    writeFileSync(at('shell.json'), text)
    expect(openShellSettings(folder, log).get()).toEqual({ hotkey: 'CommandOrControl+Shift+Space', keepRunning: null, language: null, places: [] })
  })

  it('loses no more than the damaged part', () => {
    writeFileSync(at('shell.json'), '{"hotkey":"CommandOrControl+Shift+K","places":[{"key":"x"}],"keepRunning":true}')
    expect(openShellSettings(folder, log).get()).toMatchObject({ hotkey: 'CommandOrControl+Shift+K', keepRunning: true, places: [] })
  })

  it('goes on in memory when the disk refuses, and says so by a code', () => {
    mkdirSync(at('shell.json.new'))
    const settings = openShellSettings(folder, log)
    settings.change({ keepRunning: true })
    expect(settings.flush()).toBe(false)
    expect(settings.get().keepRunning).toBe(true)
    expect(said).toEqual(['shell_settings_not_written'])
    rmSync(at('shell.json.new'), { recursive: true })
    expect(settings.flush()).toBe(true)
  })

  it('is readable by its owner alone', () => {
    const settings = openShellSettings(folder, log)
    settings.change({ language: 'it' })
    settings.flush()
    if (process.platform !== 'win32') expect(statSync(at('shell.json')).mode & 0o777).toBe(0o600)
    chmodSync(at('shell.json'), 0o600)
  })
})

const display = (x: number, width: number, height: number): Display => ({ bounds: { x, y: 0, width, height }, workArea: { x, y: 0, width, height }, scaleFactor: 1 }) as Display
const screensOf = (...displays: [Display, ...Display[]]) => ({ getAllDisplays: () => displays, getPrimaryDisplay: () => displays[0] })

/** The part of a window that is asked for its place. */
function windowAt(bounds: { x: number; y: number; width: number; height: number }) {
  const state = { bounds, maximised: false, full: false, small: false, gone: false }
  const events = new EventEmitter()
  const window = Object.assign(events, {
    getNormalBounds: () => state.bounds,
    isMaximized: () => state.maximised,
    isFullScreen: () => state.full,
    isMinimized: () => state.small,
    isDestroyed: () => state.gone,
  })
  return { window: window as unknown as BrowserWindow, state, happens: (name: string) => events.emit(name) }
}

describe('a window', () => {
  const office = screensOf(display(0, 1920, 1040), display(1920, 2560, 1400))
  const alone = screensOf(display(0, 1366, 728))
  const place = { x: 2200, y: 100, width: 1500, height: 900 }

  it('comes back after a restart where and as it was closed', () => {
    const settings = openShellSettings(folder, () => undefined)
    const { window, state, happens } = windowAt(place)
    keepPlace(window, settings, office)
    state.maximised = true
    happens('maximize')
    happens('close')
    expect(existsSync(at('shell.json'))).toBe(true)
    expect(openingPlace(openShellSettings(folder, () => undefined), office, [])).toEqual({ bounds: place, smallest: { width: 1280, height: 720 }, state: 'maximised' })
  })

  it('has a place for each arrangement of displays, and one on what is there for a new one', () => {
    const settings = openShellSettings(folder, () => undefined)
    const atWork = windowAt(place)
    keepPlace(atWork.window, settings, office)
    atWork.happens('move')
    const away = openingPlace(settings, alone, [])
    expect(away.bounds.x + away.bounds.width).toBeLessThanOrEqual(1366)
    const atHome = windowAt({ x: 20, y: 0, width: 1280, height: 720 })
    keepPlace(atHome.window, settings, alone)
    atHome.happens('resize')
    expect(openingPlace(settings, office, []).bounds).toEqual(place)
    expect(openingPlace(settings, alone, []).bounds).toEqual({ x: 20, y: 0, width: 1280, height: 720 })
  })

  it('does not remember the place of its icon', () => {
    const settings = openShellSettings(folder, () => undefined)
    const { window, state, happens } = windowAt(place)
    keepPlace(window, settings, office)
    state.small = true
    happens('move')
    state.gone = true
    happens('close')
    expect(settings.get().places).toEqual([])
  })

  it('opens beside the first and never maximised over it', () => {
    const settings = openShellSettings(folder, () => undefined)
    const { window, state, happens } = windowAt(place)
    keepPlace(window, settings, office)
    state.full = true
    happens('enter-full-screen')
    expect(openingPlace(settings, office, [place])).toMatchObject({ state: 'normal', bounds: { x: place.x + 32, y: place.y + 32 } })
    expect(openingPlace(settings, office, []).state).toBe('full_screen')
  })
})
