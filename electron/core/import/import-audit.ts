import type { AuditEntry } from '../audit/audit-log.ts'
import type { ImportSummary } from './import-types.ts'

/** The trace of a load that a person started: what was counted, never what was read. */
export function importAuditEntry(summary: ImportSummary, actor: string, at: Date): Omit<AuditEntry, 'desk'> {
  const sum = (count: 'loaded' | 'unchanged' | 'kept' | 'rejected' | 'warned') => summary.files.reduce((total, file) => total + file.counts[count], 0)
  return {
    at: at.toISOString(),
    actor,
    kind: 'administered',
    subject: null,
    details: {
      action: 'import',
      state: summary.state,
      dryRun: summary.dryRun,
      files: summary.files.filter((file) => file.state === 'done' || file.state === 'stopped').map((file) => file.fileName),
      records: summary.records,
      loaded: sum('loaded'),
      unchanged: sum('unchanged'),
      kept: sum('kept'),
      rejected: sum('rejected'),
      warned: sum('warned'),
    },
  }
}

/** The trace of a load that broke off: what the batches before wrote stands, so it must not go without one. */
export function brokenImportAuditEntry(problem: unknown, actor: string, at: Date): Omit<AuditEntry, 'desk'> {
  const code = problem instanceof Error && 'code' in problem && typeof problem.code === 'string' ? problem.code : null
  return { at: at.toISOString(), actor, kind: 'administered', subject: null, details: { action: 'import', state: 'failed', problem: code ?? (problem instanceof Error ? problem.name : 'unknown') } }
}
