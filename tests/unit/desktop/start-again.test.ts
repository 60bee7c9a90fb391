import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startAgain } from '../../../electron/main/start-again.ts'

const electron = vi.hoisted((): { app: { isPackaged: boolean; relaunched: unknown[] } } => ({ app: { isPackaged: true, relaunched: [] } }))
vi.mock('electron', () => ({ app: Object.assign(electron.app, { relaunch: (options: unknown) => void electron.app.relaunched.push(options) }) }))

const before = process.argv
beforeEach(() => {
  electron.app.isPackaged = true
  electron.app.relaunched.length = 0
  process.argv = ['/opt/sportello', '--data-dir=/dati', 'sportello://caller/0612345678']
})
afterEach(() => {
  process.argv = before
  vi.unstubAllEnvs()
})

describe('a new start', () => {
  it('has the arguments of this one without the caller it was opened for', () => {
    vi.stubEnv('APPIMAGE', undefined)
    startAgain()
    expect(electron.app.relaunched).toEqual([{ args: ['--data-dir=/dati'] }])
  })

  it('is that of the AppImage it came from, and not of one that a developer’s tools came from', () => {
    vi.stubEnv('APPIMAGE', '/home/anna/Sportello.AppImage')
    startAgain()
    electron.app.isPackaged = false
    startAgain()
    expect(electron.app.relaunched).toEqual([{ args: ['--appimage-extract-and-run', '--data-dir=/dati'], execPath: '/home/anna/Sportello.AppImage' }, { args: ['--data-dir=/dati'] }])
  })
})
