import type { ExtractKind } from '../../../shared/import/extract-format.ts'
import type { ExtractResume } from '../../../shared/import/extract-reader.ts'
import type { RawDatabase } from '../store/cipher.ts'
import type { FileCounts } from '../../../shared/import/file-summary.ts'

/** How far one file has come; written in the transaction of the rows it speaks of. */
export type FilePosition = {
  state: 'reading' | 'done'
  print: string
  /** Null until the header has been read. */
  resume: ExtractResume | null
  rejectBytes: number
  warningBytes: number
  counts: FileCounts
}
export type RunPosition = { [K in ExtractKind]?: FilePosition }

export type RunState = {
  /** How far each file has come, in this run or in the interrupted one that it goes on with. */
  readonly position: Readonly<RunPosition>
  save: (kind: ExtractKind, position: FilePosition) => void
  /** Forgets a file and goes on as if this run had begun with it. */
  forget: (kind: ExtractKind) => void
  finish: (state: 'done' | 'cancelled', finishedAt: string) => void
}

type StoredRun = { id: number; position: string }

/** The run in the store. Call every function inside a transaction. */
export function openRunState(db: RawDatabase, startedAt: string, resume: boolean): RunState {
  const interrupted = resume ? findInterrupted(db) : null
  const position = interrupted === null ? {} : (JSON.parse(interrupted.position) as RunPosition)
  const id = interrupted === null ? insertRun(db, startedAt) : interrupted.id
  if (interrupted !== null) db.prepare(`UPDATE import_run SET state = 'running', finished_at = NULL WHERE id = ?`).run(id)
  const update = db.prepare('UPDATE import_run SET fingerprint = ?, position = ?, counts = ? WHERE id = ?')
  const write = () => {
    const entries = Object.entries(position) as [ExtractKind, FilePosition][]
    const prints = Object.fromEntries(entries.map(([kind, file]) => [kind, file.print]))
    const counts = Object.fromEntries(entries.map(([kind, file]) => [kind, file.counts]))
    update.run(JSON.stringify(prints), JSON.stringify(position), JSON.stringify(counts), id)
  }
  return {
    position,
    save: (kind, file) => {
      position[kind] = file
      write()
    },
    forget: (kind) => {
      delete position[kind]
      write()
    },
    finish: (state, finishedAt) => {
      db.prepare('UPDATE import_run SET state = ?, finished_at = ? WHERE id = ?').run(state, finishedAt, id)
    },
  }
}

/** For a dry run: keeps nothing. */
export const noRunState: RunState = { position: {}, save: () => undefined, forget: () => undefined, finish: () => undefined }

function insertRun(db: RawDatabase, startedAt: string): number {
  const { lastInsertRowid } = db
    .prepare(`INSERT INTO import_run (started_at, finished_at, state, fingerprint, position, counts) VALUES (?, NULL, 'running', '{}', '{}', '{}')`)
    .run(startedAt)
  return Number(lastInsertRowid)
}

/** The newest run, if it did not come to its end. */
function findInterrupted(db: RawDatabase): StoredRun | null {
  const newest = db.prepare('SELECT id, state, position FROM import_run ORDER BY id DESC LIMIT 1').get() as (StoredRun & { state: string }) | undefined
  return newest !== undefined && newest.state !== 'done' ? newest : null
}
