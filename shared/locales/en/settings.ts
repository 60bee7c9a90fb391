import type { settings as italian } from '../it/settings.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the page of personal preferences. */
export const settings = {
  title: 'Settings',
  lead: 'They are yours, on this desk. They save themselves.',
  look: 'Look and language',
  keyboard: 'Keyboard',
  singleKeys: 'Single keys act',
  singleKeysHelp: 'N, T, L and the others act by themselves, but never while you type in a field.',
  showKeys: 'Show all keys',
  lock: 'Lock',
  lockAfter: 'Lock the desk after',
  lockMinutes: '{n} minutes',
  lockHelp: 'Without a key or the mouse. The desk also locks when the computer goes to sleep or its screen is locked; tabs and texts stay saved.',
  account: 'Who you are',
  name: 'Name',
  username: 'User name',
  role: 'Role',
  desk: 'Desk',
} as const satisfies TranslationOf<typeof italian>
