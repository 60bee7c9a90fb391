import { afterAll, beforeAll, expect, it } from 'vitest'
import { roles } from '../../../shared/domain/records/people.ts'
import type { Role } from '../../../shared/domain/records/people.ts'
import type { Route } from '../../../hub/server/route.ts'
import { startTestHub } from '../../support/hub-app.ts'
import type { SignedRequest, TestDevice, TestHub } from '../../support/hub-app.ts'
import { records, secretName, staffedHub } from '../../support/hub-people.ts'
import type { Whose } from '../../support/hub-people.ts'
import { sampleRequest } from '../../support/hub-samples.ts'

let hub: TestHub
let desk: TestDevice
let sessions: Record<Role, string>
beforeAll(async () => {
  hub = await startTestHub()
  ;({ desk, sessions } = await staffedHub(hub))
})
afterAll(() => hub.stop())

type Asker = 'nobody' | 'desk' | Role
const askers: readonly Asker[] = ['nobody', 'desk', ...roles]
const owners = ['own', 'other', 'nobodys'] as const satisfies readonly Whose[]
/** What would end the test itself when it goes through: signing out, and what an administrator does for good. */
const spared = (route: Route, asker: Asker) => route.path === '/v1/session' && route.method === 'DELETE' && asker !== 'nobody' && asker !== 'desk'

function expected(route: Route, asker: Asker): readonly [status: number, code: string] | 'let_in' {
  if (route.access === 'anyone') return 'let_in'
  if (asker === 'nobody') return [401, 'unauthenticated']
  if (route.access === 'device') return 'let_in'
  if (asker === 'desk') return [401, 'session_ended']
  return route.roles?.includes(asker) === true ? 'let_in' : [403, 'forbidden']
}

async function ask(route: Route, asker: Asker, whose: Whose): Promise<{ status: number; body: string }> {
  const { method, path, body, bytes } = sampleRequest(route, records[whose])
  const request: SignedRequest = { method, ...(bytes === undefined ? { body } : { bytes }), ...(asker === 'nobody' || asker === 'desk' ? {} : { session: sessions[asker] }) }
  const end = new AbortController()
  const headers = asker === 'nobody' ? (body === undefined ? {} : { 'content-type': 'application/json' }) : desk.headersFor(path, request)
  const content = bytes ?? (body === undefined ? undefined : JSON.stringify(body))
  const answer = await fetch(`${hub.url}${path}`, { method, headers, signal: end.signal, ...(content === undefined ? {} : { body: typeof content === 'string' ? content : new Uint8Array(content) }) })
  // A long answer never ends by itself.
  const text = route.rate === 'stream' && answer.ok ? '' : await answer.text()
  end.abort()
  return { status: answer.status, body: text }
}

// First, before an administrator of the next tests has erased a customer.
it('answers alike about a record of another territory and about none', async () => {
  const told: string[] = []
  for (const route of hub.hub.routes) {
    // A look into another territory is what this one is for: one customer, with a reason, on record.
    if (route.path === '/v1/lookup') continue
    for (const asker of ['desk', 'agent'] as const) {
      if (expected(route, asker) !== 'let_in' || spared(route, asker) || route.rate === 'stream') continue
      const [other, none] = [await ask(route, asker, 'other'), await ask(route, asker, 'nobodys')]
      const plain = ({ status, body }: typeof other, whose: Whose) => `${status} ${body.replaceAll(records[whose], 'RECORD').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|"token":"[^"]*"|"retry[^,}]*/g, '*')}`
      if (plain(other, 'other') !== plain(none, 'nobodys') && route.path !== '/metrics') told.push(`${route.method} ${route.path} ${asker}: ${other.body.slice(0, 200)} | ${none.body.slice(0, 200)}`)
      if (other.body.includes(secretName) && !route.path.startsWith('/v1/snapshot')) told.push(`${route.method} ${route.path} ${asker}: shows a name`)
    }
  }
  expect(told).toEqual([])
})

it('lets in exactly who it says, whosever record is named', async () => {
  const wrong: string[] = []
  let cases = 0
  for (const route of hub.hub.routes) {
    for (const asker of askers) {
      if (spared(route, asker)) continue
      for (const whose of owners) {
        cases += 1
        const { status, body } = await ask(route, asker, whose)
        const want = expected(route, asker)
        const code = route.method === 'HEAD' || want === 'let_in' || !body.startsWith('{"error"') ? null : (JSON.parse(body) as { error: { code: string } }).error.code
        const right = want === 'let_in' ? (status !== 401 || route.path === '/v1/session') && status !== 403 && status < 500 : status === want[0] && (code === null ? route.method === 'HEAD' : code === want[1])
        // An enrolment code that is none is refused by 403, whoever asks.
        if (!right && !(route.path === '/v1/enrol' && status === 403)) wrong.push(`${route.method} ${route.path} ${asker} ${whose}: ${status} ${body.slice(0, 120)}`)
      }
    }
  }
  expect(wrong).toEqual([])
  expect(cases).toBe(hub.hub.routes.reduce((sum, route) => sum + askers.filter((asker) => !spared(route, asker)).length * owners.length, 0))
})

it('is asked in a way that each route takes', async () => {
  const refused: string[] = []
  for (const route of hub.hub.routes) {
    const asker = route.roles?.includes('supervisor') === true ? 'supervisor' : route.roles ? 'administrator' : 'desk'
    // A token is the hub's own: none can be made here.
    if (spared(route, asker) || route.path === '/v1/snapshot/page') continue
    const { status, body } = await ask(route, asker, 'own')
    if (status === 400 || status === 415) refused.push(`${route.method} ${route.path}: ${body}`)
  }
  expect(refused).toEqual([])
})
