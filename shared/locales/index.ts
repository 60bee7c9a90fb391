/**
 * All words of the desk. One file per area and language; an area is added here with one line per language,
 * and the English file must have the keys of the Italian one or it does not compile.
 */
import { contact as enContact } from './en/contact.ts'
import { administration as enAdministration } from './en/administration.ts'
import { drafts as enDrafts } from './en/drafts.ts'
import { inbox as enInbox } from './en/inbox.ts'
import { sync as enSync } from './en/sync.ts'
import { customer as enCustomer } from './en/customer.ts'
import { portal as enPortal } from './en/portal.ts'
import { readings as enReadings } from './en/readings.ts'
import { tickets as enTickets } from './en/tickets.ts'
import { recovery as enRecovery } from './en/recovery.ts'
import { session as enSession } from './en/session.ts'
import { desk as enDesk } from './en/desk.ts'
import { lookup as enLookup } from './en/lookup.ts'
import { outbox as enOutbox } from './en/outbox.ts'
import { people as enPeople } from './en/people.ts'
import { settings as enSettings } from './en/settings.ts'
import { shell as enShell } from './en/shell.ts'
import { ui as enUi } from './en/ui.ts'
import { contact as itContact } from './it/contact.ts'
import { administration as itAdministration } from './it/administration.ts'
import { drafts as itDrafts } from './it/drafts.ts'
import { inbox as itInbox } from './it/inbox.ts'
import { sync as itSync } from './it/sync.ts'
import { customer as itCustomer } from './it/customer.ts'
import { portal as itPortal } from './it/portal.ts'
import { readings as itReadings } from './it/readings.ts'
import { tickets as itTickets } from './it/tickets.ts'
import { recovery as itRecovery } from './it/recovery.ts'
import { session as itSession } from './it/session.ts'
import { desk as itDesk } from './it/desk.ts'
import { lookup as itLookup } from './it/lookup.ts'
import { outbox as itOutbox } from './it/outbox.ts'
import { people as itPeople } from './it/people.ts'
import { settings as itSettings } from './it/settings.ts'
import { shell as itShell } from './it/shell.ts'
import { ui as itUi } from './it/ui.ts'
import type { KeysOf, TranslationOf } from './shape.ts'

export const languages = ['it', 'en'] as const
export type Language = (typeof languages)[number]

const italian = {
  contact: itContact,
  administration: itAdministration,
  drafts: itDrafts,
  inbox: itInbox,
  sync: itSync,
  customer: itCustomer,
  portal: itPortal,
  readings: itReadings,
  tickets: itTickets,
  recovery: itRecovery,
  session: itSession,
  desk: itDesk,
  lookup: itLookup,
  outbox: itOutbox,
  people: itPeople,
  settings: itSettings,
  shell: itShell,
  ui: itUi,
} as const

const english = {
  contact: enContact,
  administration: enAdministration,
  drafts: enDrafts,
  inbox: enInbox,
  sync: enSync,
  customer: enCustomer,
  portal: enPortal,
  readings: enReadings,
  tickets: enTickets,
  recovery: enRecovery,
  session: enSession,
  desk: enDesk,
  lookup: enLookup,
  outbox: enOutbox,
  people: enPeople,
  settings: enSettings,
  shell: enShell,
  ui: enUi,
} as const satisfies TranslationOf<typeof italian>

export const messages = { it: italian, en: english } as const

/** Every message there is, such as `ui.table.count`. */
export type MessageKey = KeysOf<typeof italian>
