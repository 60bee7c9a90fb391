import type { people as italian } from '../it/people.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the page where an administrator keeps the people of the desk. */
export const people = {
  title: 'People',
  column: { name: 'Name', username: 'User name', role: 'Role', access: 'Access' },
  access: { on: 'On', off: 'Off' },
  add: 'Add a person',
  addTitle: 'New person',
  roleLabel: 'Role',
  roleHelp: { agent: 'Looks up, opens sheets and tickets, enters readings.', supervisor: 'As the agent, and reviews the work.', administrator: 'As the supervisor, and keeps people and data.' },
  firstPassword: 'Password',
  firstPasswordHelp: '8 to 128 characters. Hand it over in person: it is not shown again.',
  submit: 'Add',
  added: '{name} can sign in with the user name {username}.',
  switchOff: 'Switch access off',
  switchOn: 'Switch access on',
  switchedOff: 'Access of {name} switched off.',
  switchedOn: 'Access of {name} switched on.',
  self: 'you',
  ownTitle: 'Switch your own access off?',
  ownText: 'You are signed out at once, and another administrator must let you in again.',
  ownConfirm: 'Switch my access off',
  error: {
    what: 'The list of people did not open.',
    usernameTaken: 'This user name exists already.',
    personNotFound: 'This person is not there any more.',
    managedByHub: 'This desk follows a hub: people are managed there, under Administration.',
    lastAdministrator: 'This is the last administrator with access: create another one first.',
  },
} as const satisfies TranslationOf<typeof italian>
