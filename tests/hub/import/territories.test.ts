import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inTransaction } from '../../../hub/database/pool.ts'
import { assignTerritories } from '../../../hub/import/territories.ts'
import { smallExtracts, writeExtracts } from '../../core/import/support/small-extracts.ts'
import { openHubImport } from './hub-import-bench.ts'
import type { HubImportBench } from './hub-import-bench.ts'

let bench: HubImportBench
beforeEach(async () => {
  bench = await openHubImport()
})
afterEach(() => bench.close())

const territory = (id: string, rules: readonly object[], priority = 0) =>
  bench.database.asOwner('INSERT INTO territory (id, name, rules, priority) VALUES ($1, $1, $2, $3) ON CONFLICT (id) DO UPDATE SET rules = excluded.rules', [id, JSON.stringify(rules), priority])
const territories = async () => Object.fromEntries((await bench.all<{ c: string; t: string }>('SELECT customer_id AS c, territory_id AS t FROM customer_territory')).map(({ c, t }) => [c, t]))
const assign = () => inTransaction(bench.database.pool, (tx) => assignTerritories(tx, { customerIds: null }))
const rule = (rest: object) => ({ brandIds: [], provinces: [], towns: [], ...rest })

/** Customer 0 in Trieste, 1 in Gorizia, 2 in Udine. */
function threeTowns() {
  const files = smallExtracts(3)
  files.addresses[2] = files.addresses[2]!.replace('34125;Trieste;TS', '34170;Gorizia;GO')
  files.addresses[3] = files.addresses[3]!.replace('34125;Trieste;TS', '33100;Udine;UD')
  writeExtracts(bench.folder, files)
  return files
}

describe('territories', () => {
  it('take the customers that their rules fit, by priority; the others belong to everybody’s', async () => {
    await territory('north', [rule({ provinces: ['UD'] }), rule({ towns: ['gorizia'] })], 5)
    await territory('udine', [rule({ provinces: ['UD'], brandIds: ['etra'] })], 1)
    await territory('other-brand', [rule({ brandIds: ['unogas'] })], 0)
    threeTowns()
    await bench.load()
    expect(await territories()).toEqual({ 'etra:000000': 'all', 'etra:000001': 'north', 'etra:000002': 'udine' })
  })

  it('write nothing to the feed before the first desk has joined, but move its head once', async () => {
    threeTowns()
    await bench.load()
    expect(await bench.changes(0)).toEqual([])
    expect(await bench.head()).toBe(1)
  })

  it('tell every changed row to those who hold it, once, without gaps', async () => {
    await bench.addDesk('desk', 'all')
    threeTowns()
    await bench.load({ sizes: { withFeed: 2, withoutFeed: 2 } })
    const changes = await bench.changes(0)
    expect(changes.map(({ pos }) => pos)).toEqual(changes.map((_, i) => i + 1))
    expect(await bench.head()).toBe(changes.length)
    const counts = Object.entries(Object.groupBy(changes, ({ tbl }) => tbl)).map(([tbl, rows]) => [tbl, new Set(rows?.map(({ key }) => key.join())).size])
    expect(Object.fromEntries(counts)).toEqual({ address: 3, customer: 3, contract: 3, supplyPoint: 3, meter: 3, reading: 18, invoice: 12, ticket: 3, ticketEvent: 6 })
    expect(changes.every(({ kind, scopes }) => kind === 'put' && scopes.join() === 'all')).toBe(true)
    expect(changes.find(({ tbl }) => tbl === 'reading')?.row).toMatchObject({ meterId: 'etra:W:M000000', entry: 'b', value: 1000000, value2: null })
    const again = await bench.load()
    expect(again.records).toBeGreaterThan(0)
    expect(await bench.head()).toBe(changes.length)
  })

  it('let a moved customer go where they were and come where they are, with all that is theirs', async () => {
    await bench.addDesk('desk', 'all')
    threeTowns()
    await bench.load()
    const before = await bench.head()
    await territory('gorizia', [rule({ provinces: ['GO'] })])
    expect(await assign()).toBe(1)
    const changes = await bench.changes(before)
    expect(changes[0]).toMatchObject({ tbl: 'customer', key: ['etra:000001'], kind: 'delete', scopes: ['all'] })
    const given = changes.slice(1)
    expect(given.every(({ kind, scopes }) => kind === 'put' && scopes.join() === 'gorizia')).toBe(true)
    const counts = Object.entries(Object.groupBy(given, ({ tbl }) => tbl)).map(([tbl, rows]) => [tbl, rows?.length])
    expect(Object.fromEntries(counts)).toEqual({ customer: 1, address: 1, contract: 1, supplyPoint: 1, meter: 1, reading: 6, invoice: 4, ticket: 1, ticketEvent: 2 })
    expect(await assign()).toBe(0)
  })

  it('follow an address that an extract moves to another town', async () => {
    await territory('gorizia', [rule({ provinces: ['GO'] })])
    await bench.addDesk('desk', 'all', 'gorizia')
    const files = threeTowns()
    await bench.load()
    const before = await bench.head()
    files.addresses[1] = files.addresses[1]!.replace('34125;Trieste;TS', '34170;Gorizia;GO')
    writeExtracts(bench.folder, files)
    await bench.load()
    expect((await territories())['etra:000000']).toBe('gorizia')
    const changes = await bench.changes(before)
    const gone = changes.findIndex(({ tbl, kind }) => tbl === 'customer' && kind === 'delete')
    expect(changes.slice(gone + 1).some(({ tbl, kind, scopes }) => tbl === 'customer' && kind === 'put' && scopes.includes('gorizia'))).toBe(true)
    expect(changes.findLast(({ tbl, key }) => tbl === 'address' && key[0] === 'etra:A000000')).toMatchObject({ kind: 'put', scopes: ['gorizia'], row: { town: 'Gorizia' } })
  })

  it('give a service that passes to somebody else to their desk, and take it from the one before', async () => {
    await territory('gorizia', [rule({ provinces: ['GO'] })])
    await bench.addDesk('desk', 'all')
    const files = threeTowns()
    await bench.load()
    const before = await bench.head()
    files.contracts[1] = files.contracts[1]!.replace('000000-01;000000', '000000-01;000001')
    writeExtracts(bench.folder, { contracts: files.contracts })
    await bench.load()
    const changes = await bench.changes(before)
    const said = (tbl: string, kind: string) => changes.filter((change) => change.tbl === tbl && change.kind === kind).map(({ key, scopes }) => [key[0], ...scopes])
    expect(said('contract', 'delete')).toEqual([['etra:000000-01', 'all']])
    expect(said('contract', 'put')).toEqual([['etra:000000-01', 'gorizia']])
    expect(said('meter', 'delete')).toEqual([['etra:W:M000000', 'all']])
    expect(said('meter', 'put')).toEqual([['etra:W:M000000', 'gorizia']])
    expect(said('reading', 'put')).toHaveLength(6)
    // The holder before still lives there, and the address is theirs too.
    expect(said('address', 'delete')).toEqual([])
  })
})
