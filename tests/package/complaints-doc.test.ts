/** docs/complaints.md: every complaint names a rule and a test that exists, by its own words. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/package/places.ts'
import { titlesOf } from './support/titles.ts'

const rows = readFileSync(join(projectRoot, 'docs', 'complaints.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| complaint '))
const tests = rows.map((row) => {
  const [, complaint = '', source = '', rule = '', test = ''] = row.split('|').map((cell) => cell.trim())
  const [, file = '', title = ''] = /^`(tests\/[^`]+)` › “(.+)”$/u.exec(test) ?? []
  return { complaint, source, rule, file, title }
})

describe('docs/complaints.md', () => {
  it('has a source, a rule and a test for every complaint', () => {
    expect(tests.length).toBeGreaterThan(35)
    expect(tests.filter(({ complaint, source, rule, file, title }) => complaint === '' || !source.includes('](https://') || rule === '' || file === '' || title === '')).toEqual([])
  })

  it('names tests that exist, by their own words', () => {
    const titles = new Map([...new Set(tests.map(({ file }) => file))].map((file) => [file, existsSync(join(projectRoot, file)) ? titlesOf(file) : []]))
    expect(tests.filter(({ file, title }) => titles.get(file)?.some((one) => one.startsWith(title)) !== true)).toEqual([])
  })
})
