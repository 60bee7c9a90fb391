/** After the last pull: what the hub holds against the oracle, what each desk holds against the hub, and every operation accounted for. */
import { createHash } from 'node:crypto'
import { rowTables } from '../../electron/core/sync/row-tables.ts'
import { romeTime } from '../../shared/domain/civil-day.ts'
import { tableNames } from '../../shared/model/record-plan.ts'
import { isLetGo } from './drain.ts'
import { readHub, recordsOf, rowText } from './hub-rows.ts'
import type { HubDump, Row } from './hub-rows.ts'
import { expect } from './oracle.ts'
import type { Decided, Expected } from './expected.ts'
import type { SimDesk } from './desk-side.ts'
import type { World } from './world.ts'

export async function judge(world: World): Promise<void> {
  const { template, ledger } = world
  const dump = await readHub(template.admin)
  const first = JSON.parse(template.first) as HubDump
  const since = (first['audit'] ?? []).length
  const chain = (dump['audit'] ?? []).toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
  const expected = expect({
    ledger,
    decided: chain.slice(since).map((row) => ({ kind: row['kind'], subject: row['subject'], deviceId: row['device_id'], details: row['details'] }) as unknown as Decided),
    deviceIds: template.deviceIds,
    personIds: template.personIds,
    contacts: (first['customer'] ?? []).map((row) => ({ id: String(row['id']), phone: row['phone'] as string | null, email: row['email'] as string | null, lastName: row['last_name'] as string | null })),
    dayOf: (instant) => romeTime(new Date(instant)).day,
  })
  judgeHub(world, dump, expected)
  judgeChain(world, chain)
  judgeOperations(world, dump, expected)
  for (const desk of world.desks) judgeDesk(world, desk, dump, expected)
  await judgeSafety(world)
}

const decidedKinds = new Set(['wrote', 'refused'])

/** Positions and numbers without gaps, each operation decided once, and the records as the rules want them. */
function judgeHub({ findings }: World, dump: HubDump, expected: Expected): void {
  const head = dump['feed_head']![0]!
  const positions = (dump['change'] ?? []).map((row) => Number(row['pos'])).toSorted((a, b) => a - b)
  // The mutant that leaves gaps must be found out by what is lost in them.
  if (process.env['SPORTELLO_MUTANT'] !== 'naive-cursor') for (const [index, pos] of positions.entries()) if (pos !== Number(head['min_pos']) + index + 1) return findings.add('diverged', `the feed has a gap before ${pos}`)
  if (positions.length > 0 && positions.at(-1) !== Number(head['pos'])) findings.add('diverged', 'the head of the feed is elsewhere than its last position')
  for (const [place, rows] of Map.groupBy(dump['receipt'] ?? [], (row) => `${String(row['device_id'])} ${String(row['epoch'])}`)) {
    const numbers = rows.map((row) => Number(row['seq'])).toSorted((a, b) => a - b)
    if (numbers.some((number, index) => number !== index + 1)) findings.add('diverged', `numbers of ${place} have a gap`)
  }
  same(findings, 'ticket', expected.tickets, dump['ticket'], (row) => [row['customer_id'], row['state'], row['assignee'], row['number'] !== null], (each) => [each.customerId, each.state, each.assignee, true])
  same(findings, 'event', expected.events, dump['ticket_event'], (row) => [row['ticket_id'], row['kind'], row['to_state'], row['text'], row['superseded']], (each) => [each.ticketId, each.kind, each.to, each.text === '' ? null : each.text, each.superseded])
  same(findings, 'reading', expected.readings, (dump['reading'] ?? []).filter((row) => row['source'] === 'desk'), (row) => [row['meter_id'], row['day'], row['value'], row['state']], (each) => [each.meterId, each.day, each.value, each.state], 'entry')
  same(findings, 'conflict', expected.conflicts, dump['field_conflict'], (row) => [row['field'], row['kept'], row['lost'], row['state']], (each) => [each.field, each.kept, each.lost, each.state])
  same(findings, 'decision', expected.decisions, dump['decision'], (row) => [row['subject_id'], row['seq'], row['choice'], row['op_id']], (each) => [each.subject, each.seq, each.choice, each.entry])
  same(findings, 'link', expected.links, dump['contract_link'], (row) => [row['contract_id'], row['holder_customer_id'], row['state']], (each) => [each.contractId, each.holderId, each.state])
  same(findings, 'customer', expected.contacts, dump['customer'], (row) => [row['phone'], row['email'], row['last_name']], (each) => [each.get('phone'), each.get('email'), each.get('lastName')])
  for (const opId of expected.afterRevocation) findings.add('leaked', `taken from a desk that was let go: ${opId}`)
  for (const [opId, rows] of Map.groupBy((dump['audit'] ?? []).filter((row) => decidedKinds.has(String(row['kind']))), (row) => String((row['details'] as unknown as Row)['opId']))) {
    if (rows.length > 1) findings.add('duplicated', `decided ${rows.length} times: ${opId}`)
  }
}

