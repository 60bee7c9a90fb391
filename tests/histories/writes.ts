/** People write: each step becomes a call through the desk's own door, about what that desk shows at that moment. */
import { currentDeclaration } from '../../shared/domain/declaration.ts'
import { formatPhone } from '../../shared/domain/phone.ts'
import type { SimDesk } from './desk-side.ts'
import type { Written } from './ledger.ts'
import type { Step } from './script.ts'
import { customers, meters, services } from './small-utility.ts'
import type { World } from './world.ts'

export const types = ['information', 'complaint', 'report'] as const
/** As they are kept; what is typed is what the screen shows of them. */
const phones = ['+39040111111', '+39040222222', '+39040333333', null] as const
const emails = ['a@posta.example', 'b@posta.example', 'c@posta.example', null] as const
const surnames = ['Rossini', 'Rossetti', 'Rosselli'] as const

type Reply = { readonly ok: boolean; readonly error?: { readonly code: string } }
type Asked = { readonly what: Written; readonly call: () => Promise<Reply> } | null
type Row = Record<string, string | number | null>
const textOf = (value: string | number | null | undefined): string | null => (typeof value === 'string' ? value : null)

const rowsOf = (desk: SimDesk, sql: string, ...values: unknown[]) => desk.db.prepare(sql).all(...values) as Row[]
const nth = <T>(rows: readonly T[], at: number): T | undefined => (rows.length === 0 ? undefined : rows[at % rows.length])

/** Carries out a step of writing. A refusal of the desk itself changes nothing; what was accepted goes into the ledger. */
export async function write(world: World, step: Step & { readonly desk: number }): Promise<void> {
  const desk = world.desks[step.desk]
  if (!desk?.isOpen || desk.crashed) return
  const asked = askedOf(desk, step, `parole ${world.ledger.entries.size}-${world.now()}`)
  if (!asked) return
  const at = new Date(world.now() + desk.skew).toISOString()
  world.attempts.set(desk.index, { what: asked.what, person: desk.person, at })
  const reply = await asked.call()
  if (desk.crashed) return
  world.attempts.delete(desk.index)
  // Refused is an answer; not understood is a fault of the simulation.
  if (reply.error?.code === 'unknown_call' || reply.error?.code === 'invalid_input') throw new Error(`${step.do}: ${reply.error.code}`)
  if (reply.ok) return note(world, desk, asked.what, at, true)
  for (const { opId } of unknownTo(world, desk)) world.findings.add('duplicated', `desk ${desk.index}: told as failed, and written: ${asked.what.kind} ${String(opId)}`)
}

/** The newest operation of the desk is what was just written, or was being written when it crashed. */
function note(world: World, desk: SimDesk, what: Written, at: string, told: boolean, person = desk.person): void {
  const [row] = rowsOf(desk, 'SELECT op_id AS opId FROM outbox ORDER BY seq DESC LIMIT 1')
  const opId = String(row?.['opId'])
  if (row === undefined || world.ledger.entries.has(opId)) {
    if (told) world.findings.add('lostL', `desk ${desk.index}: said to be saved and not in the outbox: ${what.kind}`)
    return
  }
  world.ledger.entries.set(opId, { opId, desk: desk.index, person, at, what, told })
}

/** After a crash: what was being written may be on the disk or not, and nothing else may be. */
export function noteFound(world: World, desk: SimDesk): void {
  const attempt = world.attempts.get(desk.index)
  world.attempts.delete(desk.index)
  if (attempt) note(world, desk, attempt.what, attempt.at, false, attempt.person)
  for (const { opId } of unknownTo(world, desk)) world.findings.add('duplicated', `desk ${desk.index}: an operation nobody wrote: ${String(opId)}`)
}

const unknownTo = ({ ledger }: World, desk: SimDesk): readonly Row[] => rowsOf(desk, `SELECT op_id AS opId FROM outbox WHERE entity <> 'person'`).filter(({ opId }) => !ledger.entries.has(String(opId)))

/** All values of days of which there are several. */
const contested = `SELECT r.meter_id AS meterId, r.day, r.entry FROM reading r WHERE EXISTS (SELECT 1 FROM reading c WHERE c.meter_id = r.meter_id AND c.day = r.day AND c.state = 'contested') ORDER BY r.entry`

