import type { administration as italian } from '../it/administration.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the area where administrators decide, and supervisors read what they may. */
export const administration = {
  title: 'Administration',
  tabs: { label: 'What to administer', people: 'People', offices: 'Offices', teams: 'Teams', territories: 'Territories', devices: 'Desks', sessions: 'Sessions', refused: 'Refused', mail: 'E-mail', exports: 'Exports', audit: 'Audit log' },
  alone: {
    title: 'This desk works on its own',
    text: 'The people of this desk are kept here. A hub adds offices, teams, territories, the other desks, e-mail and a common audit log; and people then count on every desk.',
    join: 'Join a hub…',
  },
  away: { title: 'The hub cannot be reached', text: 'What is administered lives at the hub: it can be seen and changed when the line is back.' },
  session: { text: 'To see and change what the hub decides, it asks for your password.', act: 'Sign in at the hub' },
  column: {
    name: 'Name', username: 'User name', role: 'Role', access: 'Access', office: 'Office', team: 'Team', password: 'Password', territories: 'Territories', desks: 'Desks', people: 'People',
    rules: 'Rules', priority: 'Priority', customers: 'Customers', state: 'State', lastSeen: 'Seen', version: 'Version', behind: 'To receive', enrolled: 'Joined', person: 'Person', device: 'Desk',
    since: 'Since', until: 'Until', what: 'What', written: 'Written', refused: 'Refused', why: 'Why', template: 'Text', attempts: 'Attempts', created: 'Asked for', sent: 'Sent',
    number: 'No.', made: 'Made', rows: 'Rows', acknowledged: 'Received by billing', when: 'When', who: 'Who', subject: 'Record', act: '',
  },
  none: 'none',
  notYet: 'not yet',
  never: 'never',
  save: 'Save',
  saved: '{name}: saved.',
  edit: 'Change',
  failed: 'It was not saved.',
  kept: 'what you typed into the form.',
  listFailed: 'The list did not open.',
  empty: {
    people: 'No people.', offices: 'No offices: the first one is needed to let a desk join.', teams: 'No teams.', territories: 'No territories: without any, every office has all customers.',
    devices: 'No desks.', sessions: 'No open sessions.', refused: 'Nothing refused.', mail: 'No e-mail.', exports: 'No export files.', audit: 'The audit log is empty.',
  },
  people: {
    add: 'Add a person', addTitle: 'New person', editTitle: 'Change {name}',
    displayName: 'First and last name', username: 'User name', role: 'Role', office: 'Office', team: 'Team', active: 'May sign in',
    newPassword: 'New password', newPasswordHelp: 'Leave it empty to keep the one there is.', firstPasswordHelp: '8 to 128 characters. Hand it over in person: it is not shown again.',
    hasPassword: 'chosen', noPassword: 'at first sign-in',
    switchOff: 'Switch access off', switchOn: 'Switch access on', switchedOff: 'Access of {name} switched off: their sessions end everywhere.', switchedOn: 'Access of {name} switched on.',
    ownTitle: 'Switch your own access off?', ownText: 'You lose access on every desk; another administrator must give it back.', ownConfirm: 'Switch my access off',
    on: 'On', off: 'Off',
  },
  offices: { add: 'Add an office', addTitle: 'New office', editTitle: 'Change {name}', name: 'Name of the office', territories: 'Territories', territoriesHelp: 'The desks of the office hold the customers of these territories.', noTerritories: 'There are no territories: the office has all customers.' },
  teams: { add: 'Add a team', addTitle: 'New team', editTitle: 'Change {name}', name: 'Name of the team' },
  territories: {
    add: 'Add a territory', addTitle: 'New territory', editTitle: 'Change {name}', name: 'Name of the territory',
    priority: 'Priority', priorityHelp: '0 to 1000. A customer goes to the first territory that fits: small numbers first.', priorityWrong: 'A whole number from 0 to 1000.',
    rules: 'Rules', rulesHelp: 'One rule that fits is enough. Within a rule, what is empty fits everybody.', rule: 'Rule {n}', addRule: 'Add a rule', removeRule: 'Remove rule {n}', everyone: 'Without rules it has no customers.',
    brands: 'Brands', provinces: 'Provinces', provincesHelp: 'Two letters each, with spaces between: TS GO UD', provinceWrong: '“{text}” is not a province code.', towns: 'Towns', townsHelp: 'One per line.',
    allBrands: 'all brands', allProvinces: 'all provinces', summaryTowns: 'one town | one town | {n} towns', rulesCount: 'none | one | {n}',
    saved: '{name}: saved. It has {count} customers.', customers: 'Now it has {count} customers.',
  },
  devices: {
    code: 'Code for a new desk', codeTitle: 'Let a desk join', office: 'Office', kind: 'Code', short: 'Short, 10 minutes', long: 'Long, 7 days', shortHelp: 'Eight digits, to dictate to whoever sits at the desk.', longHelp: 'To copy into a message, for somebody who will use it in the coming days.',
    make: 'Make the code', once: 'It is shown only now, and works once.', copy: 'Copy', copied: 'Copied.', notCopied: 'It was not copied: select it and copy it by hand.', expiresIn: 'Expires in {time}', expiresAt: 'Expires {when}', expired: 'Expired: make another one.',
    stepsTitle: 'What to do with it', step1: 'On the new desk: Outbox, Join a hub.', step2: 'Enter the address of the hub and this code.', step3: 'The desk appears here as soon as it has joined.', another: 'Make another code', noOffice: 'An office is needed first.', toOffices: 'Go to offices', codeFor: 'Office {office}',
    editTitle: 'Change {name}', name: 'Name of the desk', active: 'Active', revoked: 'Revoked', purged: 'Emptied {when}', notPurged: 'not emptied yet', revoke: 'Revoke…',
    revokeTitle: 'Revoke {name}?',
    revokeText: 'From its next request on, the desk is let in no more and its sessions end. As soon as it connects it takes off the customers it holds; until then they stay encrypted on its disk. What it had not sent yet will not arrive. This cannot be undone: to come back it needs a new code.',
    revokeConfirm: 'Revoke the desk', revokeDone: '{name} is revoked.', behindNone: 'nothing', self: 'this one', moved: '{name} is now in {office}.',
  },
  sessions: { end: 'End', endTitle: 'End the session of {name}?', endText: 'On {device} the hub will ask for their password again. What they wrote stays saved.', endConfirm: 'End the session', ended: 'Session of {name} ended.', self: 'yours' },
  refused: { note: 'What the hub could not carry out. On each desk it stays in sight of whoever wrote it, with the same reason.' },
  mail: { retry: 'Try again', retried: 'Queued again.', state: { queued: 'Queued', sending: 'Leaving', sent: 'Sent', failed: 'Failed', refused: 'Address refused', bounced: 'Came back' }, template: { ticket_answered: 'Answer to a ticket', account_confirm: 'Confirmation of a registration', account_password: 'Choice of a password', payment_link: 'Payment link' } },
  exports: { acknowledgedNot: 'not yet' },
  audit: { verified: 'The chain of the audit log is whole.', broken: 'The chain of the audit log does not hold: something was taken out or changed. Tell whoever runs the hub.', more: 'More entries', kind: {
    signed_in: 'Signed in', signed_out: 'Signed out', set_up: 'First set-up', searched: 'Lookup', opened_customer: 'Customer opened', verified_caller: 'Caller verified', opened_ticket: 'Ticket opened', listed: 'List read', wrote: 'Write', exported: 'Export', administered: 'Administration',
    enrolled: 'Desk joined', revoked: 'Desk revoked', purged: 'Desk emptied', looked_up: 'Lookup outside the territory', refused: 'Operation refused', erased: 'Customer erased', session_ended: 'Session ended',
  } },
  error: {
    noHub: 'This desk has no hub.', hubUnreachable: 'The hub does not answer: try again when the line is back.', hubSession: 'The hub asks for your password.', hubRefused: 'The hub does not allow it.',
    usernameTaken: 'This user name exists already.', lastAdministrator: 'This is the last administrator with access: create another one first.', personNotFound: 'This person is not there any more.', passwordMissing: 'A new person needs a password.', nameTaken: 'This name exists already.', notFound: 'It is not there any more: somebody else took it away.',
  },
} as const satisfies TranslationOf<typeof italian>
