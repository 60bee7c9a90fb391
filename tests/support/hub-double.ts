/** A hub in memory that speaks `shared/sync/wire.ts` truthfully: for tests of the desk alone, where the hub is to fail at will. */
import { randomUUID } from 'node:crypto'
import { romeTime } from '../../shared/domain/civil-day.ts'
import type { Json } from '../../shared/domain/json.ts'
import type { TableName } from '../../shared/domain/records/tables.ts'
import { keyOf, recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import type { Change, Facts, Reader } from '../../shared/operations/operation.ts'
import type { EnrolRequest } from '../../shared/sync/identity.ts'
import type { FeedChange, PushAnswer, PushRequest, Receipt, WireOperation } from '../../shared/sync/wire.ts'
import { copyLine, createRowSum } from '../../shared/sync/row-digest.ts'
import { operationOf } from '../../electron/core/sync/operations.ts'
import type { HubAnswer, HubDoor, HubFailure, HubTransport } from '../../electron/core/sync/ports.ts'

export type DoubleRow = { readonly [property: string]: string | number | boolean | null | undefined }
type Stored = Receipt & { hash: string }
type Device = { epoch: number; lastSeq: number; stored: Map<number, Stored>; revoked: boolean; scopes: string[]; scopeRevision: number; aliases: Map<string, string>; unlockKey: string; purged: { scopes: readonly string[]; customers: number }[]; onHead: Set<(head: number) => void> }
/** What happens to a request instead of an answer, or after it was carried out. */
export type Fault = 'lost before' | 'lost after' | 'portal' | null
export type HubDouble = ReturnType<typeof createHubDouble>

const everybody = '*'
const refusal = (code: string, status: number, details: Json = null): { ok: false; failure: HubFailure } => ({ ok: false, failure: { kind: 'refused', status, code, details } })

export function createHubDouble(options: { pageSize?: number; territoryOf?: (customerId: string) => string } = {}) {
  const territoryOf = options.territoryOf ?? (() => 'T1')
  const state = { feedId: randomUUID() as string, durableThrough: 0, minPos: 0, unsafe: false }
  let tables = emptyTables()
  let feed: (FeedChange & { scopes: readonly string[] })[] = []
  const devices = new Map<string, Device>()
  const byOpId = new Map<string, Stored>()
  const passwords = new Map<string, { password: string; revision: number }>()
  const calls: string[] = []
  const pages: string[] = []
  const hooks: { fault: (call: string, deviceId: string) => Fault | Promise<Fault>; refuse: (wire: WireOperation) => string | null } = { fault: () => null, refuse: () => null }

  const rowsOf = (name: TableName) => tables.get(name) as Map<string, DoubleRow>
  const find = (name: TableName, where: object): DoubleRow[] => [...rowsOf(name).values()].filter((row) => Object.entries(where).every(([property, wanted]) => (Array.isArray(wanted) ? wanted.includes(row[property]) : row[property] === wanted)))
  const reader: Reader = {
    one: (table, where) => Promise.resolve((find(table, where)[0] ?? null) as never),
    many: (table, where, order) => {
      const found = find(table, where)
      if (order) found.sort((a, b) => (String(a[order.by]) < String(b[order.by]) ? -1 : 1) * (order.descending ? -1 : 1))
      return Promise.resolve(found.slice(0, order?.limit ?? found.length) as never)
    },
  }

  function customersOf(name: TableName, row: DoubleRow): string[] {
    const byPoint = (id: unknown) => find('contract', { supplyPointId: id }).map((each) => String(each['customerId']))
    switch (name) {
      case 'customer': return [String(row['id'])]
      case 'contract': case 'invoice': case 'ticket': case 'portalProfile': case 'fieldConflict': case 'attachment': case 'decision': return [String(row['customerId'])]
      case 'ticketEvent': return find('ticket', { id: row['ticketId'] }).map((each) => String(each['customerId']))
      case 'contractLink': return find('portalProfile', { id: row['profileId'] }).map((each) => String(each['customerId']))
      case 'supplyPoint': return byPoint(row['id'])
      case 'meter': return byPoint(row['supplyPointId'])
      case 'reading': return find('meter', { id: row['meterId'] }).flatMap((each) => byPoint(each['supplyPointId']))
      case 'address': return [...find('customer', { addressId: row['id'] }).map((each) => String(each['id'])), ...find('supplyPoint', { addressId: row['id'] }).flatMap((each) => byPoint(each['id']))]
      default: return []
    }
  }
  const scopesOf = (name: TableName, row: DoubleRow): string[] => (['brand', 'readingWindow', 'person'].includes(name) ? [everybody] : [...new Set(customersOf(name, row).map(territoryOf))])

  function sumsOf(name: TableName, scopes: readonly string[]): { table: string; scope: string; rows: number; sum: string }[] {
    const sums = new Map([[everybody, createRowSum()]])
    for (const row of rowsOf(name).values()) {
      const owners = customersOf(name, row).filter((id) => scopes.includes(territoryOf(id)))
      const bytes = Buffer.from(copyLine(recordPlans[name].columns.map(({ property }) => row[property] ?? null)))
      for (const of of isEverybodys(name) ? [everybody] : new Set(owners.map((id) => id.slice(-2)))) {
        const sum = sums.get(of) ?? createRowSum()
        sums.set(of, sum)
        sum.add(bytes, 0, bytes.length)
      }
    }
    return [...sums].map(([scope, sum]) => ({ table: name, scope, rows: sum.rows(), sum: sum.text() }))
  }
  const isEverybodys = (name: TableName) => ['brand', 'readingWindow', 'person'].includes(name)

  function put(name: TableName, row: DoubleRow): void {
    const key = keyOf(name, row)
    rowsOf(name).set(JSON.stringify(key), row)
    feed.push({ pos: feed.length + 1, table: name, key: [...key], kind: 'put', row: structuredClone(row) as FeedChange['row'], scopes: scopesOf(name, row) })
  }
  function apply(change: Change): void {
    if (change.action === 'insert') return put(change.table, change.row)
    for (const row of find(change.table, change.where)) put(change.table, { ...row, ...(change.set as DoubleRow) })
  }
  function hint(): void {
    for (const device of devices.values()) for (const tell of device.onHead) tell(feed.length)
  }

  async function decide(device: Device, wire: WireOperation): Promise<Omit<Stored, 'seq' | 'opId' | 'hash'>> {
    const rejected = (code: string, details: Json = null) => ({ outcome: 'rejected' as const, code, details: details as never, pos: 0 })
    const wanted = hooks.refuse(wire)
    if (wanted !== null) return rejected(wanted)
    const operation = operationOf(wire.kind, wire.version)
    if (!operation) return rejected('unknown_kind')
    const actor = find('person', { id: device.aliases.get(wire.actor) ?? wire.actor })[0]
    if (!actor) return rejected('actor_unknown')
    if (actor['active'] !== true) return rejected('actor_disabled')
    const input = operation.input.safeParse(wire.input)
    if (!input.success) return rejected('invalid_input')
    const named = (input.data as { customerId?: string }).customerId
    if (named !== undefined && !device.scopes.includes(territoryOf(named))) return rejected('outside_territory')
    const { day, time } = romeTime(new Date(wire.at))
    const facts = { opId: wire.opId, now: wire.at, today: day, time, desk: wire.desk, actor: { id: actor['id'], name: actor['displayName'], role: actor['role'] } } as Facts
    const records = (await operation.load(reader, input.data))
    const merged = operation.merge?.(records, input.data, facts, wire.basis)
    if (merged?.outcome === 'rejected') return rejected(merged.code)
    const decision = merged ? { ok: true as const, changes: merged.changes } : operation.decide(records, input.data, facts)
    if (!decision.ok) return rejected(decision.error.code, (decision.error.details ?? null))
    for (const change of decision.changes) apply(change)
    return { outcome: merged?.outcome ?? 'applied', code: merged?.code ?? null, details: null, pos: decision.changes.length === 0 ? 0 : feed.length }
  }

  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = turn.then(work)
    turn = run.catch(() => undefined)
    return run
  }

  async function push(device: Device, request: PushRequest): Promise<HubAnswer<PushAnswer>> {
    if (request.feedId !== state.feedId) return refusal('feed_changed', 409, { feedId: state.feedId })
    if (request.epoch !== device.epoch) return refusal('epoch', 409, { epoch: device.epoch })
    if (request.firstSeq > device.lastSeq + 1) return refusal('gap', 409, { expected: device.lastSeq + 1 })
    const receipts: Receipt[] = []
    for (const wire of request.operations) {
      const before = device.stored.get(wire.seq) ?? byOpId.get(wire.opId)
      if (wire.seq <= device.lastSeq && (before?.opId !== wire.opId || before.hash !== wire.hash)) return refusal('rollback', 409, { seq: wire.seq })
      const stored = before ?? { seq: wire.seq, opId: wire.opId, hash: wire.hash, ...(await decide(device, wire)) }
      device.stored.set(wire.seq, stored)
      byOpId.set(wire.opId, stored)
      device.lastSeq = Math.max(device.lastSeq, wire.seq)
      const { opId, outcome, code, details, pos } = stored
      receipts.push({ opId, outcome, code, details, pos, seq: wire.seq })
    }
    hint()
    return { ok: true, value: { feedId: state.feedId, epoch: device.epoch, ackedThrough: device.lastSeq, receipts, head: feed.length, auditHead: '' } }
  }

  function page(scopes: readonly string[], after: string | null, ofParts: readonly string[] | null): { text: string } {
    const customers = [...rowsOf('customer').keys()].map((key) => (JSON.parse(key) as string[])[0] ?? '').filter((id) => scopes.includes(territoryOf(id)) && ofParts?.includes(id.slice(-2)) !== false).toSorted()
    const at = after === null ? 0 : customers.findIndex((id) => id > after)
    const slice = at < 0 ? [] : customers.slice(at, at + (options.pageSize ?? 2))
    const last = slice.at(-1)
    const done = last === undefined || last === customers.at(-1)
    const inPage = (name: TableName, row: DoubleRow) => (['brand', 'readingWindow', 'person'].includes(name) ? after === null : customersOf(name, row).some((id) => slice.includes(id)))
    const parts = [JSON.stringify({ next: done ? null : JSON.stringify({ scopes, after: last, parts: ofParts }), customersSoFar: Math.max(0, at) + slice.length, head: feed.length })]
    for (const name of tableNames) {
      const { columns, table } = recordPlans[name]
      const rows = [...rowsOf(name).values()].filter((row) => inPage(name, row))
      if (rows.length === 0) continue
      parts.push(['#table', table, ...columns.map(({ column }) => column)].join('\t'))
      for (const row of rows) parts.push(columns.map(({ property }) => copyText(row[property])).join('\t'))
    }
    return { text: parts.join('\n') + '\n' }
  }

  function transportOf(deviceId: string): HubTransport {
    const device = devices.get(deviceId) ?? null
    async function through<T>(call: string, work: (device: Device) => Promise<HubAnswer<T>>): Promise<HubAnswer<T>> {
      calls.push(call)
      const fault = await hooks.fault(call, deviceId)
      if (fault === 'lost before') return { ok: false, failure: { kind: 'unreachable' } }
      if (fault === 'portal') return { ok: false, failure: { kind: 'not_a_hub' } }
      if (!device) return refusal('device_unknown', 401)
      if (device.revoked && call !== 'purged') return refusal('device_revoked', 401)
      const answer = await inTurn(() => work(device))
      return fault === 'lost after' ? { ok: false, failure: { kind: 'unreachable' } } : answer
    }
    return {
      push: (request) => through('push', (known) => push(known, structuredClone(request))),
      changes: ({ feedId, after, limit }) =>
        through('changes', (known) => {
          if (feedId !== state.feedId || after > feed.length) return Promise.resolve(refusal('feed_changed', 409, { feedId: state.feedId }))
          if (after < state.minPos) return Promise.resolve(refusal('snapshot_required', 410))
          const slice = feed.slice(after, after + limit)
          const to = after + slice.length
          const changes = slice.filter(({ scopes }) => scopes.includes(everybody) || scopes.some((scope) => known.scopes.includes(scope))).map(({ pos, table, key, kind, row }) => structuredClone({ pos, table, key, kind, row }))
          return Promise.resolve({ ok: true, value: { feedId, from: after, to, head: feed.length, more: to < feed.length, changes, scopes: [...known.scopes], scopeRevision: known.scopeRevision, durableThrough: state.durableThrough, auditHead: '', passwords: [...passwords.values()].reduce((sum, { revision }) => sum + revision, 0) } })
        }),
      listen: (onHead) => {
        device?.onHead.add(onHead)
        return () => device?.onHead.delete(onHead)
      },
      leases: () => Promise.resolve({ ok: false, failure: { kind: 'unreachable' } }),
      snapshot: ({ scopes, parts: ofParts }) =>
        through('snapshot', (known) => {
          const wanted = scopes ?? known.scopes
          const customers = [...rowsOf('customer').values()].filter((row) => wanted.includes(territoryOf(String(row['id'])))).length
          return Promise.resolve({ ok: true, value: { feedId: state.feedId, position: feed.length, scopes: [...wanted], scopeRevision: known.scopeRevision, customers, records: customers, token: JSON.stringify({ scopes: wanted, after: null, parts: ofParts }) } })
        }),
      page: (token) =>
        through('page', () => {
          pages.push(token)
          const { scopes, after, parts: ofParts } = JSON.parse(token) as { scopes: string[]; after: string | null; parts: string[] | null }
          return Promise.resolve({ ok: true, value: new TextEncoder().encode(page(scopes, after, ofParts).text) })
        }),
      checksums: () => through('checksums', (known) => Promise.resolve({ ok: true, value: { feedId: state.feedId, head: feed.length, checksums: tableNames.flatMap((name) => sumsOf(name, known.scopes)) } })),
      purged: (receipt) => through('purged', (known) => {
        known.purged.push(receipt)
        return Promise.resolve({ ok: true, value: null })
      }),
      newEpoch: (epoch) => through('epoch', (known) => {
        if (known.epoch !== epoch + 1 || known.lastSeq !== 0) Object.assign(known, { epoch: Math.max(known.epoch, epoch) + 1, lastSeq: 0 })
        known.stored.clear()
        return Promise.resolve({ ok: true, value: { epoch: known.epoch } })
      }),
      openSession: (username, password) => through('session', (known) => {
        const person = find('person', { username })[0]
        const kept = passwords.get(username)
        if (!person || (kept && kept.password !== password)) return Promise.resolve(refusal('wrong_credentials', 401))
        if (person['active'] !== true) return Promise.resolve(refusal('person_disabled', 403))
        if (!kept) passwords.set(username, { password, revision: 1 })
        return Promise.resolve({ ok: true, value: { token: `token-${username}`, expiresAt: '2099-01-01T00:00:00.000Z', person: person as never, unlockKey: known.unlockKey, passwordRevision: passwords.get(username)?.revision ?? 1 } })
      }),
      closeSession: () => through('close session', () => Promise.resolve({ ok: true, value: null })),
      ask: (path) => through(`ask ${path}`, () => Promise.resolve(path === '/v1/passwords' ? { ok: true, value: { people: [...passwords].flatMap(([username, { revision }]) => find('person', { username }).map((row) => ({ id: String(row['id']), revision }))) } } : refusal('not_found', 404))),
      file: (path) => through(`file ${path}`, () => Promise.resolve(refusal('not_found', 404))),
      blob: {
        size: () => through('blob', () => Promise.resolve({ ok: true, value: { size: 0, complete: false } })),
        put: () => through('blob', () => Promise.resolve({ ok: true, value: null })),
        get: () => through('blob', () => Promise.resolve(refusal('not_found', 404))),
      },
      reset: () => undefined,
      close: () => undefined,
    }
  }

  const door: HubDoor = {
    enrol: (_address, request: EnrolRequest) => {
      if (request.code !== '12345678') return Promise.resolve(refusal('code_invalid', 401))
      const deviceId = randomUUID()
      const people = request.people.map(({ id: localId, ...person }) => {
        const known = find('person', { username: person.username })[0]
        if (!known) put('person', { id: localId, ...person, createdAt: '2026-11-20T09:00:00.000Z' })
        return { localId, ...(find('person', { username: person.username })[0] as never as { id: string; username: string; displayName: string; role: 'agent'; active: boolean }) }
      })
      devices.set(deviceId, { epoch: 1, lastSeq: 0, stored: new Map(), revoked: false, scopes: ['T1'], scopeRevision: 1, aliases: new Map(people.map(({ localId, id }) => [localId, id])), unlockKey: request.unlockKey, purged: [], onHead: new Set() })
      return Promise.resolve({ ok: true, value: { deviceId, epoch: 1, feedId: state.feedId, hubName: 'Hub di prova', officeName: 'Trieste', scopes: ['T1'], people } })
    },
  }

  return {
    state, devices, calls, pages, hooks, passwords, door, transportOf, put, hint,
    find, rowsOf,
    feed: () => feed as readonly FeedChange[],
    /** A change of any shape, as a newer hub would tell it. */
    tell: (change: Omit<FeedChange, 'pos'>, scopes: readonly string[] = [everybody]) => feed.push({ ...change, pos: feed.length + 1, scopes }),
    backup: () => structuredClone({ tables, feed, byOpId: [...byOpId], devices: [...devices].map(([id, device]) => [id, { ...device, onHead: null }] as const) }),
    /** Another history from here on, as after a restore. */
    restore: (copy: { tables: typeof tables; feed: typeof feed; byOpId: [string, Stored][]; devices: (readonly [string, Omit<Device, 'onHead'> & { onHead: null }])[] }) => {
      tables = structuredClone(copy.tables)
      feed = structuredClone(copy.feed)
      byOpId.clear()
      for (const [id, stored] of copy.byOpId) byOpId.set(id, stored)
      for (const [id, device] of copy.devices) Object.assign(devices.get(id) ?? {}, { ...structuredClone(device), onHead: devices.get(id)?.onHead })
      state.feedId = randomUUID()
    },
  }
}

function emptyTables(): Map<TableName, Map<string, DoubleRow>> {
  return new Map(tableNames.map((name) => [name, new Map<string, DoubleRow>()]))
}

function copyText(value: DoubleRow[string]): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return String(value).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}
