import type { Page } from '@playwright/test'
import type { InputOf, ReplyOf } from '../../shared/contract/call.ts'
import type { Area, Contract } from '../../shared/contract/index.ts'
import type { HubStatus } from '../../shared/contract/hub.ts'

/** What a spec lets the core answer in place of a hub; other calls go through to the desk. */
export type Played = { readonly [A in Area]?: { readonly [C in keyof Contract[A]]?: (input: InputOf<Contract[A][C]>) => ReplyOf<Contract[A][C]> } }

/** Answers these calls at the door of the loopback host: screens of a joined desk without a hub. The proof with a real one is `two-desks.spec.ts`. */
export async function playHub(page: Page, answers: Played): Promise<void> {
  await page.route('**/call', async (route) => {
    const { call, input } = route.request().postDataJSON() as { readonly call: string; readonly input: unknown }
    const [area = '', name = ''] = call.split('.')
    const answer: unknown = Reflect.get(Reflect.get(answers, area) ?? {}, name)
    if (typeof answer !== 'function') await route.fallback()
    else await route.fulfill({ contentType: 'application/json', body: JSON.stringify(Reflect.apply(answer, undefined, [input])) })
  })
}

/** Lets the desk answer, and changes what it said: `change` gets the value of the call named as `area.call`. */
export async function alterReplies(page: Page, changes: Readonly<Record<string, (value: never) => unknown>>): Promise<void> {
  await page.route('**/call', async (route) => {
    const { call } = route.request().postDataJSON() as { readonly call: string }
    const change = changes[call]
    if (change === undefined) return route.fallback()
    const reply = (await (await route.fetch()).json()) as { readonly ok: boolean; readonly value: never }
    await route.fulfill({ contentType: 'application/json', body: JSON.stringify(reply.ok ? { ok: true, value: change(reply.value) } : reply) })
  })
}

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

/** A desk that follows its hub and has everything, as of now. */
export function followingStatus(change: Partial<HubStatus> = {}): HubStatus {
  const now = new Date().toISOString()
  return {
    state: 'connected', trouble: null, address: 'https://hub.utenze.example', hubName: 'Sede di Trieste', officeName: 'Muggia', deskName: 'TS-07', session: 'open', stuck: false, queued: 3, delivered: 1, refused: 1,
    oldestQueuedAt: now, lastContactAt: now, lastDeliveredAt: now, currentAsOf: now, position: 88_196, head: 88_196, snapshot: null,
    health: { at: now, result: 'same', tables: 16, rows: 1_234_567, differing: [] }, deferred: 0, files: { queued: 1, bytes: 1_800_000, failed: 0 }, territories: ['*', 'Trieste', 'Gorizia'], ...change,
  }
}
