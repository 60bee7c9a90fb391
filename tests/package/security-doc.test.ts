import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/package/places.ts'

const page = readFileSync(join(projectRoot, 'docs', 'security.md'), 'utf8')
const named = [...page.matchAll(/`(tests\/[^`]+)`(?: › “([^”]+)”)?/g)].map(([, file = '', name]) => ({ file, name }))

describe('docs/security.md', () => {
  it('names checks that exist, by their own words', () => {
    const missing = named.filter(({ file, name }) => !existsSync(join(projectRoot, file)) || (name !== undefined && !readFileSync(join(projectRoot, file), 'utf8').includes(name)))
    expect(missing).toEqual([])
  })

  it.each([...Array.from({ length: 20 }, (_, index) => index + 1), 31, 33])('says what is done and which check shows it: %i', (item) => {
    const part = page.slice(page.indexOf('## The project’s checklist')).split('\n\n').find((text) => new RegExp(`(?:^\\*\\*|; )${item}\\. `).test(text)) ?? ''
    expect(part).toMatch(/`tests\/[^`]+` › “/)
  })

  it('has a line for each item of Electron’s checklist', () => {
    for (let item = 1; item <= 20; item += 1) expect(page).toContain(`\n| ${item} | `)
  })
})