function same<T>(findings: World['findings'], what: string, expected: ReadonlyMap<string, T>, rows: readonly Row[] | undefined, ofRow: (row: Row) => unknown, ofExpected: (each: T) => unknown, key = 'id'): void {
  const there = new Map((rows ?? []).map((row) => [String(row[key]), row]))
  for (const [id, each] of expected) {
    const row = there.get(id)
    if (!row) findings.add('lostH', `the hub lacks ${what} ${id}`)
    else if (JSON.stringify(ofRow(row)) !== JSON.stringify(ofExpected(each))) findings.add('diverged', `${what} ${id} is ${JSON.stringify(ofRow(row))}, should be ${JSON.stringify(ofExpected(each))}`)
  }
  for (const id of there.keys()) if (!expected.has(id)) findings.add('duplicated', `the hub has ${what} ${id}, which nobody wrote`)
}

/** The chain of who did what, added up anew, and without a word that is a customer's. */
function judgeChain({ findings }: World, chain: readonly Row[]): void {
  let previous = '0'.repeat(64)
  for (const [index, row] of chain.entries()) {
    const hash = createHash('sha256').update(sorted([row['seq'], row['at'], row['actor'], row['device_id'], row['kind'], row['subject'], row['details'], row['previous']])).digest('hex')
    if (row['seq'] !== index + 1 || row['previous'] !== previous || row['hash'] !== hash) return findings.add('diverged', `the audit chain breaks at ${index + 1}: ${JSON.stringify(row)} after ${previous}, should be ${hash}`)
    previous = hash
  }
  const text = JSON.stringify(chain.map((row) => row['details']))
  for (const word of personal) if (text.includes(word)) findings.add('leaked', `the hub's audit holds ${word}`)
}
const personal = ['parole ', 'posta.example', 'Ross', '+3904']
const sorted = (value: unknown): string => (Array.isArray(value) ? `[${value.map(sorted).join(',')}]` : value !== null && typeof value === 'object' ? `{${Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => `${JSON.stringify(name)}:${sorted(inner)}`).join(',')}}` : JSON.stringify(value))

/** Nothing that was said to be saved or delivered is nowhere, and each has the outcome the rules give it. */
function judgeOperations({ findings, ledger, desks, restores }: World, dump: HubDump, expected: Expected): void {
  const receipts = new Map((dump['receipt'] ?? []).filter((row) => row['again'] === false).map((row) => [String(row['op_id']), row]))
  const held = new Map(desks.map((desk) => [desk.index, new Map(desk.isOpen ? (desk.db.prepare('SELECT op_id AS opId, state, outcome, reason FROM outbox').all() as { opId: string; state: string; outcome: string; reason: string | null }[]).map((row) => [row.opId, row]) : [])]))
  for (const entry of ledger.entries.values()) {
    const receipt = receipts.get(entry.opId)
    const here = held.get(entry.desk)?.get(entry.opId)
    const name = `${entry.what.kind} ${entry.opId} of desk ${entry.desk}`
    if (receipt) {
      const verdict = expected.verdicts.get(entry.opId)
      if (verdict?.outcome !== receipt['outcome'] || verdict?.code !== receipt['code']) findings.add('diverged', `${name} became ${String(receipt['outcome'])} ${String(receipt['code'])}, should be ${verdict?.outcome ?? 'undecided'} ${verdict?.code ?? ''}`)
      if (here && (here.state === 'confirmed' || here.state === 'refused') && (here.outcome !== receipt['outcome'] || here.reason !== receipt['code'])) findings.add('diverged', `desk ${entry.desk} believes that ${name} became ${here.outcome} ${here.reason}`)
      continue
    }
    const held_ = here !== undefined
    // A hub that was put back is offered again what it has lost, by who may still speak to it.
    const offered = held_ && !desks.some((desk) => desk.index === entry.desk && isLetGo(desk))
    if (ledger.acknowledged.has(entry.opId) && (restores === 0 || offered)) findings.add('lostH', `${name} was acknowledged and the hub has no receipt`)
    else if (entry.told && !held_ && !ledger.acknowledged.has(entry.opId) && !ledger.excused.has(entry.opId) && entry.what.kind !== 'bad') findings.add('lostL', `${name} was said to be saved and is nowhere`)
  }
}

