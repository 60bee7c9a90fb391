import { Readable } from 'node:stream'
import { to as copyTo } from 'pg-copy-streams'
import type { TableName } from '../../shared/domain/records/tables.ts'
import { recordPlans } from '../../shared/model/record-plan.ts'
import { HubError } from '../server/errors.ts'
import type { HubParts, Tx } from '../server/parts.ts'
import { choice, chooseSql, copyRowsSql, customersTables } from './customer-rows.ts'
import { everybodysTables } from './scopes.ts'
import type { PageContent } from './snapshot.ts'

/** Pages in memory at once, each a few MiB: further desks are asked to come back. */
const pagesAtMost = 24
/** Pages being read from the database at once. */
const readersAtMost = 4

export type Pages = { readonly open: (describe: (tx: Tx) => Promise<PageContent>, signal: AbortSignal) => Promise<Readable> }

/**
 * Reads pages, each in one moment of the database. A page is taken as fast as the database gives it, however slow the line of the desk:
 * a transaction never waits for a branch office.
 */
export function createPages(hub: Pick<HubParts, 'pool'>): Pages {
  let open = 0
  let reading = 0
  const queue: (() => void)[] = []

  async function turn(): Promise<void> {
    if (reading >= readersAtMost) await new Promise<void>((resolve) => queue.push(resolve))
    else reading += 1
  }
  function endTurn(): void {
    const next = queue.shift()
    if (next) next()
    else reading -= 1
  }

  async function read(describe: (tx: Tx) => Promise<PageContent>, ready: (head: PageContent['head']) => Readable): Promise<Readable> {
    await turn()
    let tx: Tx | null = null
    let page: Readable | null = null
    try {
      tx = await hub.pool.connect()
      await tx.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const content = await describe(tx)
      page = ready(content.head)
      // The answer leaves while the rest is read.
      void fill(tx, content, page).finally(endTurn)
      return page
    } catch (error) {
      await tx?.query('ROLLBACK').catch(() => undefined)
      tx?.release()
      endTurn()
      throw error
    }
  }

  return {
    open: async (describe, signal) => {
      if (open >= pagesAtMost) throw new HubError(503, 'busy', undefined, 2)
      open += 1
      try {
        const page = await read(describe, (head) => {
          const stream = new Readable({ read: () => undefined })
          stream.push(`${JSON.stringify(head)}\n`)
          return stream
        })
        page.once('close', () => (open -= 1))
        // Whoever hung up needs no page; the copy ends by itself, it is short.
        signal.addEventListener('abort', () => page.destroy(), { once: true })
        // Before there was a page: nobody will take it, and its place would stay taken.
        if (signal.aborted) page.destroy()
        return page
      } catch (error) {
        open -= 1
        throw error
      }
    },
  }
}

async function fill(tx: Tx, { everybodys, customers }: PageContent, page: Readable): Promise<void> {
  let broken: Error | undefined
  try {
    if (everybodys) for (const table of everybodysTables) await copyTable(tx, table, page)
    if (customers) {
      await tx.query(chooseSql, choice([customers.territory], customers.after, customers.upto, customers.parts))
      for (const table of customersTables) await copyTable(tx, table, page)
    }
    await tx.query('COMMIT')
    page.push(null)
  } catch (error) {
    broken = error instanceof Error ? error : new Error('copy failed')
    // Half a page is no page: the connection breaks off, and the desk asks again.
    page.destroy(broken)
  }
  tx.release(broken)
}

async function copyTable(tx: Tx, table: TableName, page: Readable): Promise<void> {
  if (page.destroyed) return
  page.push(`#table\t${table}\t${recordPlans[table].columns.map(({ column }) => column).join('\t')}\n`)
  for await (const chunk of tx.query(copyTo(copyRowsSql(table))) as AsyncIterable<Buffer>) page.push(chunk)
}
