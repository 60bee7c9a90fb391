import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/package/places.ts'
import { titlesOf } from './support/titles.ts'

const page = readFileSync(join(projectRoot, 'docs', 'security.md'), 'utf8')
const named = [...page.matchAll(/`(tests\/[^`]+)`(?: › “([^”]+)”)?/g)].map(([, file = '', name]) => ({ file, name }))
/** What an item says of its code, where the first folders are left out or not. */
const code = [...page.matchAll(/`((?:electron|policy|scripts|build|hub|shared)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => (path.startsWith('policy/') ? `electron/main/${path}` : path))

describe('docs/security.md', () => {
  it('names checks that exist, by their own words', () => {
    expect(named.filter(({ name }) => name !== undefined).length).toBeGreaterThan(60)
    const titles = new Map([...new Set(named.map(({ file }) => file))].map((file) => [file, file.endsWith('.ts') && existsSync(join(projectRoot, file)) ? titlesOf(file) : []]))
    const missing = named.filter(({ file, name }) => !existsSync(join(projectRoot, file)) || (name !== undefined && titles.get(file)?.some((title) => title.startsWith(name)) !== true))
    expect(missing).toEqual([])
  })

  it('names code that exists', () => {
    expect(code.length).toBeGreaterThan(20)
    expect(code.filter((path) => !existsSync(join(projectRoot, path)))).toEqual([])
  })

  it.each([...Array.from({ length: 20 }, (_, index) => index + 1), 31, 33])('says what is done and which check shows it: %i', (item) => {
    const part = page.slice(page.indexOf('## The project’s checklist')).split('\n\n').find((text) => new RegExp(`(?:^\\*\\*|; )${item}\\. `).test(text)) ?? ''
    expect(part).toMatch(/`tests\/[^`]+` › “/)
  })

  it('has a line for each item of Electron’s checklist', () => {
    for (let item = 1; item <= 20; item += 1) expect(page).toContain(`\n| ${item} | `)
  })
})
