import { describe, expect, it } from 'vitest'
import type { RouteLocationNormalizedLoaded } from 'vue-router'
import { createKeptSheets } from '../../../renderer/src/features/desk/kept-sheets.ts'
import { openDesk } from './desk-harness.ts'

const { router } = openDesk({})
const at = (path: string): RouteLocationNormalizedLoaded => router.resolve(path) as RouteLocationNormalizedLoaded

describe('pages in the background', () => {
  it('live on for every open tab, one for all pages of a sheet and one for each form', () => {
    const sheets = createKeptSheets()
    expect(sheets.wrapper(at('/tab/a/invoices'))).toBe(sheets.wrapper(at('/tab/a/readings')))
    sheets.wrapper(at('/tab/b'))
    expect(sheets.keep(['a', 'b'], at('/tab/a/new-ticket'))).toEqual(['tab:a', 'tab:b', 'new-ticket:a'])
  })

  it('are let go with their tab, with everything they knew', () => {
    const sheets = createKeptSheets()
    const before = sheets.wrapper(at('/tab/a'))
    expect(sheets.keep([], at('/lookup'))).toEqual([])
    expect(sheets.wrapper(at('/tab/a'))).not.toBe(before)
  })

  it('are not kept where the route does not say so', () => {
    expect(createKeptSheets().keep([], at('/outbox'))).toEqual([])
  })
})
