import { displayName } from '../../../shared/domain/customer-name.ts'
import { models } from '../../../shared/model/models.ts'
import { ok } from '../../../shared/domain/result.ts'
import { Like } from 'typeorm'
import type { HandlersOf } from '../context.ts'

export const lookupHandlers: HandlersOf<'lookup'> = {
  search: async (call, { text, limit }) => {
    const rows = await call.store.reader.getRepository(models.customer).find({ where: [{ lastName: Like(`${text}%`) }, { companyName: Like(`${text}%`) }], take: limit })
    return ok({
      rows: rows.map((row) => ({
        customerId: row.id, kind: row.kind, name: { text: displayName(row), marks: [[0, text.length]] as const }, code: { text: row.code, marks: [] }, brand: row.brandId,
        birthYear: row.birthDay ? Number(row.birthDay.slice(0, 4)) : null, address: null, matched: null, reasons: ['name'] as const, supplies: [], alerts: [],
      })),
      cursor: null, corrected: null, suggestions: [], index: { done: 0, total: 0, finished: true },
    })
  },
  count: (call, { text }) => {
    call.trace(null, { length: text.length })
    return Promise.resolve(ok({ total: 0 }))
  },
  recent: () => Promise.resolve(ok([])),
  indexProgress: () => Promise.resolve(ok({ done: 0, total: 0, finished: true, customers: 0 })),
}
