import type { LookupScope } from '../../../shared/contract/lookup.ts'
import { suggestTaxCode } from '../../../shared/domain/tax-code-suggest.ts'
import { suggestVatNumber } from '../../../shared/domain/vat-number.ts'
import type { RawDatabase } from '../store/cipher.ts'
import { codeText, readCodeKey } from './code-keys.ts'
import type { CodeKind } from './code-keys.ts'
import { countMatches } from './count-matches.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { readProgress } from './index-progress.ts'
import { family, prefixRange } from './key-space.ts'
import { lookupRow, numberRow } from './lookup-row.ts'
import type { LookupCount, LookupPage, LookupRequest, LookupRow } from './lookup-types.ts'
import { createNumberLookup } from './number-lookup.ts'
import type { NumberHit } from './number-lookup.ts'
import { createPageReader } from './page-reader.ts'
import { drivers, driverPasses, passesFor } from './passes.ts'
import type { Pass } from './passes.ts'
import { parseQuery } from './query.ts'
import type { Query } from './query.ts'
import { createSpelling } from './spelling.ts'

export type LookupOptions = {
  /** Longest time one `search` may take before it returns what it has, in milliseconds; default 12. */
  readonly budgetMillis?: number
}

export type Lookup = {
  /** One page of matches, best first. Never throws for any text; takes no longer than about twice the budget. */
  readonly search: (request: LookupRequest) => LookupPage
  /**
   * Counts all matches of a text, exactly, in steps; to cancel, stop calling `step`. Other spellings are counted where `search` would
   * show them.
   */
  readonly count: (text: string, scope?: LookupScope) => LookupCount
}

const MAX_LIMIT = 200
/** Below this many keys a driver is good enough and the others are not looked at. */
const FEW_KEYS = 16
const MANY_KEYS = 256
const MAX_SUGGESTIONS = 5
/** Codes near a wrong one that are looked for: about one in 26 of all single slips has the right check character. */
const NEAR_CODES = 64
/** Other spellings tried before giving up. */
const MAX_SPELLINGS = 12

type Plan = { readonly q: Query; readonly passes: readonly Pass[]; readonly driver: number; readonly numbers: readonly NumberHit[] }

const supplyKinds: ReadonlySet<CodeKind> = new Set<CodeKind>(['pod', 'pdr', 'meter_serial', 'service_code'])
const placeFamilies: ReadonlySet<string> = new Set([family.street, family.town, family.placePair, family.numberPlace])

/** The pass as far as it belongs to a scope, or null. Codes of all kinds share one family: they are told apart key by key. */
function inScope(pass: Pass, scope: LookupScope): Pass | null {
  switch (scope) {
    case 'all': return pass
    case 'invoices':
    case 'tickets': return null
    case 'customers':
    case 'supplies': {
      const supply = scope === 'supplies'
      if (pass.family !== family.code) return placeFamilies.has(pass.family) === supply ? pass : null
      return { ...pass, accepts: key => (pass.accepts?.(key) ?? true) && supplyKinds.has(readCodeKey(key).kind) === supply }
    }
  }
}

/** Right codes near a wrong one, likeliest first. */
function nearCodes(q: Query): string[] {
  return [...new Set([...q.corrections.map(({ value }) => value), ...suggestTaxCode(q.text, NEAR_CODES), ...suggestVatNumber(q.text, NEAR_CODES)])]
}

/**
 * The lookup over a reading connection. Reads only; safe beside a writer. Every call sees one state of the store. Values are returned
 * unmasked.
 */
