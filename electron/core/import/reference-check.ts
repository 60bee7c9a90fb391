import type { ExtractKind } from '../../../shared/import/extract-format.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { loadTables } from '../../../shared/import/load-tables.ts'

/** Whether the record that another one names is there. */
export type ReferenceCheck = (to: ExtractKind, id: string) => boolean

/** Files are mostly sorted like the ones they refer to, so a few recent answers save nearly every look-up. */
const remembered = 2048

/** @param accepted whether a file before this one brought the record, as far as that is remembered. */
export function createReferenceCheck(db: RawDatabase, accepted: (to: ExtractKind, id: string) => boolean): ReferenceCheck {
  const checks = new Map<ExtractKind, (id: string) => boolean>()

  function createCheck(to: ExtractKind): (id: string) => boolean {
    const find = db.prepare(`SELECT 1 FROM ${loadTables[to].table} WHERE id = ?`)
    const known = new Set<string>()
    return (id) => {
      if (known.has(id)) return true
      if (!accepted(to, id) && find.get(id) === undefined) return false
      if (known.size >= remembered) known.clear()
      known.add(id)
      return true
    }
  }

  return (to, id) => {
    let check = checks.get(to)
    if (!check) {
      check = createCheck(to)
      checks.set(to, check)
    }
    return check(id)
  }
}
