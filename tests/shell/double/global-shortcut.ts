import type Electron from 'electron'
import { onCommand } from './link.ts'
import { machine } from './settings.ts'
import { strict } from './strict.ts'

const callbacks = new Map<string, () => void>()

export const globalShortcut = strict('globalShortcut', {
  register: (accelerator, callback) => {
    if (machine.takenShortcuts.includes(accelerator) || callbacks.has(accelerator)) return false
    callbacks.set(accelerator, callback)
    return true
  },
  isRegistered: (accelerator) => callbacks.has(accelerator),
  unregister: (accelerator) => void callbacks.delete(accelerator),
  unregisterAll: () => callbacks.clear(),
} satisfies Pick<Electron.GlobalShortcut, 'register' | 'isRegistered' | 'unregister' | 'unregisterAll'>)

export function registered(): readonly string[] {
  return [...callbacks.keys()]
}

onCommand('press-shortcut', ({ accelerator }) => {
  const callback = callbacks.get(accelerator)
  if (!callback) throw new Error(`Nobody has registered ${accelerator}`)
  callback()
  return null
})
