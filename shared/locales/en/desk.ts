import type { desk as italian } from '../it/desk.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the desk itself: areas, tabs, state of the work, refusals that any call may give. */
export const desk = {
  areas: { settings: 'Settings', settingsShort: 'Settings', administration: 'Admin' },
  group: 'Desk',
  signOut: 'Sign out',
  goLookup: 'Find',
  goTickets: 'Go to tickets',
  goOutbox: 'Go to sync',
  goAdministration: 'Go to administration',
  goSettings: 'Go to settings',
  closeTab: 'Close the tab',
  newTicket: 'New ticket',
  untitled: 'Opening…',
  restoreFailed: 'The tabs of before did not open.',
  restoreSafe: 'they are still saved on this desk.',
  tabGone: 'This tab is closed.',
  hostGone: {
    silent: 'Sportello does not answer: the program has stopped.',
    stranger: 'Sportello was started again: this page can no longer speak to it.',
    safe: 'everything that was shown as saved is on this desk.',
    startAgain: 'copy any text not shown as saved, start the program again and open the address it prints.',
    openAddress: 'copy any text not shown as saved and open the address printed in the terminal.',
  },
  status: {
    noHub: 'Standalone desk, no hub',
    noHubWhy: 'There is no hub to send to: everything stays saved and queued on this desk',
    noData: 'No data loaded',
    dataOf: 'Data of {date}, {time}',
    index: 'Index {share}: {done} of {total}',
    openOutbox: 'Open the outbox',
  },
  error: {
    invalidInput: 'What was entered was not accepted.',
    unknownCall: 'This version does not have this function.',
    notSignedIn: 'The session has ended: sign in again.',
    forbidden: 'Your role does not allow it.',
    internal: 'Something did not work.',
    storageFull: 'The disk of this desk is full: free some space and try again.',
    storageReadOnly: 'The desk cannot write to its disk.',
    storageDamaged: 'Part of the store cannot be read. What is shown as saved is safe: sign out and in again to mend it.',
    newerVersion: 'This can only be read here: the hub is newer than this desk. It can be changed once the desk is updated.',
    closing: 'The desk is closing.',
    unreachable: 'The desk does not answer. Try again; if the program was closed, start it again.',
  },
} as const satisfies TranslationOf<typeof italian>