function askedOf(desk: SimDesk, step: Step, words: string): Asked {
  switch (step.do) {
    case 'open': {
      const customerId = customers[step.customer]!
      const type = types[step.type % types.length]!
      return { what: { kind: 'open', customerId, type, text: words }, call: () => desk.call('tickets', 'open', { customerId, area: 'water', type, channel: 'phone', receivedDay: '2020-01-01', subject: 'prova', text: words }) }
    }
    case 'step': {
      const ticket = nth(rowsOf(desk, 'SELECT id, state FROM ticket ORDER BY id'), step.ticket)
      if (!ticket) return null
      const ticketId = String(ticket['id'])
      return { what: { kind: 'step', step: step.step, ticketId, text: words, seenState: String(ticket['state']) }, call: () => desk.call('tickets', step.step, { ticketId, text: words }) }
    }
    case 'read': {
      const meter = meters[step.meter % meters.length]!
      const value = (1331 + step.value) * 1000
      return { what: { kind: 'read', customerId: meter.customerId, meterId: meter.id, value }, call: () => desk.call('readings', 'enter', { customerId: meter.customerId, meterId: meter.id, value }) }
    }
    case 'unread': {
      const entry = nth(rowsOf(desk, `SELECT meter_id AS meterId, day, entry FROM reading WHERE source = 'desk' ORDER BY entry`), step.nth)
      if (!entry) return null
      const given = readingOf(entry)
      return { what: { kind: 'unread', ...given }, call: () => desk.call('readings', 'remove', given) }
    }
    case 'settle': {
      const entry = nth(rowsOf(desk, contested), step.nth)
      if (!entry) return null
      const given = readingOf(entry)
      return { what: { kind: 'settle', ...given }, call: () => desk.call('readings', 'settle', { ...given, reason: 'visto dal posto' }) }
    }
    case 'replace': {
      const entry = nth(rowsOf(desk, contested), step.nth)
      if (!entry) return null
      const { customerId, meterId, day } = readingOf(entry)
      const value = (1331 + step.value) * 1000
      return { what: { kind: 'replace', customerId, meterId, day, value }, call: () => desk.call('readings', 'replace', { customerId, meterId, day, value, reason: 'letta dal posto' }) }
    }
    case 'contact': {
      const customerId = customers[step.customer === 0 ? 0 : 3]
      const field = step.field === 0 ? 'phone' : 'email'
      const row = nth(rowsOf(desk, `SELECT ${field} AS value FROM customer WHERE id = ?`, customerId), 0)
      if (!row) return null
      const from = textOf(row['value'])
      const to = (field === 'phone' ? phones : emails)[step.value % 4] ?? null
      const shown = from === null ? '' : field === 'phone' ? formatPhone(from) : from
      desk.core?.desk.session('desk')?.verified.set(customerId, { checks: [], at: '' })
      return { what: { kind: 'contact', customerId, field, from, to }, call: () => desk.call('customers', 'changeContact', { customerId, changes: [{ field, seen: shown, to: to ?? '' }] }) }
    }
    case 'conflict': {
      const row = nth(rowsOf(desk, 'SELECT id, customer_id AS customerId FROM field_conflict ORDER BY id'), step.nth)
      if (!row) return null
      const [customerId, conflictId] = [String(row['customerId']), String(row['id'])]
      desk.core?.desk.session('desk')?.verified.set(customerId, { checks: [], at: '' })
      return { what: { kind: 'conflict', conflictId, restore: step.restore }, call: () => desk.call('customers', 'settleConflict', { customerId, conflictId, choice: step.restore ? 'restore' : 'keep' }) }
    }
    case 'identity':
      return identityOf(desk, customers[step.customer === 0 ? 0 : 3], surnames[step.value % surnames.length]!)
    case 'link': {
      const customerId = customers[step.customer]!
      const service = services[step.service]!
      const declaredAs = service.customerId === customerId ? 'holder' : 'authorised'
      return {
        what: { kind: 'link', customerId, contractId: service.id, holderId: service.customerId },
        call: () => desk.call('portal', 'link', { customerId, customerCode: service.holderCode, serviceCode: service.code, taxCode: service.taxCode, vatNumber: service.vatNumber, declarationAccepted: true, declarationVersion: currentDeclaration, declaredAs }),
      }
    }
    case 'unlink': {
      const row = nth(rowsOf(desk, 'SELECT id FROM contract_link ORDER BY id'), step.nth)
      if (!row) return null
      const linkId = String(row['id'])
      return { what: { kind: 'unlink', linkId }, call: () => desk.call('portal', 'unlink', { linkId, reason: 'chiesto al telefono' }) }
    }
    default:
      return null
  }
}

function readingOf(row: Row) {
  const meterId = String(row['meterId'])
  return { customerId: meters.find(({ id }) => id === meterId)?.customerId ?? '', meterId, day: String(row['day']), entry: String(row['entry']) }
}

function identityOf(desk: SimDesk, customerId: string, to: string): Asked {
  const row = nth(rowsOf(desk, 'SELECT last_name AS value FROM customer WHERE id = ?', customerId), 0)
  if (!row) return null
  const from = textOf(row['value'])
  return {
    what: { kind: 'identity', customerId, field: 'lastName', from, to },
    call: () => {
      desk.core?.desk.session('desk')?.verified.set(customerId, { checks: [], at: '' })
      return desk.call('customers', 'correctIdentity', { customerId, changes: [{ field: 'lastName', seen: from ?? '', to }], reason: 'documento visto' })
    },
  }
}
