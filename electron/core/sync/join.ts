/** Joining a hub: a one-time code for a key pair, the people of this desk made known, and everything written here put in the queue. */
import { mkdirSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { refuse, ok } from '../../../shared/domain/result.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { PersonRow } from '../../../shared/domain/records/people.ts'
import type { EnrolAnswer } from '../../../shared/sync/identity.ts'
import { mostConcerned } from '../../../shared/sync/identity.ts'
import { protocol } from '../../../shared/sync/wire.ts'
import { customerCount } from '../customers/customer-count.ts'
import { numberForHub } from '../store/outbox.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { Store } from '../store/store.ts'
import { copyApart } from '../store/upkeep-apart.ts'
import { writeInTurn } from '../store/transaction.ts'
import { hubAddress } from './address.ts'
import type { HubLink, HubLinks } from './hub-link.ts'
import { newDeviceKeys } from './hub-link.ts'
import type { HubDoor, HubFailure } from './ports.ts'
import { asNew, numberIn } from './push.ts'
import { rowTables } from './row-tables.ts'
import { clearState, writeState } from './sync-store.ts'

export type JoinError = 'address_invalid' | 'hub_unreachable' | 'not_a_hub' | 'code_invalid' | 'code_expired' | 'hub_empty' | 'customers_missing' | 'too_old' | 'hub_refused'
export type JoinParts = {
  readonly store: Store
  readonly key: Uint8Array
  readonly links: HubLinks
  readonly door: HubDoor
  readonly dataDir: string
  readonly deskName: string
  readonly appVersion: string
  readonly now: () => string
}

/** What was enrolled is durable beside the database first: a link that the database does not know of is none, and is dropped. */
export async function joinHub(parts: JoinParts, typedAddress: string, code: string): Promise<Result<Omit<HubLink, 'revoked'>, JoinError>> {
  const { store, links, key } = parts
  const address = hubAddress(typedAddress)
  if (address === null) return refuse('address_invalid')
  assertRoom(store)
  const keys = newDeviceKeys()
  const people = store.rawReader.prepare('SELECT id, username, display_name AS displayName, role, active FROM person').all() as (Omit<PersonRow, 'active' | 'createdAt'> & { active: number })[]
  const answer = await parts.door.enrol(address, {
    code, deskName: parts.deskName, publicKey: keys.publicKey, unlockKey: Buffer.from(keys.unlockKey).toString('base64url'), appVersion: parts.appVersion, protocol,
    people: people.map((person) => ({ ...person, active: person.active === 1 })),
    customers: customerCount(store.rawReader), concerned: concernedCustomers(store.rawReader),
  })
  if (!answer.ok) return refuse(errorOf(answer.failure), missingOf(answer.failure))
  await copyBefore(store, key, parts.dataDir)
  const { deviceId, hubName, officeName } = answer.value
  const link = { address, deviceId, hubName, officeName, privateKey: keys.privateKey }
  links.write(link, key, keys.unlockKey)
  keys.unlockKey.fill(0)
  await writeInTurn(store, (db) => begin(db, answer.value, parts.now()))
  return ok(link)
}

/** Customers something that was not sent yet is about. */
function concernedCustomers(db: RawDatabase): string[] {
  return db.prepare(`SELECT DISTINCT customer FROM (SELECT coalesce(json_extract(o.input, '$.customerId'), t.customer_id, p.customer_id, f.customer_id) AS customer FROM outbox o
    LEFT JOIN ticket t ON t.id = o.subject_id
    LEFT JOIN contract_link l ON l.id = o.subject_id LEFT JOIN portal_profile p ON p.id = l.profile_id
    LEFT JOIN field_conflict f ON f.id = json_extract(o.input, '$.conflictId')
    WHERE o.state IN ('saved', 'queued', 'delivered') AND o.entity <> 'person') WHERE customer IS NOT NULL LIMIT ?`).pluck().all(mostConcerned) as string[]
}

/** How many of them the hub lacks. */
function missingOf(failure: HubFailure): { count: number } | undefined {
  const count = failure.kind === 'refused' && failure.code === 'customers_missing' ? numberIn(failure.details, 'count') : null
  return count === null ? undefined : { count }
}

function begin(db: RawDatabase, answer: EnrolAnswer, now: string): void {
  clearState(db, 'revoked', 'snapshot', 'currentAsOf', 'health', 'purge', 'lastContactAt', 'lastDeliveredAt', 'durableThrough')
  writeState(db, 'deviceId', answer.deviceId)
  writeState(db, 'feedId', answer.feedId)
  writeState(db, 'epoch', answer.epoch)
  writeState(db, 'nextSeq', 1)
  writeState(db, 'cursor', 0)
  writeState(db, 'head', 0)
  writeState(db, 'scopes', answer.scopes)
  writeState(db, 'scopeRevision', 0)
  writeState(db, 'aliases', Object.fromEntries(answer.people.filter(({ localId, id }) => localId !== id).map(({ localId, id }) => [localId, id])))
  writeState(db, 'snapshotWanted', { scopes: null, why: 'joined' })
  for (const person of answer.people) takePerson(db, person, now)
  // Who works here came with the joining itself.
  db.prepare(`UPDATE outbox SET state = 'confirmed', outcome = 'merged', confirmed_at = ?, delivered_at = ? WHERE state = 'queued' AND entity = 'person'`).run(now, now)
  db.prepare(`UPDATE outbox SET epoch = NULL, wire_seq = NULL`).run()
  // Confirmed ones are here only where the hub has forgotten this desk, and then perhaps them too: an operation is known by its id.
  const open = db.prepare(`SELECT seq FROM outbox WHERE state IN ('saved', 'queued', 'delivered') OR (state = 'confirmed' AND entity <> 'person') ORDER BY seq`).pluck().all() as number[]
  db.prepare(`UPDATE outbox SET ${asNew} WHERE seq IN (SELECT value FROM json_each(?))`).run(JSON.stringify(open))
  for (const seq of open) numberForHub(db, seq)
}

/** The hub's person in place of the one here, with what is that person's own on this desk. */
function takePerson(db: RawDatabase, { localId, id, username, displayName, role, active }: EnrolAnswer['people'][number], now: string): void {
  const people = rowTables(db)('person')
  const createdAt = people.get([localId])?.['createdAt'] ?? now
  if (localId !== id) {
    people.remove([localId])
    for (const table of ['workspace', 'draft', 'recent_customer']) db.prepare(`UPDATE OR REPLACE ${table} SET person_id = ? WHERE person_id = ?`).run(id, localId)
    db.prepare(`UPDATE OR REPLACE setting SET key = 'preferences:' || ? WHERE key = 'preferences:' || ?`).run(id, localId)
  }
  people.put({ id, username, displayName, role, active, createdAt })
}

/** Whatever the hub does not have stays readable in a copy, encrypted with the same key; made in a thread of its own, while work goes on. */
async function copyBefore(store: Store, key: Uint8Array, dataDir: string): Promise<void> {
  const folder = join(dataDir, 'copies')
  mkdirSync(folder, { recursive: true })
  await copyApart(store.path, key, join(folder, 'before-joining.db'))
  // Somebody signed out meanwhile: nothing here knows the key any more.
  if (!store.rawWriter.open) throw new Error('the store was closed while the desk joined')
}

/** Known before the code is used up: the disk has room for the copy. */
function assertRoom(store: Store): void {
  const { bavail, bsize } = statfsSync(dirname(store.path))
  if (bavail * bsize < statSync(store.path).size * roomForCopy) throw Object.assign(new Error('there is no room for the copy'), { code: 'ENOSPC' })
}
const roomForCopy = 1.1

const joinCodes = ['code_invalid', 'code_expired', 'hub_empty', 'customers_missing', 'too_old'] as const
const isJoinCode = (code: string): code is (typeof joinCodes)[number] => (joinCodes as readonly string[]).includes(code)

function errorOf(failure: HubFailure): JoinError {
  switch (failure.kind) {
    case 'unreachable': case 'busy': return 'hub_unreachable'
    case 'not_a_hub': return 'not_a_hub'
    case 'refused': return isJoinCode(failure.code) ? failure.code : 'hub_refused'
  }
}
