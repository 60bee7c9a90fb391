/** Every call there is, by area. The only barrel in the project. */
import { administrationCalls } from './administration.ts'
import { customersCalls } from './customers.ts'
import { hubCalls } from './hub.ts'
import { inboxCalls } from './inbox.ts'
import { lookupCalls } from './lookup.ts'
import { outboxCalls } from './outbox.ts'
import { peopleCalls } from './people.ts'
import { portalCalls } from './portal.ts'
import { readingsCalls } from './readings.ts'
import { recoveryCalls } from './recovery.ts'
import { referenceCalls } from './reference.ts'
import { sessionCalls } from './session.ts'
import { ticketsCalls } from './tickets.ts'
import { workspaceCalls } from './workspace.ts'
import type { InputOf, ReplyOf } from './call.ts'

export const contract = {
  session: sessionCalls,
  recovery: recoveryCalls,
  people: peopleCalls,
  lookup: lookupCalls,
  customers: customersCalls,
  tickets: ticketsCalls,
  readings: readingsCalls,
  portal: portalCalls,
  workspace: workspaceCalls,
  outbox: outboxCalls,
  inbox: inboxCalls,
  reference: referenceCalls,
  hub: hubCalls,
  administration: administrationCalls,
} as const

export type Contract = typeof contract
export type Area = keyof Contract

/** The renderer's view: `core.tickets.open(input)` answers an envelope and never rejects. */
export type CoreClient = {
  readonly [A in Area]: {
    readonly [C in keyof Contract[A]]: (input: InputOf<Contract[A][C]>) => Promise<ReplyOf<Contract[A][C]>>
  }
}

/** `area.call` as it travels. */
export type CallName = { [A in Area]: `${A}.${keyof Contract[A] & string}` }[Area]

export function callNames(): CallName[] {
  return Object.entries(contract).flatMap(([area, calls]) => Object.keys(calls).map((name) => `${area}.${name}` as CallName))
}
