import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access, CallSpec } from '../../shared/contract/call.ts'
import { callNames, contract } from '../../shared/contract/index.ts'
import type { CallName } from '../../shared/contract/index.ts'
import { roles } from '../../shared/domain/records/people.ts'
import { loadMasterData } from '../support/master-data.ts'
import { testPassword } from '../support/hash-cost.ts'
import { createTestCore } from '../support/test-core.ts'
import type { TestCore } from '../support/test-core.ts'
import { samples } from './samples.ts'

const canary = 'RSSMRA80A01H501U'
/** Nothing of what a field is meant to hold, and what a program may stumble over. */
const garbage: readonly unknown[] = [
  null, true, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 1, '', ' ', canary, '\u0000\ud800', `${canary}${'x'.repeat(20_000)}`,
  [], [null], [canary], {}, { $ne: null }, JSON.parse('{"__proto__":{"role":"administrator"}}'),
]

type Envelope = { ok: boolean; value?: unknown; error?: { code: string; details?: Record<string, unknown> } }

function specOf(name: CallName): CallSpec {
  const [area = '', call = ''] = name.split('.')
  return (contract as unknown as Record<string, Record<string, CallSpec>>)[area]![call]!
}

describe('every call of the contract', () => {
  let core: TestCore
  const dispatch = async (clientId: string, call: string, input: unknown): Promise<Envelope> => JSON.parse(await core.core.dispatch({ clientId }, JSON.stringify({ call, input }))) as Envelope

  beforeAll(async () => {
    core = await createTestCore({ load: loadMasterData })
    for (const role of ['agent', 'supervisor'] as const) {
      await core.call('people', 'add', { username: role, displayName: role, role, password: testPassword })
      await core.as(role)('session', 'signIn', { username: role, password: testPassword })
    }
  })
  afterAll(() => core.close())

  it.each(callNames().filter((name) => specOf(name).access !== 'anyone'))('%s is closed before sign-in', async (name) => {
    expect(await dispatch('stranger', name, samples[name])).toEqual({ ok: false, error: { code: 'not_signed_in' } })
  })

  it.each(callNames().flatMap((name) => roles.map((role) => [name, role] as const)).filter(([name]) => specOf(name).access !== 'anyone'))('%s obeys the role table for %s', async (name, role) => {
    const access: Access = specOf(name).access
    const allowed = access === 'anyone' || access.includes(role)
    const reply = await dispatch(role === 'administrator' ? 'test' : role, name, { garbage: true })
    expect(reply.error?.code).toBe(allowed ? (acceptsNothing(name) ? reply.error?.code : 'invalid_input') : 'forbidden')
  })

  it.each(callNames())('%s answers garbage with its declared error, without a stack and without the value', async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        const reply = await dispatch('test', name, { input, canary })
        expect(reply).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
        expect(JSON.stringify(reply)).not.toContain(canary)
      }),
      { numRuns: 20 },
    )
  })

  it.each(callNames().filter((name) => Object.keys(samples[name]).length > 0))('%s answers garbage in any one field with a declared error, without the value', async (name) => {
    const sample = samples[name] as Readonly<Record<string, unknown>>
    const known = [...specOf(name).errors, 'invalid_input']
    for (const field of Object.keys(sample)) {
      for (const value of garbage) {
        const reply = await dispatch('test', name, { ...sample, [field]: value })
        if (reply.ok) continue
        const said = `${field}: ${JSON.stringify(value).slice(0, 40)}`
        expect(known, said).toContain(reply.error?.code)
        expect(JSON.stringify(reply), said).not.toContain(canary)
      }
    }
  })

  it('answers an unknown call, broken JSON and an oversized request', async () => {
    expect(await dispatch('test', 'customers.drop', {})).toMatchObject({ error: { code: 'unknown_call' } })
    expect(await dispatch('test', 'constructor', {})).toMatchObject({ error: { code: 'unknown_call' } })
    for (const text of ['', '{', 'null', '[]', '{"call":1}', '"x"']) expect(JSON.parse(await core.core.dispatch({ clientId: 'test' }, text))).toMatchObject({ error: { code: 'invalid_input' } })
    expect(JSON.parse(await core.core.dispatch({ clientId: 'test' }, JSON.stringify({ call: 'session.status', input: 'x'.repeat(2_000_000) })))).toMatchObject({ error: { code: 'invalid_input' } })
  })

  function acceptsNothing(name: CallName): boolean {
    return specOf(name).input.safeParse({ garbage: true }).success
  }
})
