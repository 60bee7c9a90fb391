import { In, IsNull } from 'typeorm'
import type { EntityManager, FindOptionsOrder, FindOptionsWhere } from 'typeorm'
import type { TableName, Tables } from '../../../shared/domain/records/tables.ts'
import { models } from '../../../shared/model/models.ts'
import type { Change, Reader, Where } from '../../../shared/operations/operation.ts'

/** The reading side that operations see, over the transaction given. */
export function createRecordReader(tx: EntityManager): Reader {
  return {
    one: (table, where) => tx.getRepository(models[table]).findOne({ where: condition(where) }),
    many: (table, where, order) =>
      tx.getRepository(models[table]).find({
        where: condition(where),
        ...(order ? { order: { [order.by]: order.descending ? 'DESC' : 'ASC' } as FindOptionsOrder<Tables[typeof table]> } : {}),
        ...(order?.limit === undefined ? {} : { take: order.limit }),
      }),
  }
}

/** Carries out what an operation decided, in the transaction given. */
export async function applyChange(tx: EntityManager, change: Change): Promise<void> {
  const repository = tx.getRepository<object>(models[change.table].options.name)
  if (change.action === 'insert') {
    await repository.insert(change.row)
    return
  }
  const result = await repository.update(condition<TableName>(change.where), change.set)
  if (result.affected === 0) throw new Error(`an operation updated no row of ${change.table}`)
}

function condition<T extends TableName>(where: Where<T>): FindOptionsWhere<Tables[T]> {
  const entries = Object.entries(where).map(([column, value]) => [column, Array.isArray(value) ? In(value) : value === null ? IsNull() : value])
  return Object.fromEntries(entries) as FindOptionsWhere<Tables[T]>
}
