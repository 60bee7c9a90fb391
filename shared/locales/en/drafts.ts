import type { drafts as italian } from '../it/drafts.ts'
import type { TranslationOf } from '../shape.ts'

/** Words about what is being typed and was not sent. */
export const drafts = {
  saved: 'draft saved {time}',
  savedEarlier: 'draft of {at}',
  failed: 'draft not saved: it is tried again',
  back: 'brought back, {age}',
  drop: 'Discard the draft',
  dropped: 'Draft discarded.',
  form: {
    ticketNew: 'New ticket',
    ticket: 'Text of a ticket',
    reading: 'Reading',
    portalLink: 'Linking a service',
    portalUnlink: 'Unlinking a service',
    contact: 'Contacts of a customer',
    identity: 'Name and codes of a customer',
    erase: 'Erasure of a customer',
    person: 'Person',
    localPerson: 'Person',
    office: 'Office',
    team: 'Team',
    territory: 'Territory',
    device: 'Desk',
    join: 'Joining a hub',
    correct: 'Correction of a refused entry',
    letGo: 'Why something is let go',
    contested: 'Choice among contested readings',
    late: 'Step that came too late',
  },
  other: 'Another text',
  removed: {
    title: 'A text that was not sent is no longer here. | A text that was not sent is no longer here. | {n} texts that were not sent are no longer here.',
    one: '{form}, {at}',
    why: 'The customer they were about went to another office or was erased: what was being written goes along.',
    read: 'I have read it',
  },
  unfinished: { title: 'Texts not sent', more: 'and one more | and one more | and {n} more' },
  ticket: {
    waiting: '{step}: text not sent, {at}',
    open: 'Go on',
    asNote: 'Put it into a note',
    notAllowed: 'The ticket has changed meanwhile: this step cannot be taken now.',
  },
  reading: {
    otherDay: 'Reading of {day} typed and not saved: {value}. Readings count for the day on which they are entered.',
    otherMeter: 'Reading of {day} typed and not saved: {value}. The meter was changed meanwhile.',
    reason: 'Reason typed: {reason}',
  },
} as const satisfies TranslationOf<typeof italian>
