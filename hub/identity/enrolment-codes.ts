import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { HubParts, Tx } from '../server/parts.ts'
import { HubError } from '../server/errors.ts'

export type CodeKind = 'short' | 'long'
export type OpenCode = { readonly id: string; readonly officeId: string; readonly founding: boolean; readonly createdBy: string | null }

const lifetimeMs: Readonly<Record<CodeKind, number>> = { short: 10 * 60_000, long: 7 * 24 * 3_600_000 }
const triesOfShort = 5
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Makes a one-time code; only its hash is stored. */
export async function createCode(tx: Tx, hub: Pick<HubParts, 'ids' | 'clock'>, code: { readonly officeId: string; readonly kind: CodeKind; readonly founding: boolean; readonly createdBy: string | null }): Promise<{ readonly id: string; readonly code: string; readonly expiresAt: Date }> {
  const text = code.kind === 'short' ? String(randomInt(100_000_000)).padStart(8, '0') : longCode()
  const id = hub.ids.next()
  const now = hub.clock.now()
  const expiresAt = new Date(now.getTime() + lifetimeMs[code.kind])
  await tx.query('INSERT INTO enrolment_code (id, code_hash, office_id, founding, kind, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
    id, codeHash(text), code.officeId, code.founding, code.kind, code.createdBy, now, expiresAt,
  ])
  return { id, code: text, expiresAt }
}

/**
 * Finds the code a desk was given. A short one may be guessed at: each try counts against all open short codes, committed before it is
 * compared, so that tries made at once count too. Throws `code_invalid`, and `code_expired` to who knows the code.
 */
export async function findCode(hub: Pick<HubParts, 'pool' | 'clock'>, given: string): Promise<OpenCode> {
  const code = normalCode(given)
  const now = hub.clock.now()
  const guessable = code === null || /^\d{8}$/.test(code)
  const open = guessable
    ? (await hub.pool.query<{ id: string }>(`UPDATE enrolment_code SET attempts = attempts + 1 WHERE kind = 'short' AND used_at IS NULL AND expires_at > $1 AND attempts < $2 RETURNING id`, [now, triesOfShort])).rows.map(({ id }) => id)
    : null
  if (code === null) throw new HubError(403, 'code_invalid')
  const { rows } = await hub.pool.query<{ id: string; office_id: string; founding: boolean; created_by: string | null; used_at: Date | null; expires_at: Date }>(
    'SELECT id, office_id, founding, created_by, used_at, expires_at FROM enrolment_code WHERE code_hash = $1', [codeHash(code)],
  )
  const row = rows[0]
  if (!row) throw new HubError(403, 'code_invalid')
  if (row.used_at !== null || row.expires_at <= now || (open !== null && !open.includes(row.id))) throw new HubError(403, 'code_expired')
  return { id: row.id, officeId: row.office_id, founding: row.founding, createdBy: row.created_by }
}

/** Takes the code; of two desks that come with the same one, the second is refused. */
export async function useCode(tx: Tx, code: OpenCode, deviceId: string, now: Date): Promise<void> {
  const { rowCount } = await tx.query('UPDATE enrolment_code SET used_at = $2, device_id = $3 WHERE id = $1 AND used_at IS NULL AND expires_at > $2', [code.id, now, deviceId])
  if (rowCount !== 1) throw new HubError(403, 'code_expired')
  // Each start without an administrator prints one: the hub is founded once.
  if (code.founding) await tx.query('UPDATE enrolment_code SET expires_at = $1 WHERE founding AND used_at IS NULL AND expires_at > $1', [now])
}

/** 128 bits in groups of five letters and digits that are not mistaken for each other. */
function longCode(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`)
  let text = ''
  for (let letter = 0; letter < 26; letter += 1) {
    text += alphabet[Number(bits & 31n)] ?? ''
    bits >>= 5n
  }
  return (text.match(/.{1,5}/g) ?? []).join('-')
}

/** Spaces, hyphens and case are the reader's; `null` for what cannot be a code. */
function normalCode(given: string): string | null {
  const plain = given.toUpperCase().replaceAll(/[\s-]/g, '')
  if (/^\d{8}$/.test(plain)) return plain
  const letters = plain.replaceAll('0', 'O').replaceAll('1', 'I')
  return /^[A-Z2-7]{26}$/.test(letters) ? letters : null
}

function codeHash(code: string): string {
  return createHash('sha256').update(`sportello enrolment ${normalCode(code) ?? ''}`).digest('hex')
}
