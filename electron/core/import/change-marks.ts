import type { ExtractKind, ExtractRecords } from '../../../shared/import/extract-format.ts'
import type { RawDatabase } from '../store/cipher.ts'

/** STUB */
export function createChangeMarks(_db: RawDatabase): <K extends ExtractKind>(kind: K, record: ExtractRecords[K]) => void {
  return () => undefined
}
