import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canShowWindows, installedElectron, mayFetch } from '../../../scripts/find-electron.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-electron-'))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'package.json'), '{"version":"45.4.1"}')
  writeFileSync(join(folder, 'path.txt'), 'electron')
  writeFileSync(join(folder, 'dist', 'version'), 'v45.4.1')
  writeFileSync(join(folder, 'dist', 'electron'), '')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('Electron’s runtime', () => {
  it('is used when it is whole and of the pinned version', () => expect(installedElectron(folder)).toBe(join(folder, 'dist', 'electron')))

  it.each(['path.txt', 'dist/version', 'dist/electron', 'dist', 'package.json'])('is not used when %s is missing', (name) => {
    rmSync(join(folder, name), { recursive: true })
    expect(installedElectron(folder)).toBeNull()
  })

  it('is not used when it is of another version', () => {
    writeFileSync(join(folder, 'dist', 'version'), 'v44.0.0')
    expect(installedElectron(folder)).toBeNull()
  })

  it('is not looked for where no window could open', () => {
    expect(canShowWindows({ platform: 'linux', env: {}, root: false })).toBe(false)
    expect(canShowWindows({ platform: 'linux', env: { DISPLAY: ':0' }, root: true })).toBe(false)
    expect(canShowWindows({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, root: false })).toBe(true)
    expect(canShowWindows({ platform: 'darwin', env: {}, root: false })).toBe(true)
    expect(canShowWindows({ platform: 'win32', env: {}, root: false })).toBe(true)
  })

  it('is not fetched against the person’s wish', () => {
    expect(mayFetch({ npm_config_offline: 'true' })).toBe(false)
    expect(mayFetch({ ELECTRON_SKIP_BINARY_DOWNLOAD: '1' })).toBe(false)
    expect(mayFetch({})).toBe(true)
  })
})
