/** What the hub says about people, carried out at this desk: names, roles, ids, who may be here, and whose slots open it. */
import type { PersonId } from '../../../shared/domain/ids.ts'
import type { PersonRow } from '../../../shared/domain/records/people.ts'
import type { Session } from '../context.ts'
import type { KeySlots } from '../people/key-slots.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { isFollowing, readState } from './sync-store.ts'

type Standing = { readonly username: string; readonly name: string; readonly role: PersonRow['role']; readonly active: number }

/** Brings those signed in up to date; answers who has to go. */
export function refreshSessions(db: RawDatabase, sessions: Map<string, Session>, keySlots: KeySlots): string[] {
  const aliases = readState(db, 'aliases') ?? {}
  const gone: string[] = []
  for (const [clientId, session] of sessions) {
    const id = aliases[session.personId] ?? session.personId
    const row = db.prepare('SELECT username, display_name AS name, role, active FROM person WHERE id = ?').get(id) as Standing | undefined
    if (row?.active !== 1) gone.push(session.personId)
    else sessions.set(clientId, { ...session, personId: id, username: row.username, actor: { id: id as PersonId, name: row.name, role: row.role } })
  }
  if (isFollowing(db)) for (const id of db.prepare('SELECT id FROM person WHERE active = 0').pluck().all() as string[]) dropSlots(db, keySlots, id)
  return gone
}

/** Also the slot from before the joining, under the id of that time. */
export function dropSlots(db: RawDatabase, keySlots: KeySlots, personId: string): void {
  const aliases = readState(db, 'aliases') ?? {}
  for (const owner of [personId, ...Object.keys(aliases).filter((local) => aliases[local] === personId)]) keySlots.remove(owner)
}

/** Whether the hub has ever accepted the password that opens this person's slot. */
export function hasHubPassword(db: RawDatabase, personId: string): boolean {
  return db.prepare(`SELECT 1 FROM setting WHERE key = 'hub-password:' || ?`).get(personId) !== undefined
}

/** `revision`: of the password that was accepted; `null` for one that was refused. */
export function noteHubPassword(db: RawDatabase, personId: string, revision: number | null): void {
  if (revision !== null) db.prepare(`INSERT OR REPLACE INTO setting (key, value) VALUES ('hub-password:' || ?, ?)`).run(personId, JSON.stringify(revision))
  else db.prepare(`DELETE FROM setting WHERE key = 'hub-password:' || ?`).run(personId)
}

/** Drops the slots of passwords that were changed at the hub since it accepted them, and answers whose: they come in with the new one, through the hub. */
export function dropOutdatedSlots(db: RawDatabase, keySlots: KeySlots, people: readonly { readonly id: string; readonly revision: number }[]): string[] {
  const noted = db.prepare(`SELECT value FROM setting WHERE key = 'hub-password:' || ?`).pluck()
  const outdated = people.flatMap(({ id, revision }) => {
    const value = noted.get(id)
    const known: unknown = typeof value === 'string' ? JSON.parse(value) : null
    return typeof known === 'number' && known !== revision ? [id] : []
  })
  for (const id of outdated) dropSlots(db, keySlots, id)
  return outdated
}

/** Somebody the hub has just let in, whose row may not be here yet. */
export function takeKnown(db: RawDatabase, { id, username, displayName, role, active }: Omit<PersonRow, 'createdAt'>, now: string): void {
  db.prepare('DELETE FROM person WHERE username = ? AND id <> ?').run(username, id)
  db.prepare(`INSERT INTO person (id, username, display_name, role, active, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET username = excluded.username, display_name = excluded.display_name, role = excluded.role, active = excluded.active`).run(id, username, displayName, role, active ? 1 : 0, now)
}
