/** The small utility of `master-data.ts` in a real hub's tables, as an import would leave it: all of one territory. */
import { createCode } from '../../hub/identity/enrolment-codes.ts'
import { inTransaction } from '../../hub/database/pool.ts'
import { rowTables } from '../../electron/core/sync/row-tables.ts'
import { recordPlans, tableNames } from '../../shared/model/record-plan.ts'
import type { TestHub } from './hub-app.ts'
import { inStore } from './hub-desk.ts'
import { loadMasterData } from './master-data.ts'
import { createTestCore } from './test-core.ts'

export async function fillRealHub({ database }: Pick<TestHub, 'database'>, territory: string): Promise<void> {
  const source = await createTestCore({ load: loadMasterData })
  try {
    for (const name of tableNames) {
      if (name === 'person') continue
      const { columns, table } = recordPlans[name]
      const names = columns.map(({ column }) => column).join(', ')
      if (name === 'brand' || name === 'readingWindow') await database.asOwner(`DELETE FROM ${table}`)
      for (const row of inStore(source, (db) => rowTables(db)(name).find({}))) {
        await database.asOwner(`INSERT INTO ${table} (${names}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, columns.map(({ property }) => row[property]))
      }
    }
    await database.asOwner('INSERT INTO customer_territory (customer_id, territory_id) SELECT id, $1 FROM customer', [territory])
  } finally {
    await source.close()
  }
}

/** A code that a desk joins with. */
export async function enrolmentCode({ hub }: Pick<TestHub, 'hub'>, officeId: string, founding = false): Promise<string> {
  const { code } = await inTransaction(hub.parts.pool, (tx) => createCode(tx, hub.parts, { officeId, kind: 'long', founding, createdBy: null }))
  return code
}
