/** What the hub bears: many operations a second, a thousand desks connected, a thousand desks that come back at once. */
import { performance } from 'node:perf_hooks'
import type { ChangesAnswer } from '../../../shared/sync/wire.ts'
import { stats } from '../stats.ts'
import type { Stats } from '../stats.ts'
import type { BenchHub } from './bench-hub.ts'
import { loadDesk, noteDraft, ticketDraft } from './load-desk.ts'
import type { LoadDesk } from './load-desk.ts'

type Place = { readonly hub: BenchHub; readonly feedId: string; readonly customers: readonly string[]; readonly random: () => number }

/** From 50 desks at once, 50 operations a push: a tenth opens tickets, the rest are notes to them. */
export async function throughput({ hub, feedId, customers, random }: Place, seconds: number): Promise<{ opsPerSecond: number; desks: number; p95: number }> {
  const desks = (await hub.desks(50)).map((desk) => loadDesk(hub.url, feedId, desk))
  const times: number[] = []
  let done = 0
  const end = performance.now() + seconds * 1000
  const begun = performance.now()
  await Promise.all(desks.map(async (desk) => {
    while (performance.now() < end) {
      const opened = Array.from({ length: 5 }, () => ticketDraft(hub.person, pick(customers, random)))
      const notes = Array.from({ length: 45 }, (_none, index) => noteDraft(hub.person, opened[index % opened.length]?.opId ?? '', 'Ha richiamato, chiede aggiornamenti.'))
      const { answer, milliseconds } = await desk.push([...opened, ...notes])
      if (answer.receipts.some(({ outcome }) => outcome === 'rejected')) throw new Error(`an operation of the bench was refused: ${JSON.stringify(answer.receipts.find(({ outcome }) => outcome === 'rejected'))}`)
      times.push(milliseconds)
      done += opened.length + notes.length
    }
  }))
  return { opsPerSecond: Math.round(done / ((performance.now() - begun) / 1000)), desks: desks.length, p95: stats(times).p95 }
}

/** One operation a push, `rate` a second in all, while every desk keeps its stream open. */
export async function steady(place: Place, connected: number, rate: number, seconds: number): Promise<{ latency: Stats; visible: Stats; connected: number }> {
  const { hub, feedId, customers, random } = place
  const desks = (await hub.desks(connected)).map((desk) => loadDesk(hub.url, feedId, desk))
  const [watcher, ...others] = desks
  if (!watcher) throw new Error('no desks')
  const closers: (() => void)[] = []
  for (let at = 0; at < others.length; at += 100) closers.push(...(await Promise.all(others.slice(at, at + 100).map((desk) => desk.listen(() => undefined)))))
  const sentAt = new Map<string, number>()
  const visible: number[] = []
  const stopWatching = await follow(watcher, feedId, (opId) => {
    const begun = sentAt.get(opId)
    if (begun !== undefined) visible.push(performance.now() - begun)
    sentAt.delete(opId)
  })
  const latency: number[] = []
  const running: Promise<unknown>[] = []
  const begun = performance.now()
  const busy = new Set<LoadDesk>()
  for (let sent = 0; sent < rate * seconds; ) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - begun) / 1000) * rate))
    // A desk sends one push at a time; with all of them at work the rate is not reached, and the latency says so.
    for (; sent < due && busy.size < others.length; sent++) {
      const desk = freeDesk(others, busy, random)
      busy.add(desk)
      const draft = ticketDraft(hub.person, pick(customers, random))
      sentAt.set(draft.opId, performance.now())
      running.push(desk.push([draft]).then(({ milliseconds }) => latency.push(milliseconds)).finally(() => busy.delete(desk)))
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await Promise.all(running)
  const deadline = performance.now() + 10_000
  while (sentAt.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
  stopWatching()
  for (const close of closers) close()
  if (sentAt.size > 0) throw new Error(`${sentAt.size} operations never became visible on the other desk`)
  return { latency: stats(latency), visible: stats(visible), connected }
}

/** Every desk was away and comes back at the same moment with a full queue. */
export async function storm({ hub, feedId, customers, random }: Place, count: number, each: number) {
  const desks = (await hub.desks(count)).map((desk) => loadDesk(hub.url, feedId, desk))
  hub.forgetPeak()
  const begun = performance.now()
  const waits = await Promise.all(desks.map(async (desk) => {
    const drafts = Array.from({ length: each }, () => ticketDraft(hub.person, pick(customers, random)))
    return (await desk.push(drafts)).waits
  }))
  const seconds = (performance.now() - begun) / 1000
  const { peak } = await hub.usage()
  const [row] = await hub.database.asOwner(`SELECT count(*) AS ops, count(DISTINCT op_id) AS once FROM receipt WHERE device_id = ANY ($1) AND outcome = 'applied'`, [desks.map(({ id }) => id)])
  const [effects] = await hub.database.asOwner('SELECT count(*) AS tickets FROM ticket WHERE id IN (SELECT op_id FROM receipt WHERE device_id = ANY ($1))', [desks.map(({ id }) => id)])
  const wanted = count * each
  return { desks: count, operations: wanted, lost: wanted - Number(effects?.['tickets'] ?? 0), doubled: Number(row?.['ops'] ?? 0) - Number(row?.['once'] ?? 0), seconds: Number(seconds.toFixed(1)), rssMB: Math.round(peak / 2 ** 20), toldToWait: waits.reduce((sum, one) => sum + one, 0) }
}

/** Pulls at each hint, as a desk does; tells the operations whose tickets it has seen. */
async function follow(desk: LoadDesk, feedId: string, onTicket: (id: string) => void): Promise<() => void> {
  const start = (await desk.get(`/v1/changes?feedId=${feedId}&after=0&limit=1&protocol=1`).catch(() => null)) as ChangesAnswer | null
  let cursor = start?.head ?? 0
  let head = cursor
  let pulling = false
  async function pull(): Promise<void> {
    if (pulling) return
    pulling = true
    try {
      while (cursor < head) {
        const answer = (await desk.get(`/v1/changes?feedId=${feedId}&after=${cursor}&limit=500&protocol=1`)) as ChangesAnswer
        cursor = answer.to
        head = Math.max(head, answer.head)
        for (const change of answer.changes) if (change.table === 'ticket') onTicket(String(change.key[0]))
      }
    } finally {
      pulling = false
    }
  }
  const close = await desk.listen((now) => {
    head = Math.max(head, now)
    void pull()
  })
  return close
}

function freeDesk(desks: readonly LoadDesk[], busy: ReadonlySet<LoadDesk>, random: () => number): LoadDesk {
  for (;;) {
    const desk = pick(desks, random)
    if (!busy.has(desk)) return desk
  }
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}
