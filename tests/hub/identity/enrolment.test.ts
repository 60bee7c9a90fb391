import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EnrolAnswer, EnrolRequest } from '../../../shared/sync/identity.ts'
import { createCode } from '../../../hub/identity/enrolment-codes.ts'
import type { CodeKind } from '../../../hub/identity/enrolment-codes.ts'
import { addOffice, addPerson, startTestHub, testDevice } from '../../support/hub-app.ts'
import type { TestHub } from '../../support/hub-app.ts'
import { testPassword } from '../../support/hash-cost.ts'

let hub: TestHub
let officeId: string
beforeAll(async () => {
  hub = await startTestHub()
  officeId = await addOffice(hub, 'Centro', ['nord'])
})
afterAll(() => hub.stop())

const code = async (kind: CodeKind = 'long', founding = false) => (await hub.hub.parts.transaction((tx) => createCode(tx, hub.hub.parts, { officeId, kind, founding, createdBy: null }))).code
const uuid = (n: number) => `0193a000-0000-7000-8000-${String(n).padStart(12, '0')}`

async function enrol(request: Partial<EnrolRequest> & { code: string }): Promise<{ status: number; answer: EnrolAnswer; error: string | undefined; privateKey: KeyObject }> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const body: EnrolRequest = { deskName: 'Sportello 1', publicKey: publicKey.export({ format: 'jwk' }).x ?? '', unlockKey: randomBytes(32).toString('base64url'), appVersion: '0.1.0', protocol: 1, people: [], ...request }
  const response = await fetch(`${hub.url}/v1/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const answer = (await response.json()) as EnrolAnswer & { error?: { code: string } }
  return { status: response.status, answer, error: answer.error?.code, privateKey }
}

it('lets a desk in with its code, once', async () => {
  const text = await code()
  const first = await enrol({ code: text.toLowerCase().replaceAll('-', ' ') })
  expect(first.status).toBe(201)
  expect(first.answer).toMatchObject({ epoch: 1, hubName: 'Hub di prova', officeName: 'Centro', scopes: ['nord'], people: [] })
  expect((await testDevice(hub, first.answer.deviceId, first.privateKey).call('/v1/nowhere')).status).toBe(404)
  expect(await enrol({ code: text })).toMatchObject({ status: 403, error: 'code_expired' })
})

it('gives one of two desks that bring the same code at once the place', async () => {
  const text = await code()
  const both = await Promise.all([enrol({ code: text }), enrol({ code: text })])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 403])
})

it('tells nothing about codes to who has none, and ends short ones after five tries', async () => {
  expect(await enrol({ code: 'no code at all' })).toMatchObject({ status: 403, error: 'code_invalid' })
  const text = await code('short')
  expect(text).toMatch(/^\d{8}$/)
  const other = text === '00000000' ? '00000001' : '00000000'
  for (let guess = 0; guess < 5; guess += 1) expect(await enrol({ code: other })).toMatchObject({ status: 403, error: 'code_invalid' })
  expect(await enrol({ code: text })).toMatchObject({ status: 403, error: 'code_expired' })
})

it('ends a short code after ten minutes and a long one after seven days', async () => {
  const [short, long] = [await code('short'), await code('long')]
  hub.clock.advance(11 * 60_000)
  expect(await enrol({ code: short })).toMatchObject({ error: 'code_expired' })
  hub.clock.advance(7 * 24 * 3_600_000)
  expect(await enrol({ code: long })).toMatchObject({ error: 'code_expired' })
})

it('adopts the people of a desk: roles with a founding code only, known names as who they are', async () => {
  const known = await addPerson(hub, { username: 'carla', role: 'supervisor' })
  const people: EnrolRequest['people'] = [
    { id: uuid(1), username: 'Anna', displayName: 'Anna Prova', role: 'administrator', active: true },
    { id: uuid(2), username: 'CARLA', displayName: 'Carla Prova', role: 'administrator', active: true },
  ]
  const founding = await enrol({ code: await code('long', true), people })
  expect(founding.answer.people).toEqual([
    { localId: uuid(1), id: uuid(1), username: 'anna', displayName: 'Anna Prova', role: 'administrator', active: true },
    { localId: uuid(2), id: known, username: 'carla', displayName: 'Prova carla', role: 'supervisor', active: true },
  ])
  const later = await enrol({ code: await code(), people: [{ id: uuid(1), username: 'dino', displayName: 'Dino Prova', role: 'administrator', active: true }] })
  expect(later.answer.people[0]).toMatchObject({ localId: uuid(1), username: 'dino', role: 'agent' })
  expect(later.answer.people[0]?.id).not.toBe(uuid(1))
  const feed = await hub.database.asOwner(`SELECT tbl, kind, scopes, row ->> 'username' AS username FROM change ORDER BY pos`)
  expect(feed).toEqual([
    { tbl: 'person', kind: 'put', scopes: ['*'], username: 'anna' },
    { tbl: 'person', kind: 'put', scopes: ['*'], username: 'dino' },
  ])
})

it('takes the first password of an adopted person from the desk that brought them, and from no other', async () => {
  const person = { id: uuid(9), username: 'elio', displayName: 'Elio Prova', role: 'agent', active: true } as const
  const own = await enrol({ code: await code(), people: [person] })
  const other = await enrol({ code: await code() })
  const signIn = (desk: typeof own, password: string) => testDevice(hub, desk.answer.deviceId, desk.privateKey).call('/v1/session', { method: 'POST', body: { username: 'elio', password } })
  expect(await signIn(other, testPassword)).toMatchObject({ status: 401, body: { error: { code: 'wrong_credentials' } } })
  expect(await signIn(own, testPassword)).toMatchObject({ status: 201, body: { passwordRevision: 1 } })
  expect(await signIn(other, 'something else')).toMatchObject({ status: 401 })
  expect(await signIn(other, testPassword)).toMatchObject({ status: 201, body: { passwordRevision: 1 } })
})

it('keeps the code of a desk whose request makes no sense', async () => {
  const text = await code()
  expect(await enrol({ code: text, protocol: 0 })).toMatchObject({ status: 400, error: 'invalid' })
  expect(await enrol({ code: text, publicKey: 'too short' })).toMatchObject({ status: 400, error: 'invalid' })
  expect(await enrol({ code: text })).toMatchObject({ status: 201 })
})
