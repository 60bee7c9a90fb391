import { createHash } from 'node:crypto'
import { beginFeedSet, collectChanges, flushChanges, touch } from '../import/feed-sets.ts'
import type { Job } from '../jobs/job.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { writeExportFile } from './export-file.ts'
import type { ExportLine } from './export-file.ts'

/** Rows of a file at most: what is more goes into the next one at once. */
const rowsInFile = 5_000
const exportLock = 7_361_004

/** On the half hour (S2) the readings of the desks go to the billing system. */
export function acquisitionJob(hub: HubParts): Job {
  return {
    queue: 'acquisition',
    cron: '0,30 * * * *',
    run: async () => {
      if (!hub.databaseIsSafe()) return
      while ((await acquireReadings(hub)) === rowsInFile);
    },
  }
}

/**
 * Takes the desks' readings that are "Da acquisire" into the next numbered file, and makes them "Acquisita": from then on nobody deletes
 * them. A day on which two desks differ waits for a supervisor. All or nothing, with the news for the desks; numbers have no gaps.
 * Answers how many there were; without any there is no file.
 */
export function acquireReadings(hub: Pick<HubParts, 'transaction' | 'audit' | 'clock' | 'log'>, limit = rowsInFile): Promise<number> {
  return hub.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [exportLock])
    const { rows: lines } = await tx.query<ExportLine>(
      `SELECT p.brand_id, p.commodity, m.serial, p.code AS supply_point_code, r.meter_id, r.day, r.entry, r.value, r.value_2, r.value_3, r.corrector_value, r.taken_at
       FROM reading r JOIN meter m ON m.id = r.meter_id JOIN supply_point p ON p.id = m.supply_point_id
       WHERE r.source = 'desk' AND r.state = 'pending' AND r.entry <> 'b'
         AND NOT EXISTS (SELECT 1 FROM reading c WHERE c.meter_id = r.meter_id AND c.day = r.day AND c.state = 'contested')
       ORDER BY r.day, r.meter_id, r.entry LIMIT $1 FOR UPDATE OF r`,
      [limit],
    )
    if (lines.length === 0) return 0
    await writeExport(tx, hub, lines)
    return lines.length
  })
}

async function writeExport(tx: Tx, hub: Pick<HubParts, 'audit' | 'clock' | 'log'>, lines: readonly ExportLine[]): Promise<void> {
  const now = hub.clock.now()
  const { rows } = await tx.query<{ number: number }>('SELECT coalesce(max(number), 0) + 1 AS number FROM reading_export')
  const number = rows[0]?.number ?? 1
  const file = writeExportFile(number, lines)
  await tx.query('INSERT INTO reading_export (number, made_at, rows, sha256, file) VALUES ($1, $2, $3, $4, $5)', [number, now, lines.length, createHash('sha256').update(file).digest('hex'), file])
  await tx.query(
    `INSERT INTO reading_export_line (export, meter_id, day, entry) SELECT $1, l.meter_id, l.day, l.entry FROM jsonb_to_recordset($2::jsonb) AS l(meter_id text, day text, entry text)`,
    [number, JSON.stringify(lines)],
  )
  await beginFeedSet(tx)
  await touch(tx, 'reading', `reading r JOIN reading_export_line l ON l.meter_id = r.meter_id AND l.day = r.day AND l.entry = r.entry WHERE l.export = ${number}`)
  await tx.query(`UPDATE reading r SET state = 'acquired' FROM reading_export_line l WHERE l.export = $1 AND l.meter_id = r.meter_id AND l.day = r.day AND l.entry = r.entry`, [number])
  await tx.query('UPDATE feed_touched SET written = true')
  await collectChanges(tx, 'rows')
  await hub.audit(tx, { at: now.toISOString(), actor: 'hub', deviceId: null, kind: 'readings_exported', subject: String(number), details: { rows: lines.length } })
  await flushChanges(tx)
  hub.log.info({ export: number, rows: lines.length }, 'readings exported')
}
