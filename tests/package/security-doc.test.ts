import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../scripts/package/places.ts'
import { find, sourceOf } from './support/sources.ts'

const page = readFileSync(join(projectRoot, 'docs', 'security.md'), 'utf8')
const named = [...page.matchAll(/`(tests\/[^`]+)`(?: › “([^”]+)”)?/g)].map(([, file = '', name]) => ({ file, name }))
/** What an item says of its code, where the first folders are left out or not. */
const code = [...page.matchAll(/`((?:electron|policy|scripts|build|hub|shared)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => (path.startsWith('policy/') ? `electron/main/${path}` : path))

/** Titles of the tests in a file: the words in quotation marks of a comment or of an expectation are none. */
function titlesOf(file: string): readonly string[] {
  const source = sourceOf(file, readFileSync(join(projectRoot, file), 'utf8'))
  return find([source], (node): node is ts.CallExpression => ts.isCallExpression(node) && isTest(node.expression)).flatMap(({ node }) => {
    const [title] = node.arguments
    return title === undefined ? [] : ts.isStringLiteralLike(title) ? [title.text] : ts.isTemplateExpression(title) ? [title.getText().slice(1, -1)] : []
  })
}

/** `it(…)`, `test.describe(…)`, `it.each(…)(…)` and their like. */
function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return ['it', 'test', 'describe'].includes(callee.text)
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return isTest(callee.expression)
  return ts.isTaggedTemplateExpression(callee) && isTest(callee.tag)
}

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
