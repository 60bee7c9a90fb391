import { afterAll, beforeAll, expect, it } from 'vitest'
import { enrolDevice, startTestHub } from '../../support/hub-app.ts'
import type { TestDevice, TestHub } from '../../support/hub-app.ts'

let hub: TestHub
let desk: TestDevice
beforeAll(async () => {
  hub = await startTestHub()
  desk = await enrolDevice(hub)
})
afterAll(() => hub.stop())

it('says that it lives and that it is ready', async () => {
  expect(await (await fetch(`${hub.url}/healthz`)).json()).toEqual({ ok: true })
  expect(await (await fetch(`${hub.url}/readyz`)).json()).toEqual({ ready: true })
})

it('describes every route it has', async () => {
  const { paths } = (await (await fetch(`${hub.url}/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> }
  expect(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`)).toSorted()).toEqual(
    hub.hub.routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`).toSorted(),
  )
})

it('knows its desks by their signature', async () => {
  expect(await desk.call('/v1/nowhere')).toEqual({ status: 404, body: { error: { code: 'not_found' } } })
  expect((await fetch(`${hub.url}/v1/nowhere`)).status).toBe(401)
})
