import { describe, expect, it } from 'vitest'
import { timelineLines } from '../../../renderer/src/features/customer/timeline-lines.ts'
import { createFormat } from '../../../renderer/src/ui/format.ts'
import type { MessageParams, Translate } from '../../../renderer/src/ui/i18n.ts'
import type { TimelineItem } from '../../../shared/contract/customers.ts'
import { sampleSupply } from './sample-sheet.ts'

/** Shows the key and what fills it. */
const t: Translate = (key, params: MessageParams = {}) => [key.split('.').slice(-2).join('.'), ...Object.values(params)].join(' ')
const words = { t, format: createFormat('it'), language: 'it', supplies: [sampleSupply()] } as const

const reading: TimelineItem = { kind: 'reading', at: '2026-11-20', supplyPointId: 'p1', commodity: 'water', value: 1_311_000, source: 'self', state: 'acquired', receipt: null }

describe('the timeline', () => {
  it('tells readings by value and source, and by state while they are not acquired', () => {
    const [acquired, pending, deleted] = timelineLines([reading, { ...reading, state: 'pending', receipt: 'queued' }, { ...reading, state: 'deleted' }], words)
    expect(acquired).toMatchObject({ text: 'timeline.reading 1.311 unit.water', state: 'sourceOf.self', old: false })
    expect(pending).toMatchObject({ state: 'stateOf.pending', receipt: 'queued' })
    expect(deleted).toMatchObject({ state: 'stateOf.deleted', old: true })
  })

  it('leads from a step to its ticket', () => {
    const [line] = timelineLines([{ kind: 'ticket', at: '2026-11-20T09:00:00Z', supplyPointId: null, ticketId: 'k7', step: 'taken', subject: 'Bolletta', actor: 'Anna', receipt: null }], words)
    expect(line).toMatchObject({ ticketId: 'k7', actor: 'Anna', text: 'timeline.ticket step.taken Bolletta' })
  })

  it('names a service of this customer by its code, and one of another holder by what it is', () => {
    const link: TimelineItem = { kind: 'linked', at: '2026-11-20T09:00:00Z', supplyPointId: 'p1', commodity: 'water', actor: 'Anna', receipt: null }
    const [own, other] = timelineLines([link, { ...link, supplyPointId: 'elsewhere' }], words)
    expect(own?.text).toBe('timeline.linked commodity.water 2200418')
    expect(other?.text).toBe('timeline.linked commodity.water')
  })

  it('tells equal lines apart, the same way each time it is read', () => {
    const keys = timelineLines([reading, reading, reading], words).map(({ key }) => key)
    expect(new Set(keys).size).toBe(3)
    expect(timelineLines([reading, reading, reading], words).map(({ key }) => key)).toEqual(keys)
  })
})
