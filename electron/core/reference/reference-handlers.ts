import { ok } from '../../../shared/domain/result.ts'
import { models } from '../../../shared/model/models.ts'
import type { HandlersOf } from '../context.ts'

export const referenceHandlers: HandlersOf<'reference'> = {
  brands: async (call) => {
    const brands = await call.store.reader.getRepository(models.brand).find({ order: { name: 'ASC' } })
    return ok(brands.map(({ id, name }) => ({ id, name })))
  },
}