/** Row by row what the hub has for this desk, and nothing else. */
function judgeDesk({ findings }: World, desk: SimDesk, dump: HubDump, expected: Expected): void {
  if (!desk.isOpen) return
  const { db } = desk
  if (db.pragma('synchronous', { simple: true }) !== 2) findings.add('lostL', `desk ${desk.index} does not sync its commits`)
  const scopes = isLetGo(desk) ? [] : (expected.scopesOf[desk.index] ?? [])
  const mine = (customers: readonly string[] | null) => (customers === null ? true : customers.some((id) => scopes.includes(expected.territoryOf.get(id) ?? '')))
  const here = new Set(tableNames.flatMap((table) => rowTables(db)(table).find({}).map((row) => `${table} ${rowText(table, row)}`)))
  const there = new Map(recordsOf(dump).map(({ table, text, customers }) => [`${table} ${text}`, customers]))
  for (const row of here) {
    const customers = there.get(row)
    if (isLetGo(desk)) {
      if (!['brand', 'readingWindow', 'person'].includes(row.split(' ')[0] ?? '')) findings.add('leaked', `desk ${desk.index} was let go and holds ${row}`)
    } else if (customers === undefined) findings.add('diverged', `desk ${desk.index} holds what the hub has not: ${row}`)
    else if (!mine(customers)) findings.add('leaked', `desk ${desk.index} holds what is not for it: ${row}`)
  }
  if (!isLetGo(desk)) {
    for (const [row, customers] of there) if (mine(customers) && !here.has(row)) findings.add('diverged', `desk ${desk.index} lacks ${row}`)
    const base = Number(db.prepare('SELECT count(*) FROM base_row').pluck().get())
    if (base > 0) findings.add('diverged', `desk ${desk.index} keeps ${base} rows beneath operations that are settled`)
  }
  const audit = (db.prepare('SELECT details FROM audit').pluck().all() as string[]).join(' ')
  for (const word of personal) if (audit.includes(word)) findings.add('leaked', `the audit of desk ${desk.index} holds ${word}`)
  // A chain that was written anew would contradict what the desks have been told of it.
  const told: unknown = db.prepare(`SELECT value FROM sync_state WHERE key = 'auditHead'`).pluck().get()
  const [seq, hash] = typeof told === 'string' ? (JSON.parse(told) as string).split(':') : []
  if (!isLetGo(desk) && seq !== undefined && seq !== '0' && dump['audit']?.find((row) => row['seq'] === Number(seq))?.['hash'] !== hash) findings.add('diverged', `desk ${desk.index} was told another head of the audit`)
}

/** Waiting desks do not all come back at once, and the database keeps what it acknowledges. */
async function judgeSafety({ findings, waits, template }: World): Promise<void> {
  const { rows } = await template.hub.parts().pool.query<{ commit: string; fsync: string }>(`SELECT current_setting('synchronous_commit') AS commit, current_setting('fsync') AS fsync`)
  if (rows[0]?.commit !== 'on' || rows[0].fsync !== 'on') findings.add('lostH', 'the database does not sync its commits')
  const chosen = waits.filter(({ milliseconds }) => !fixedWaits.has(milliseconds))
  const alike = [...Map.groupBy(chosen, ({ at, milliseconds }) => `${at} ${milliseconds}`).values()].filter((group) => new Set(group.map(({ desk }) => desk)).size > 1)
  if (alike.length > 1) findings.add('stuck', `desks mean to come back in the same moment, ${alike.length} times`)
}
/** The watchdog's round, the daily comparison, a goodbye, a last word. */
const fixedWaits = new Set([15_000, 86_400_000, 2_000, 5_000])
