import { describe, expect, it } from 'vitest'
import { addDays, civilDay, diffDays } from '../../../shared/domain/civil-day.ts'
import { decodeTaxCode } from '../../../shared/domain/tax-code.ts'
import { extractFormats, extractOrder } from '../../../shared/import/extract-formats.ts'
import type { ExtractKind } from '../../../shared/import/extract-format.ts'
import { writeDemo } from '../../../scripts/demo/generate.ts'
import { memorySink, readAll } from './read-demo.ts'

const today = civilDay(2026, 11, 20)
const options = { seed: 1, today, light: false }
const customers = 2000

function generate(from = 0, to = customers, wanted = options): Record<ExtractKind, string> {
  const { sink, texts } = memorySink()
  writeDemo(wanted, from, to, sink)
  return texts
}

const texts = generate()
const { records, complaints } = readAll(texts)

describe('a demo utility', () => {
  it('is loaded without a single refusal or warning', () => {
    expect(complaints).toEqual([])
    expect(records.customers).toHaveLength(customers)
  })

  it('has every business key once', () => {
    for (const kind of extractOrder) {
      const keyOf = extractFormats[kind].key as (record: unknown) => string
      const seen = new Set<string>()
      const twice = records[kind].filter(record => seen.size === seen.add(keyOf(record)).size)
      expect([kind, twice.length]).toEqual([kind, 0])
    }
    expect(new Set(records.tickets.map(ticket => ticket.code)).size).toBe(records.tickets.length)
  })

  it('refers to nothing that is not there', () => {
    const ids = Object.fromEntries(extractOrder.map(kind => [kind, new Set(records[kind].map(extractFormats[kind].key as (record: unknown) => string))]))
    for (const kind of extractOrder) {
      for (const { column, to, property } of extractFormats[kind].references) {
        const idOf = (record: unknown) => (record as Record<string, string | null>)[property] ?? null
        const dangling = records[kind].filter(record => idOf(record) !== null && !ids[to]?.has(idOf(record) ?? ''))
        expect([kind, column, dangling.length]).toEqual([kind, column, 0])
      }
    }
  })

  it('is the same for the same seed and day, in whatever pieces it is made', () => {
    expect(generate(0, 300)).toEqual(generate(0, 300))
    const whole = generate(100, 200).customers
    const header = whole.slice(0, whole.indexOf('\n') + 1)
    expect(whole).toBe(header + [generate(100, 130), generate(130, 200)].map(part => part.customers.slice(header.length)).join(''))
  })

  it('is another one for another seed', () => {
    expect(generate(50, 60, { ...options, seed: 2 }).customers).not.toBe(generate(50, 60).customers)
  })

  it('has a few bills only when it is to be light', () => {
    const light = generate(0, 500, { ...options, light: true })
    expect(light.invoices.length).toBeLessThan(generate(0, 500).invoices.length / 3)
    expect(readAll(light).complaints).toEqual([])
  })
})

describe('its customers', () => {
  const people = records.customers.filter(customer => customer.kind === 'person')

  it('have tax codes that say the same as their data', () => {
    for (const person of people) {
      const decoded = decodeTaxCode(person.taxCode ?? '', 2026)
      expect(decoded?.sex).toBe(person.sex)
      expect(decoded?.birthDays).toContain(person.birthDay)
    }
  })

  it('bear common names more often than rare ones', () => {
    const count = new Map<string, number>()
    for (const { lastName } of people) count.set(lastName ?? '', (count.get(lastName ?? '') ?? 0) + 1)
    const sorted = [...count.values()].sort((a, b) => b - a)
    expect(sorted.length).toBeGreaterThan(400)
    expect(sorted[0]).toBeGreaterThan(people.length / 100)
    expect(sorted.filter(n => n === 1).length).toBeGreaterThan(50)
  })

  it('are companies in about one case of twelve', () => {
    const share = 1 - people.length / customers
    expect(share).toBeGreaterThan(0.05)
    expect(share).toBeLessThan(0.12)
  })

  it('share telephones, some of them', () => {
    const byPhone = new Map<string, Set<string>>()
    for (const { phone, mobile, taxCode } of people) {
      for (const number of [phone, mobile]) if (number !== null) byPhone.set(number, (byPhone.get(number) ?? new Set()).add(taxCode ?? ''))
    }
    expect([...byPhone.values()].filter(set => set.size > 1).length).toBeGreaterThan(20)
  })

  it('are with all four brands, many with more than one service', () => {
    const services = new Map<string, number>()
    for (const { customerId } of records.contracts) services.set(customerId, (services.get(customerId) ?? 0) + 1)
    expect(new Set(records.customers.map(customer => customer.brandId))).toEqual(new Set(['enercasa', 'clienti', 'unogas', 'etra']))
    expect(records.contracts.length / customers).toBeGreaterThan(1.6)
    expect(records.contracts.length / customers).toBeLessThan(2.4)
    expect(records.contracts.some(contract => contract.state === 'closed')).toBe(true)
  })

  it('can only be written to at addresses that belong to nobody', () => {
    expect(records.customers.filter(({ email }) => email !== null && !email.endsWith('.example'))).toEqual([])
  })
})