export function createLookup(db: RawDatabase, options: LookupOptions = {}): Lookup {
  const budget = options.budgetMillis ?? 12
  const reader = createPageReader(db)
  const spellings = createSpelling(db)
  const findNumbers = createNumberLookup(db)
  const progress = readProgress(db)

  /** The most selective driver: it decides how much is read, not what is found. */
  function chooseDriver(q: Query): number {
    const all = drivers(q)
    if (all.length < 2) return 0
    let best = 0
    let least = Infinity
    for (const [i, driver] of all.entries()) {
      let keys = 0
      for (const pass of driverPasses(driver)) {
        keys += reader.keys.count(pass.range, MANY_KEYS)
        if (keys >= least) break
      }
      if (keys < least) {
        best = i
        least = keys
      }
      if (least < FEW_KEYS) break
    }
    return best
  }

  function plan(text: string, scope: LookupScope, driver: number | null): Plan {
    const q = parseQuery(text)
    const chosen = driver ?? chooseDriver(q)
    const numbers = numbersIn(scope, q)
    const passes = passesFor(q, drivers(q)[chosen] ?? null).map(pass => inScope(pass, scope)).filter(pass => pass !== null)
    return { q, passes, driver: chosen, numbers }
  }

  function numbersIn(scope: LookupScope, q: Query): NumberHit[] {
    switch (scope) {
      case 'customers':
      case 'supplies': return []
      case 'all': return findNumbers(q.numbers)
      case 'invoices': return findNumbers(q.numbers).filter(hit => hit.reason === 'invoice_number')
      case 'tickets': return findNumbers(q.numbers).filter(hit => hit.reason === 'ticket_code')
    }
  }

  function isEmpty({ q, passes, numbers }: Plan): boolean {
    if (numbers.length > 0) return false
    const found = reader.scan(q, passes, null, 1, budget, new Set())
    return found.hits.length === 0 && found.next === null
  }

  /** Another spelling that finds something: a code put right, else a name one slip away. */
  function corrected(q: Query, scope: LookupScope, deadline: number): string | null {
    const known = nearCodes(q).find(code => reader.keys.exists(prefixRange(`${family.code}${codeText(code).text}!`)))
    if (known !== undefined && !isEmpty(plan(known, scope, null))) return known
    const tries: { readonly word: string; readonly as: string; readonly cost: number }[] = []
    for (const word of q.required) for (const near of spellings(word, MAX_SPELLINGS)) tries.push({ word, as: near.word, cost: near.cost })
    tries.sort((a, b) => a.cost - b.cost)
    for (const { word, as } of tries.slice(0, MAX_SPELLINGS)) {
      const text = [...q.required.map(own => own === word ? as : own), ...q.figures].join(' ')
      if (!isEmpty(plan(text, scope, null))) return text
      if (performance.now() > deadline) return null
    }
    return null
  }

  /** What to offer: what was found first, then what is likeliest. */
  function suggestionsFor(q: Query, shown: string | null): LookupPage['suggestions'] {
    const all = q.corrections.map(({ kind, value }) => ({ kind, value }))
    const [first] = all
    if (shown !== null && first) all.unshift({ kind: all.find(({ value }) => value === shown)?.kind ?? first.kind, value: shown })
    return all.filter(({ value }, i) => all.findIndex(other => other.value === value) === i).slice(0, MAX_SUGGESTIONS)
  }

  function numberRows({ q, numbers }: Plan, seen: Set<number>): LookupRow[] {
    const rows: LookupRow[] = []
    for (const hit of numbers) {
      const doc = reader.document(hit.n)
      if (!doc) continue
      seen.add(hit.n)
      rows.push(numberRow(doc, q, hit.reason, hit.value, hit.serviceCode))
    }
    return rows
  }

  function page(request: LookupRequest): LookupPage {
    const scope = request.scope ?? 'all'
    const limit = Math.min(MAX_LIMIT, Math.max(1, Math.trunc(request.limit) || 1))
    const from = request.cursor ? decodeCursor(request.cursor) : null
    const typed = parseQuery(request.text)
    const common = { index: progress(), recognised: typed.recognised }
    if (request.cursor && !from) return { rows: [], cursor: null, suggestions: [], ...common }
    let made = plan(from?.text ?? request.text, scope, from?.driver ?? null)
    const excluded = new Set<number>()
    let first = numberRows(made, excluded)
    if (from) first = []
    const start = from ? { pass: from.pass, key: from.key, n: from.n } : null
    let found = reader.scan(made.q, made.passes, start, Math.max(1, limit - first.length), budget, excluded)
    let changed: string | null = from && from.text !== request.text ? from.text : null
    if (!from && first.length === 0 && found.hits.length === 0 && found.next === null) {
      changed = corrected(typed, scope, performance.now() + budget)
      if (changed !== null) {
        made = plan(changed, scope, null)
        first = numberRows(made, excluded)
        found = reader.scan(made.q, made.passes, null, limit, budget, excluded)
      }
    }
    const rows = first.concat(found.hits.map(hit => lookupRow(hit.doc, made.q, hit.pass, hit.key, changed !== null)))
    const cursor = found.next === null ? null : encodeCursor({ text: made.q.text, driver: made.driver, ...found.next })
    return { rows, cursor, suggestions: suggestionsFor(typed, changed), ...common, ...(changed === null ? {} : { corrected: { from: request.text, to: changed } }) }
  }

  return {
    search: db.transaction(page),
    count(text, scope = 'all') {
      let counting: ReturnType<typeof countMatches> | null = null
      let state = { total: 0, finished: false }
      const start = (): ReturnType<typeof countMatches> => {
        let made = plan(text, scope, null)
        if (isEmpty(made)) {
          const other = corrected(made.q, scope, performance.now() + budget)
          if (other !== null) made = plan(other, scope, null)
        }
        return countMatches(reader, made.q, made.passes, made.numbers.filter(hit => reader.document(hit.n) !== null).map(hit => hit.n))
      }
      return {
        step(maxMillis: number) {
          const deadline = performance.now() + maxMillis
          while (!state.finished) {
            counting ??= start()
            const next = counting.next()
            state = next.done ? { total: next.value, finished: true } : next.value
            if (performance.now() > deadline) break
          }
          return state
        },
      }
    },
  }
}
