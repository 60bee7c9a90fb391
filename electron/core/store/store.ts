import Database from 'better-sqlite3-multiple-ciphers'
import { dirname } from 'node:path'
import { DataSource } from 'typeorm'
import type { EntityManager } from 'typeorm'
import { models } from '../../../shared/model/models.ts'
import { assertEncrypted, openRaw, prepareConnection } from './cipher.ts'
import type { DatabaseKey, RawDatabase } from './cipher.ts'
import { syncFolder } from './durable.ts'
import { migrateApart } from './migrate-apart.ts'
import { migrate, userVersion } from './migrate.ts'
import type { MigrationProgress } from './migrate.ts'
import { newestVersion } from './migrations/list.ts'
import { createWriteGate } from './write-gate.ts'
import type { WriteGate } from './write-gate.ts'

export type Store = {
  readonly path: string
  /** The one connection that writes. Use it inside `UnitOfWork` only. */
  readonly writer: DataSource
  readonly rawWriter: RawDatabase
  /** Reads go through a connection of their own, read-only, and never wait for a write. */
  readonly reader: EntityManager
  readonly rawReader: RawDatabase
  readonly gate: WriteGate
  /** Closes both connections; the write-ahead log is folded into the file first. */
  close: () => Promise<void>
}

export type OpenOptions = {
  readonly create: boolean
  /** Told while a store of an older version is brought to the newest. */
  readonly onMigration?: (progress: MigrationProgress) => void
}

/** Opens (or creates) the encrypted store, brings it to the newest version and proves its settings on every connection. */
export async function openStore(path: string, key: DatabaseKey, options: OpenOptions): Promise<Store> {
  if (!options.create) await bringUp(path, key, options)
  const first = openRaw(path, key, 'write', options.create)
  try {
    migrate(first, path, key)
    first.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    first.close()
  }
  if (options.create) syncFolder(dirname(path))
  assertEncrypted(path)
  const writer = await connect(path, key, 'write')
  const reader = await connect(path, key, 'read')
  return {
    path,
    writer: writer.source,
    rawWriter: writer.raw,
    reader: reader.source.manager,
    rawReader: reader.raw,
    gate: createWriteGate(),
    close: async () => {
      try {
        await reader.source.destroy()
        writer.raw.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        await writer.source.destroy()
      }
    },
  }
}

/** A store that holds something is brought up in a thread of its own: with a million customers it takes minutes. */
async function bringUp(path: string, key: DatabaseKey, { onMigration }: OpenOptions): Promise<void> {
  const db = openRaw(path, key, 'write')
  const from = userVersion(db)
  db.close()
  if (from > 0 && from < newestVersion) await migrateApart(path, key, from, onMigration)
}

async function connect(path: string, key: DatabaseKey, mode: 'write' | 'read'): Promise<{ source: DataSource; raw: RawDatabase }> {
  const held: { raw?: RawDatabase } = {}
  const source = new DataSource({
    type: 'better-sqlite3',
    driver: Database,
    database: path,
    readonly: mode === 'read',
    fileMustExist: true,
    statementCacheSize: 200,
    prepareDatabase: (db: RawDatabase) => {
      prepareConnection(db, key, mode)
      held.raw = db
    },
    entities: Object.values(models),
    synchronize: false,
    migrationsRun: false,
    logging: false,
  })
  await source.initialize()
  if (!held.raw) throw new Error('the driver opened no connection')
  return { source, raw: held.raw }
}