describe('its readings and bills', () => {
  const meters = new Map(records.meters.map(meter => [meter.id, meter]))
  const contracts = new Map(records.contracts.map(contract => [contract.id, contract]))

  it('agree: a bill is the difference of two readings', () => {
    const byPoint = new Map<string, typeof records.readings>()
    for (const reading of records.readings) {
      const point = meters.get(reading.meterId)?.supplyPointId ?? ''
      byPoint.set(point, [...(byPoint.get(point) ?? []), reading])
    }
    let compared = 0
    for (const invoice of records.invoices) {
      const point = contracts.get(invoice.contractId)?.supplyPointId ?? ''
      if (invoice.consumptionMilli === null || invoice.periodFrom === null || invoice.periodTo === null) continue
      const readings = byPoint.get(point) ?? []
      const after = readings.filter(reading => reading.day === invoice.periodTo)
      const dayBefore = addDays(invoice.periodFrom, -1)
      const before = readings.filter(reading => reading.day === dayBefore)
      const pairs = after.flatMap(b => before.filter(a => a.meterId === b.meterId).map(a => [a, b] as const))
      expect(pairs.length).toBeGreaterThan(0)
      const agrees = pairs.some(([a, b]) => {
        const meter = meters.get(b.meterId)
        const turn = 10 ** (meter?.corrector ? (meter.correctorDigits ?? 0) : (meter?.digits ?? 0)) * 1000
        const step = (from: number, to: number): number => (to - from + turn) % turn
        const used = meter?.corrector
          ? step(a.correctorValue ?? 0, b.correctorValue ?? 0)
          : step(a.value, b.value) + step(a.value2 ?? 0, b.value2 ?? 0) + step(a.value3 ?? 0, b.value3 ?? 0)
        return used === invoice.consumptionMilli
      })
      expect([invoice.number, agrees]).toEqual([invoice.number, true])
      compared++
    }
    expect(compared).toBeGreaterThan(5000)
  })

  it('show the seasons: more gas in winter than in summer', () => {
    const months = { winter: 0, summer: 0 }
    for (const invoice of records.invoices) {
      if (!contracts.get(invoice.contractId)?.supplyPointId.includes(':G:')) continue
      const month = Number(invoice.periodTo?.slice(5, 7))
      if (month <= 3) months.winter += invoice.consumptionMilli ?? 0
      if (month >= 7 && month <= 9) months.summer += invoice.consumptionMilli ?? 0
    }
    expect(months.winter).toBeGreaterThan(5 * months.summer)
  })

  it('come from the company, the customer and estimates', () => {
    expect(new Set(records.readings.map(reading => reading.source))).toEqual(new Set(['company', 'self', 'estimated']))
  })

  it('are never of the future, and mostly paid once due', () => {
    expect(records.readings.filter(reading => reading.day > today)).toEqual([])
    expect(records.invoices.filter(invoice => invoice.issueDay > today)).toEqual([])
    const due = records.invoices.filter(invoice => invoice.dueDay < today)
    const open = due.filter(invoice => invoice.paidCents < invoice.amountCents)
    expect(open.length).toBeGreaterThan(0)
    expect(open.length / due.length).toBeLessThan(0.04)
  })

  it('know exchanged meters: the former one ends where the next begins', () => {
    const removed = records.meters.filter(meter => meter.removedDay !== null && records.meters.some(other => other !== meter && other.supplyPointId === meter.supplyPointId && other.installedDay === meter.removedDay))
    expect(removed.length).toBeGreaterThan(20)
  })
})

describe('its tickets', () => {
  it('are open where they came in lately, and rarely otherwise', () => {
    const isOpen = (state: string): boolean => state !== 'closed' && state !== 'cancelled'
    const open = records.tickets.filter(ticket => isOpen(ticket.state))
    const lately = open.filter(ticket => diffDays(ticket.receivedDay, today) <= 40)
    expect(open.length).toBeGreaterThan(records.tickets.length / 20)
    expect(lately.length / open.length).toBeGreaterThan(0.7)
    expect(records.tickets.every(ticket => ticket.receivedDay < today)).toBe(true)
  })

  it('have a story that begins with the opening and ends in their state', () => {
    const events = new Map<string, typeof records.ticket_events>()
    for (const event of records.ticket_events) events.set(event.ticketId, [...(events.get(event.ticketId) ?? []), event])
    for (const ticket of records.tickets) {
      const story = events.get(ticket.id) ?? []
      expect(story[0]).toMatchObject({ kind: 'opened', at: ticket.openedAt, fromState: null })
      expect(story.at(-1)).toMatchObject({ toState: ticket.state, at: ticket.updatedAt })
      expect(story.map(event => event.at)).toEqual(story.map(event => event.at).toSorted())
      expect(story.slice(1).map(event => event.fromState)).toEqual(story.slice(0, -1).map(event => event.toState))
    }
  })
})
