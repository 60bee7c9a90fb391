/**
 * What must have become of everything, told from what people typed, the order in which the hub took it, and the rules of reliability table 3.6.
 * Knows no code of the product: whoever changes a rule there changes it here by hand, or histories fail.
 */
import type { Conflict, Decision, Event, Expected, Link, OracleInput, Reading, Ticket, Verdict } from './expected.ts'
import type { Entry, Written } from './ledger.ts'
import { homes, offices, people, places } from './small-utility.ts'

/** From which states a step may be taken, and where to. */
const moves: { readonly [step: string]: { readonly from: readonly string[]; readonly to: string | null; readonly event: string } } = {
  take: { from: ['new', 'in_charge', 'waiting'], to: 'in_charge', event: 'taken' },
  note: { from: ['new', 'in_charge', 'waiting', 'answered', 'closed', 'cancelled'], to: null, event: 'noted' },
  wait: { from: ['in_charge'], to: 'waiting', event: 'waiting' },
  answer: { from: ['in_charge', 'waiting'], to: 'answered', event: 'answered' },
  close: { from: ['answered', 'in_charge'], to: 'closed', event: 'closed' },
  reopen: { from: ['answered', 'closed', 'cancelled'], to: 'in_charge', event: 'reopened' },
  cancel: { from: ['new', 'in_charge', 'waiting'], to: 'cancelled', event: 'cancelled' },
}
const rejected = (code: string): Verdict => ({ outcome: 'rejected', code })
const applied: Verdict = { outcome: 'applied', code: null }

