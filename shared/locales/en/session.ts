import type { session as italian } from '../it/session.ts'
import type { TranslationOf } from '../shape.ts'

/** Words of the sign-in page and of the first start. */
export const session = {
  signIn: {
    title: 'Sign in to this desk',
    username: 'User name',
    password: 'Password',
    showPassword: 'Show the password',
    submit: 'Sign in',
    working: 'Opening the desk…',
    wait: 'You can try again in {time}.',
    waitReason: 'Wait until the count has ended',
    usernameMissing: 'Enter your user name.',
    passwordMissing: 'Enter the password.',
    left: 'You have signed out. Everything is saved on this desk. | You have signed out. One entry stays queued here, saved. | You have signed out. {n} entries stay queued here, saved.',
  },
  demo: {
    title: 'Demonstration',
    lead: 'Invented data. Choose who to sign in as.',
    use: 'Use',
    useAs: 'and sign in as {username}',
    username: 'User name',
    password: 'Password',
  },
  role: { agent: 'Agent', supervisor: 'Supervisor', administrator: 'Administrator' },
  setUp: {
    title: 'First start',
    lead: 'Name the desk and create its administrator. Others are added later, on the People page.',
    desk: 'Name of the desk',
    deskHelp: 'For example Trieste · TS-04. It stands beside whatever is written here.',
    name: 'First name and surname',
    nameHelp: 'As colleagues see it.',
    username: 'User name',
    usernameHelp: '2 to 64 characters. Capitals and small letters are the same.',
    password: 'Password',
    passwordHelp: '8 to 128 characters, no other rules: a sentence will do.',
    repeat: 'Repeat the password',
    keep: 'The data of this desk are encrypted: without this password nobody opens them, and it cannot be recovered.',
    submit: 'Create and sign in',
    working: 'Preparing the desk…',
  },
  field: {
    missing: 'This field is needed.',
    tooShort: 'At least {minimum} characters.',
    tooLong: 'At most {maximum} characters.',
    notEqual: 'The two passwords differ.',
  },
  error: {
    wrongCredentials: 'User name or password do not match.',
    tooManyAttempts: 'Too many attempts with this user name.',
    personDisabled: 'This person’s access is switched off. An administrator can switch it on again.',
    storeUnreadable: 'The data of this desk do not open. They were not touched: call support.',
    storeFromFuture: 'The data are from a newer version of Sportello. They were not touched: update the program.',
    alreadySetUp: 'The desk is ready already: sign in with your user name.',
    what: 'Signing in did not work.',
  },
} as const satisfies TranslationOf<typeof italian>
