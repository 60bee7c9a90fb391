import type Electron from 'electron'
import { KnownEvents, strict } from './strict.ts'

type UpdaterEvents = { 'before-quit-for-update': [] }

/** Of Electron's own updater, which does nothing on Linux, electron-updater says one event. */
export const autoUpdater = strict('autoUpdater', new KnownEvents<UpdaterEvents>('autoUpdater', { 'before-quit-for-update': 'said' }) satisfies Pick<Electron.AutoUpdater, 'emit'>)