export function expect(input: OracleInput): Expected {
  const { ledger, decided, deviceIds, personIds } = input
  const staff = people.map(({ role }): { role: string; active: boolean } => ({ role, active: true }))
  const officeOf = places.map(({ office }): string => offices[office].id)
  const holds = new Map<string, readonly string[]>(offices.map(({ id, territories }) => [id, territories]))
  const letGo = new Set<number>()
  const afterRevocation: string[] = []
  /** Erased ids, with the territory from which they went. */
  const erased = new Map<string, string | null>()
  const state = {
    verdicts: new Map<string, Verdict>(),
    tickets: new Map<string, Ticket>(),
    events: new Map<string, Event>(),
    readings: new Map<string, Reading>(),
    contacts: new Map(input.contacts.map(({ id, ...fields }) => [id, new Map(Object.entries(fields))])),
    conflicts: new Map<string, Conflict>(),
    links: new Map<string, Link>(),
    decisions: new Map<string, Decision>(),
    territoryOf: new Map<string, string>(Object.entries(homes)),
  }

  for (const { kind, subject, deviceId, details } of decided) {
    const desk = deviceId === null ? -1 : deviceIds.indexOf(deviceId)
    if (kind === 'wrote' || kind === 'refused') {
      const opId = String(details['opId'])
      const entry = ledger.entries.get(opId)
      if (letGo.has(desk)) afterRevocation.push(opId)
      if (entry) state.verdicts.set(opId, decide(entry))
    } else if (kind === 'erased') erase(String(subject))
    else if (kind === 'person_changed') staff[personIds.indexOf(String(subject))] = { role: String(details['role']), active: details['active'] === true }
    else if (kind === 'territory_changed') moveGreco()
    else if (kind === 'office_changed') holds.set(String(subject), details['territories'] as string[])
    else if (kind === 'device_changed') officeOf[deviceIds.indexOf(String(subject))] = String(details['office'])
    else if (kind === 'device_revoked') letGo.add(deviceIds.indexOf(String(subject)))
  }

  function moveGreco(): void {
    const greco = 'etra:030777'
    const now = state.territoryOf.get(greco)
    if (now !== undefined) state.territoryOf.set(greco, now === 'T1' ? 'T2' : 'T1')
  }

  function scopesAt(desk: number): readonly string[] {
    return holds.get(officeOf[desk] ?? '') ?? []
  }

  function decide(entry: Entry): Verdict {
    const { what, person, desk, opId } = entry
    if (what.kind === 'bad' && what.first) return rejected(what.code)
    const actor = staff[person]!
    if (!actor.active) return rejected('actor_disabled')
    if ((what.kind === 'settle' || what.kind === 'replace' || what.kind === 'identity') && actor.role === 'agent') return rejected('role')
    if (what.kind === 'bad') return rejected(what.code)
    const refusal = refusalOfPlace(what, opId, scopesAt(desk))
    return refusal === null ? carryOut(entry, personIds[person]!) : rejected(refusal)
  }

  /** Erased, or somebody else's customer. */
  function refusalOfPlace(what: Written, opId: string, scopes: readonly string[]): string | null {
    const typed = namesIn(what)
    const concerned = concernsOf(what)
    const all = [...typed, ...subjectsOf(what), ...concerned.map(({ customerId }) => customerId)]
    if (all.some((id) => scopes.includes(erased.get(id) ?? ''))) {
      // What hangs on it later is refused for the same reason.
      for (const id of typed) if (erased.has(id)) erased.set(opId, erased.get(id) ?? null)
      return 'erased'
    }
    for (const { customerId, hidden } of concerned) if (!scopes.includes(state.territoryOf.get(customerId) ?? '')) return hidden ?? 'outside_territory'
    return null
  }

  function concernsOf(what: Written): readonly { customerId: string; hidden?: string }[] {
    switch (what.kind) {
      case 'step': {
        const ticket = state.tickets.get(what.ticketId)
        return ticket ? [{ customerId: ticket.customerId }] : []
      }
      case 'conflict': {
        const conflict = state.conflicts.get(what.conflictId)
        return conflict ? [{ customerId: conflict.customerId }] : []
      }
      case 'unlink': {
        const link = state.links.get(what.linkId)
        return link ? [{ customerId: link.profileOf }] : []
      }
      case 'link':
        return what.holderId === what.customerId || !state.contacts.has(what.holderId) ? [{ customerId: what.customerId }] : [{ customerId: what.customerId }, { customerId: what.holderId, hidden: 'service_not_found' }]
      case 'bad':
        return []
      default:
        return [{ customerId: what.customerId }]
    }
  }

  function carryOut({ opId, what, at }: Entry, actor: string): Verdict {
    switch (what.kind) {
      case 'open':
        state.tickets.set(opId, { id: opId, customerId: what.customerId, type: what.type, state: 'new', assignee: null })
        state.events.set(opId, { id: opId, ticketId: opId, kind: 'opened', to: 'new', text: what.text, superseded: false })
        return applied
      case 'step':
        return takeStep(opId, what, actor)
      case 'read':
        return takeReading(opId, what, input.dayOf(at))
      case 'unread': {
        const reading = state.readings.get(what.entry)
        if (!reading) return rejected('reading_not_found')
        if (reading.state !== 'pending') return rejected(reading.state === 'deleted' ? 'already_deleted' : 'reading_contested')
        reading.state = 'deleted'
        return applied
      }
      case 'settle':
        return settle(opId, what)
      case 'replace':
        return replace(opId, what)
      case 'contact':
        return changeContact(opId, what)
      case 'conflict':
        return settleConflict(opId, what)
      case 'identity': {
        const fields = state.contacts.get(what.customerId)!
        const now = fields.get(what.field)
        if (now !== what.from) return rejected(now === what.to ? 'changed_meanwhile' : 'review')
        fields.set(what.field, what.to)
        return applied
      }
      case 'link': {
        if (!state.contacts.has(what.holderId)) return rejected('service_not_found')
        if ([...state.links.values()].some((link) => link.profileOf === what.customerId && link.contractId === what.contractId && link.state === 'linked')) return rejected('already_linked')
        state.links.set(opId, { id: opId, profileOf: what.customerId, contractId: what.contractId, holderId: what.holderId, state: 'linked' })
        return applied
      }
      case 'unlink': {
        const link = state.links.get(what.linkId)
        if (!link) return rejected('link_not_found')
        if (link.state === 'unlinked') return rejected('already_unlinked')
        link.state = 'unlinked'
        return applied
      }
      case 'bad':
        return rejected(what.code)
    }
  }

  /** Events are never lost; a step that saw another state than the hub's stays in the story and moves nothing. */
  function takeStep(opId: string, what: Written & { kind: 'step' }, actor: string): Verdict {
    const ticket = state.tickets.get(what.ticketId)
    if (!ticket) return rejected('ticket_not_found')
    const move = moves[what.step]!
    const event = { id: opId, ticketId: ticket.id, kind: move.event, text: what.text }
    if (what.step !== 'note' && what.seenState !== ticket.state) {
      state.events.set(opId, { ...event, to: ticket.state, superseded: true })
      return { outcome: 'superseded', code: 'ticket_moved_on' }
    }
    if (!move.from.includes(ticket.state)) return rejected('step_not_allowed')
    if (what.step === 'close' && ticket.type === 'complaint') {
      const last = [...state.events.values()].findLast(({ ticketId, kind, superseded }) => ticketId === ticket.id && !superseded && (kind === 'answered' || kind === 'reopened'))
      if (last?.kind !== 'answered') return rejected('answer_missing')
    }
    ticket.state = move.to ?? ticket.state
    if (what.step === 'take' || (what.step === 'reopen' && ticket.assignee === null)) ticket.assignee = actor
    state.events.set(opId, { ...event, to: ticket.state, superseded: false })
    return applied
  }

  /** One reading counts for a meter and a day: the same value twice is one, another value is contested. */
  function takeReading(opId: string, { meterId, value }: Written & { kind: 'read' }, day: string): Verdict {
    const counts = [...state.readings.values()].find((each) => each.meterId === meterId && each.day === day && each.state === 'pending')
    if (counts?.value === value) return { outcome: 'merged', code: 'same_reading' }
    state.readings.set(opId, { meterId, day, entry: opId, value, state: counts ? 'contested' : 'pending' })
    return counts ? { outcome: 'superseded', code: 'reading_contested' } : applied
  }

  function settle(opId: string, { customerId, meterId, day, entry }: Written & { kind: 'settle' }): Verdict {
    const ofDay = [...state.readings.values()].filter((each) => each.meterId === meterId && each.day === day)
    const chosen = ofDay.find((each) => each.entry === entry)
    if (!chosen) return rejected('reading_not_found')
    const others = ofDay.filter((each) => each !== chosen && (each.state === 'contested' || each.state === 'pending'))
    if (![chosen, ...others].some((each) => each.state === 'contested')) return rejected('not_contested')
    for (const each of others) each.state = 'overruled'
    if (chosen.state === 'contested') chosen.state = 'pending'
    noteDecision(opId, customerId, `${meterId} ${day}`, 'entry', entry)
    return applied
  }

  /** None of the contested values: the supervisor's own counts. */
  function replace(opId: string, { customerId, meterId, day, value }: Written & { kind: 'replace' }): Verdict {
    const others = [...state.readings.values()].filter((each) => each.meterId === meterId && each.day === day && (each.state === 'contested' || each.state === 'pending'))
    if (!others.some((each) => each.state === 'contested')) return rejected('not_contested')
    for (const each of others) each.state = 'overruled'
    state.readings.set(opId, { meterId, day, entry: opId, value, state: 'pending' })
    noteDecision(opId, customerId, `${meterId} ${day}`, 'new_value', opId)
    return applied
  }

  function noteDecision(opId: string, customerId: string, subject: string, choice: string, entry: string | null): void {
    const seq = Math.max(0, ...[...state.decisions.values()].filter((each) => each.subject === subject).map((each) => each.seq)) + 1
    state.decisions.set(opId, { id: opId, customerId, subject, seq, choice, entry })
  }

  /** Field by field; the later arrival stands, and what it replaced is kept. */
  function changeContact(opId: string, { customerId, field, from, to }: Written & { kind: 'contact' }): Verdict {
    const fields = state.contacts.get(customerId)!
    const now = fields.get(field) ?? null
    fields.set(field, to)
    if (now === from) return applied
    if (now === to) return { outcome: 'merged', code: 'same_value' }
    const id = `${opId}:${field}`
    state.conflicts.set(id, { id, customerId, field, kept: to, lost: now, state: 'open' })
    return { outcome: 'merged', code: 'field_conflict' }
  }

  function settleConflict(opId: string, { conflictId, restore }: Written & { kind: 'conflict' }): Verdict {
    const conflict = state.conflicts.get(conflictId)
    if (!conflict) return rejected('conflict_not_found')
    const fields = state.contacts.get(conflict.customerId)!
    const [wanted, other] = restore ? [conflict.lost, conflict.kept] : [conflict.kept, conflict.lost]
    const stands = fields.get(conflict.field) ?? null
    // Whichever of the two does not stand can be put back, as often as somebody wants; a third value is nobody's to take away.
    if (conflict.state === 'settled' && stands === wanted) return rejected('already_settled')
    const asItIs = conflict.state === 'open' && !restore
    if (!asItIs && stands !== wanted && stands !== other) return rejected('changed_meanwhile')
    if (!asItIs) fields.set(conflict.field, wanted)
    conflict.state = 'settled'
    noteDecision(opId, conflict.customerId, conflictId, restore ? 'restore' : 'keep', null)
    return applied
  }

  function erase(customerId: string): void {
    const from = state.territoryOf.get(customerId) ?? null
    const gone = (id: string) => erased.set(id, from)
    gone(customerId)
    for (const [id, ticket] of state.tickets) if (ticket.customerId === customerId) remove(state.tickets, id)
    for (const [id, link] of state.links) if (link.profileOf === customerId || link.holderId === customerId) remove(state.links, id)
    for (const [id, conflict] of state.conflicts) if (conflict.customerId === customerId) remove(state.conflicts, id)
    for (const [id, decision] of state.decisions) if (decision.customerId === customerId) state.decisions.delete(id)
    for (const [id, { ticketId }] of state.events) if (!state.tickets.has(ticketId)) state.events.delete(id)
    for (const [id, { meterId }] of state.readings) if (ownerOf(meterId) === customerId) state.readings.delete(id)
    state.contacts.delete(customerId)
    state.territoryOf.delete(customerId)
    function remove(from_: Map<string, unknown>, id: string): void {
      gone(id)
      from_.delete(id)
    }
  }

  return { ...state, scopesOf: deviceIds.map((_, desk) => (letGo.has(desk) ? [] : scopesAt(desk))), erased: new Set(erased.keys()), afterRevocation }
}

const ownerOf = (meterId: string): string => (meterId === 'etra:W:77-000777' ? 'etra:030777' : 'etra:005007')

/** What an operation names outright. */
function namesIn(what: Written): readonly string[] {
  switch (what.kind) {
    case 'step': return [what.ticketId]
    case 'unlink': return [what.linkId]
    case 'conflict': return [what.conflictId]
    case 'bad': return []
    default: return [what.customerId]
  }
}

/** What it is filed under. */
function subjectsOf(what: Written): readonly string[] {
  switch (what.kind) {
    case 'unread': case 'settle': return [what.entry]
    default: return []
  }
}
