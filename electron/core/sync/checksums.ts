import type { ChecksumsAnswer } from '../../../shared/sync/wire.ts'
import { recordPlans, tableNames } from '../../../shared/model/record-plan.ts'
import type { RawDatabase } from '../store/cipher.ts'

export type ComparedTable = { readonly table: string; readonly rows: number; readonly same: boolean }

/** Compares this desk's rows, as the hub last said they are, with what the hub counts over all scopes of this desk. */
export function ownChecksums(db: RawDatabase, theirs: ChecksumsAnswer['checksums']): Promise<ComparedTable[]> {
  const compared = tableNames.map((name) => {
    const hub = theirs.filter(({ table }) => table === name || table === recordPlans[name].table)
    const inserted = Number(db.prepare('SELECT count(*) FROM base_row WHERE tbl = ? AND row IS NULL').pluck().get(name))
    const rows = Number(db.prepare(`SELECT count(*) FROM ${recordPlans[name].table}`).pluck().get()) - inserted
    return { table: name, rows, same: hub.length === 0 || hub.reduce((sum, each) => sum + each.rows, 0) === rows }
  })
  return Promise.resolve(compared)
}
