import type { Preferences } from '../../shared/contract/session.ts'
import { defaultLockMinutes } from '../../shared/domain/lock.ts'
import type { Store } from './store/store.ts'

/** Of somebody who has chosen nothing, and of nobody. */
export const defaultPreferences: Preferences = { language: null, theme: null, singleKeys: true, lockMinutes: defaultLockMinutes }

export function readPreferences(store: Store, personId: string): Preferences {
  const text = store.rawReader.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(preferencesKey(personId))
  return typeof text === 'string' ? { ...defaultPreferences, ...(JSON.parse(text) as Preferences) } : defaultPreferences
}

export function preferencesKey(personId: string): string {
  return `preferences:${personId}`
}
