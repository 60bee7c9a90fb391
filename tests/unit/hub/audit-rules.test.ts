/** The rules of the hub's audit chain, without a database: what each of them alone must find. */
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import type { Pool } from 'pg'
import { describe, expect, it } from 'vitest'
import { chained } from '../../../hub/identity/audit.ts'
import type { StoredAudit } from '../../../hub/identity/audit.ts'
import type { AuditKey } from '../../../hub/identity/audit-key.ts'
import { signCheckpoint } from '../../../hub/identity/audit-signing.ts'
import { collectWitnesses, isVoid } from '../../../hub/identity/audit-witnesses.ts'
import { makeCheckpoint } from '../../../hub/identity/checkpoints.ts'
import { createWalk, verifyAudit } from '../../../hub/identity/verify-audit.ts'

const start = '0'.repeat(64)
const other = 'f'.repeat(64)
const { rows, head } = chained({ seq: 0, hash: start }, ['a', 'b', 'c'].map((subject) => ({ at: '2026-11-20T09:00:00.000Z', actor: 'p-anna', deviceId: 'd-1', kind: 'wrote', subject, details: { operation: 'ticket.open' } })))

const pair = generateKeyPairSync('ed25519')
const key: AuditKey = {
  sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('base64url'),
  isSigned: (text, signature) => verify(null, Buffer.from(text), pair.publicKey, Buffer.from(signature, 'base64url')),
  publicKey: 'x',
}

/** A database that answers each question by the table it names first. */
function database(answers: { readonly [about: string]: readonly object[] }): { readonly pool: Pool; readonly asked: string[] } {
  const asked: string[] = []
  const query = (text: string, values: readonly unknown[] = []) => {
    asked.push(text)
    const about = Object.keys(answers).find((name) => text.includes(name)) ?? ''
    const found = (answers[about] ?? []).filter((row) => about !== 'FROM audit WHERE' || (row as StoredAudit).seq > Number(values[0]))
    return Promise.resolve({ rows: found, rowCount: found.length })
  }
  return { pool: { query } as unknown as Pool, asked }
}

describe('the chain', () => {
  const changed: { readonly [F in keyof StoredAudit]?: StoredAudit[F] } = { at: '2026-11-20T10:00:00.000Z', actor: 'p-bruno', device_id: null, kind: 'read', subject: 'z', details: { operation: 'ticket.take' }, previous: other, hash: other }
  it.each(Object.entries(changed))('finds an entry whose %s was changed', (field, value) => {
    const walk = createWalk(0, start)
    expect(rows.map((row, index) => walk.step(index === 1 ? { ...row, [field]: value } : row))).toContain('altered')
    expect(walk.at()).toBe(1)
  })

  it.each([
    ['another hash', { seq: 3, hash: other }, 'cut'],
    ['a shorter chain', { seq: 2, hash: rows[1]?.hash }, 'cut'],
    ['entries that are not there', { seq: 4, hash: other }, 'cut'],
    ['what is there', head, null],
  ])('is held against a head that says %s', async (_, said, why) => {
    const { pool } = database({ 'FROM audit WHERE': rows, audit_head: [said] })
    expect((await verifyAudit(pool)).why).toBe(why)
  })
})

describe('witnesses', () => {
  const told = { feedId: 'f', seq: 2, hash: other }
  it('believe no head that the hub did not sign', async () => {
    const signed = { ...told, signature: key.sign(['sportello-audit-head-1', told.feedId, told.seq, told.hash].join('\n')) }
    for (const [entry, seqs] of [[{ ...signed, hash: start }, []], [signed, [2]]] as const) {
      const { pool } = database({ audit_checkpoint: [], audit_contradiction: [entry] })
      expect([...(await collectWitnesses(pool, { key, kept: [] })).bySeq.keys()]).toEqual(seqs)
    }
  })

  it('of a history that another one took the place of count up to where that began', () => {
    const restart = signCheckpoint(key, { kind: 'restart', feedId: 'new', seq: 5, at: '2026-11-20T12:00:00.000Z', hash: other })
    expect([4, 5, 6].map((seq) => isVoid({ feedId: 'old', seq }, [restart]))).toEqual([false, true, true])
    expect(isVoid({ feedId: 'new', seq: 6 }, [restart])).toBe(false)
    const later = signCheckpoint(key, { kind: 'restart', feedId: 'newest', seq: 2, at: '2026-11-20T13:00:00.000Z', hash: other })
    expect([restart, later].map(({ feedId }) => isVoid({ feedId, seq: 6 }, [restart, later]))).toEqual([true, false])
  })
})

describe('a checkpoint', () => {
  const standing = (seq: number, hash: string, last: number | null = null) => ({ seq, hash, feed_id: 'f', last_seq: last, last_hash: last === null ? null : start, last_at: null })
  it.each([
    ['the head is not where the entries lead', standing(3, other), 4],
    ['the chain is shorter than what was signed', standing(2, head.hash, 7), 3],
    ['an entry is not there', standing(9, head.hash), 4],
  ])('is not signed where %s', async (_, found, seq) => {
    const { pool, asked } = database({ 'FROM audit_head': [found], 'FROM audit WHERE': rows })
    expect(await makeCheckpoint({ pool, key, dataDir: '/nowhere', now: new Date('2026-11-20T12:00:00.000Z') })).toEqual({ result: 'broken', seq })
    expect(asked.filter((text) => text.startsWith('INSERT'))).toEqual([])
  })
})
