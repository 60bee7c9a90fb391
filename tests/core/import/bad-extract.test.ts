import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badFiles, refusedFile, writeBadExtract } from '../../../scripts/demo/bad-extract.ts'
import type { ImportSummary } from '../../../electron/core/import/import-types.ts'
import { openBench } from './support/import-store.ts'
import type { ImportBench } from './support/import-store.ts'

describe('an extract with every kind of defect', () => {
  let bench: ImportBench
  let summary: ImportSummary
  beforeAll(async () => {
    bench = await openBench()
    writeBadExtract(bench.folder)
    summary = await bench.load()
  })
  afterAll(() => bench.close())

  /** Line, field, reason (and effect) of a list, in the order of the file. */
  function listed(name: string, cells: number): string[] {
    const path = join(bench.rejects, name)
    if (!existsSync(path)) return []
    return readFileSync(path, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n').slice(1).map((line) => line.split(';').slice(0, cells).join(' '))
  }

  it.each(badFiles().map((file) => [file.name, file] as const))('lists exactly what is wrong in %s', (name, file) => {
    const base = name.replace('.csv', '')
    const refused = file.issues.filter((issue) => issue.outcome === 'refused').map((issue) => `${issue.line} ${issue.column} ${issue.reason}`)
    const warned = file.issues.filter((issue) => issue.outcome !== 'refused').map((issue) => `${issue.line} ${issue.column} ${issue.reason} ${issue.outcome}`)
    expect(listed(`${base}.rejects.csv`, 3)).toEqual(refused)
    expect(listed(`${base}.warnings.csv`, 4).toSorted()).toEqual(warned.toSorted())
    const counts = summary.files.find((each) => each.fileName === name)?.counts
    expect(counts?.rejected).toBe(new Set(refused.map((line) => line.split(' ')[0])).size)
    expect(counts?.warned).toBe(new Set(warned.map((line) => line.split(' ')[0])).size)
  })

  it('refuses the file that lacks its columns, naming them', () => {
    const file = summary.files.find((each) => each.fileName === refusedFile().name)
    expect(file).toMatchObject({ state: 'refused', refusal: { reason: 'header_columns', missing: refusedFile().missing } })
  })

  it('names the columns that nobody knows', () => {
    expect(summary.files.find((each) => each.kind === 'customers')?.unknownColumns).toEqual(['shoe_size'])
  })

  it('loads every other line', () => {
    const all = (table: string, what: string) => bench.store.rawReader.prepare(`SELECT ${what} FROM ${table} ORDER BY id`).pluck().all()
    expect(all('address', 'id')).toEqual(['clienti:A1', 'etra:A1', 'etra:A2', 'etra:A6'])
    expect(all('contract', 'id')).toEqual(['clienti:S1', 'clienti:S2', 'etra:S1', 'etra:S2', 'etra:S8'])
    expect(all('ticket', 'id')).toEqual(['etra:P-1', 'etra:P-2', 'etra:P-4', 'etra:P-6'])
    expect(bench.store.rawReader.prepare(`SELECT day, value, source FROM reading WHERE meter_id = 'etra:W:18-204417' ORDER BY day`).raw().all()).toEqual([
      ['2026-05-08', 1000, 'company'],
      ['2026-07-01', 1223000, 'self'],
      ['2026-09-02', 1318000, 'company'],
    ])
  })

  it('is judged the same by a dry run', async () => {
    const other = await openBench()
    try {
      writeBadExtract(other.folder)
      const dry = await other.load({ dryRun: true })
      expect(dry.files).toEqual(summary.files)
    } finally {
      await other.close()
    }
  })
})
