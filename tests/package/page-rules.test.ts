/** Rules of docs/security.md about what the pages are made of. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { callsOf, elementsOf, find, mentionsOf, newsOf, shown, sourcesIn, templatesIn } from './support/sources.ts'

const scripts = [...sourcesIn('renderer/src'), ...sourcesIn('shared')]
const templates = templatesIn('renderer/src')
const elements = templates.flatMap(({ file, root }) => elementsOf(root).map((element) => ({ file, element })))

describe('the pages', () => {
  it('are seen by this test', () => expect(elements.length).toBeGreaterThan(500))

  it('hold no other page', () => {
    const foreign = ['webview', 'iframe', 'frame', 'object', 'embed', 'portal', 'fencedframe', 'script', 'base', 'meta', 'link']
    expect(elements.filter(({ element }) => foreign.includes(element.tag.toLowerCase())).map(({ file, element }) => `${file} <${element.tag}>`)).toEqual([])
  })

  it('take no text for markup', () => {
    const directives = elements.flatMap(({ file, element }) => element.props.flatMap((prop) => ('exp' in prop ? [{ file, name: prop.name, argument: prop.arg && 'content' in prop.arg ? prop.arg.content : '' }] : [])))
    expect(directives.filter(({ name, argument }) => name === 'html' || /^(?:innerhtml|outerhtml|srcdoc|inner-html)$/i.test(argument))).toEqual([])
  })

  it('lead nowhere by themselves', () => {
    const links = elements.flatMap(({ file, element }) => element.props.flatMap((prop) => (!('exp' in prop) && /^(?:href|src|action|formaction|target|ping)$/i.test(prop.name) ? [`${file} ${prop.name}=${prop.value?.content ?? ''}`] : [])))
    expect(links.filter((link) => /=(?:https?:|\/\/|javascript:|data:|file:|_blank)/i.test(link))).toEqual([])
  })
})

describe('the scripts of the pages', () => {
  it('write no markup', () => {
    const names = ['outerHTML', 'insertAdjacentHTML', 'createContextualFragment', 'setHTMLUnsafe', 'srcdoc', 'createHTMLDocument', 'DOMParser']
    expect(shown(mentionsOf(scripts, ...names))).toEqual([])
    // One guard that refuses markup carries the name.
    expect([...new Set(mentionsOf(scripts, 'innerHTML').map(({ file }) => file))]).toEqual(['renderer/src/ui/chart/canvas-host.ts'])
    const writes = find(scripts, (node): node is ts.CallExpression => ts.isCallExpression(node) && /^document\.write(?:ln)?$/.test(node.expression.getText()))
    expect(shown(writes)).toEqual([])
  })

  it('run no text', () => {
    expect(shown([...callsOf(scripts, 'eval', 'execScript'), ...newsOf(scripts, 'Function')])).toEqual([])
    const timers = callsOf(scripts, 'setTimeout', 'setInterval').filter(({ node }) => node.arguments[0] && ts.isStringLiteralLike(node.arguments[0]))
    expect(shown(timers)).toEqual([])
  })

  it('keep nothing in the browser', () => {
    expect(shown(mentionsOf(scripts, 'localStorage', 'sessionStorage', 'indexedDB', 'caches', 'serviceWorker', 'SharedWorker'))).toEqual([])
  })
})
