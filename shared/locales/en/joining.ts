import type { MessageTree } from '../shape.ts'

/** Words of joining a hub, and of showing it who is there. */
export const join = {
  title: 'Join this desk to a hub',
  lead: 'It takes the one-time code that an administrator of the hub makes under Administration, Desks.',
  whatTitle: 'What happens',
  whatKeep: 'What was written here stays, and is sent to the hub.',
  whatPeople: 'The people of this desk become people of the hub; from then on the hub decides roles. With a code that is not the first one, those who come are agents until an administrator changes it.',
  whatData: 'The customers become those of the hub, for the territories of the office. Work goes on: what is here can be searched already.',
  whatBack: 'There is no way back from here: a desk is taken out at the hub, by revoking it.',
  address: 'Address of the hub',
  addressHelp: 'As it was given to you, for instance https://hub.company.it',
  code: 'Code',
  codeHelp: 'Eight digits, or the long code. It works once.',
  submit: 'Join',
  working: 'Introducing this desk to the hub…',
  workingText: 'It may take a minute. What is written here is safe whatever happens.',
  doneTitle: 'Joined to {hub}',
  doneText: 'Office {office}. The first copy of the data is on its way: work can begin.',
  doneClose: 'Go to sync',
  failed: 'The desk was not joined.',
  safe: 'everything on this desk, which goes on working on its own.',
  missing: 'Enter what you were given.',
  error: {
    alreadyJoined: 'This desk is joined to a hub already.',
    addressInvalid: 'This is not the address of a hub: it must begin with https:// (http:// only on this computer).',
    hubUnreachable: 'Nobody answers at this address. Check the address and the network.',
    notAHub: 'What answers at this address is not a hub of Sportello.',
    codeInvalid: 'The code is not right. Check it digit by digit.',
    hubEmpty: 'The hub has no customers for this office yet: joining, this desk would lose its own. Load the extracts at the hub first (npm run hub -- import), then try again with the same code.',
    customersMissing: 'The hub lacks {count} customers about whom something was written here, or they belong to another territory: it could not take it. Load their extracts at the hub first, then try again with the same code.',
    codeExpired: 'The code has expired or was used: ask for a new one.',
    tooOld: 'This program is too old for that hub: update Sportello.',
    hubRefused: 'The hub has refused.',
  },
} as const satisfies MessageTree

/** Words of the password that the hub asks for. */
export const hubSession = {
  title: 'Your password, for the hub',
  text: 'For this action the hub wants to know who you are. It is the password you sign in with here; what you have typed stays where it is.',
  password: 'Password',
  submit: 'Continue',
  needed: 'You are not signed in at the hub: lookups outside the territory and the administration will ask for your password.',
  missing: 'Enter the password.',
  error: {
    noHub: 'This desk has no hub.',
    hubUnreachable: 'The hub does not answer: try again when the line is back.',
    wrongCredentials: 'The hub does not recognise this password.',
    tooManyAttempts: 'Too many attempts: wait a little and try again.',
    personDisabled: 'Your access is switched off at the hub.',
    hubRefused: 'The hub has refused.',
    hubSession: 'The hub asks for your password.',
  },
} as const satisfies MessageTree
