import type { MessageTree } from '../shape.ts'

/** Words of what is carried to the hub in a sealed file, and of leaving while something waits. */
export const envelope = {
  title: 'Without a line',
  lead: 'What waits here can go to the hub in a sealed envelope, on a stick: only the hub opens it, and any connected desk delivers it.',
  make: 'Save an envelope…',
  made: 'Envelope saved: one change. Here it goes on waiting until the hub confirms. | Envelope saved: one change. Here it goes on waiting until the hub confirms. | Envelope saved: {count} changes. Here they go on waiting until the hub confirms.',
  relay: 'Deliver an envelope…',
  relaying: 'Delivering the envelope to the hub…',
  relayed: 'Envelope of {desk} delivered: {taken} new of {operations}.',
  relayedRefused: 'The hub refused one of these: the desk that wrote it shows why. | The hub refused one of these: the desk that wrote it shows why. | The hub refused {count} of these: the desk that wrote them shows why.',
  nothingNew: 'Envelope of {desk}: the hub had everything already.',
  fileName: 'envelope-{desk}-{at}.envelope',
  tooLarge: 'This file is too large for an envelope.',
  error: {
    noHub: 'This desk has no hub.',
    nothingWaits: 'Nothing waits here: no envelope is needed.',
    noKey: 'This desk has not got the hub’s key yet: it gets it when it first connects.',
    invalid: 'This is no envelope for this hub, or it is damaged. Nothing was delivered from there on: try again with a good copy.',
    origin: 'The desk that made this envelope is no longer let in by the hub: nothing was taken.',
    outdated: 'After this envelope the desk that made it began its queue anew: what it still has comes from there. Keep the envelope until everything there is confirmed.',
    hubUnreachable: 'The hub does not answer: try again when the line is back. What has arrived is not repeated.',
    hubRefused: 'The hub refused the envelope.',
  },
} as const satisfies MessageTree

/** Words of signing out while something waits. */
export const leaving = {
  title: 'One change has not left yet | One change has not left yet | {count} changes have not left yet',
  lead: 'The hub does not answer. What waits stays saved and encrypted on this PC and leaves by itself when the line is back, whoever signs in. If this PC will stay off, save a sealed envelope: any connected desk delivers it.',
  seal: 'Save an envelope and sign out',
  leave: 'Sign out',
  stay: 'Stay',
} as const satisfies MessageTree
