import { describe, expect, it } from 'vitest'
import { loadTables } from '../../../shared/import/load-tables.ts'
import { models } from '../../../shared/model/models.ts'

describe('the tables that are loaded', () => {
  it.each(Object.values(loadTables).map((table) => [table.table, table] as const))('%s has the columns of its model', (name, table) => {
    const model = Object.values(models).find((each) => each.options.tableName === name)
    const expected = Object.entries(model?.options.columns ?? {}).map(([property, column]) => [property, column?.name ?? property])
    const stored: Record<string, string> = { ...table.columns }
    if (table.touched !== null) stored['updatedAt'] = table.touched
    // The local row number is the store's own; what the hub decides is in no extract.
    expect(stored).toEqual(Object.fromEntries(expected.filter(([property = '']) => !['n', 'number', 'superseded'].includes(property) || property in table.columns)))
  })
})
