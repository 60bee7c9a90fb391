/** The sources as syntax trees: a rule about a call is asked of the calls, not of the letters. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'
import type { SFCTemplateBlock } from 'vue/compiler-sfc'
import { projectRoot } from '../../../scripts/package/places.ts'

export type Source = { readonly file: string; readonly tree: ts.SourceFile }
/** Where something stands: `file` alone, so that a moved line is no news. */
export type Site<N extends ts.Node = ts.Node> = { readonly file: string; readonly node: N; readonly text: string }

/** Scripts of all `.ts` and `.vue` files below some folders of the project. */
export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,vue}`, { cwd: projectRoot }).filter((file) => !file.endsWith('.d.ts')).toSorted().map(readSource))
}

function readSource(file: string): Source {
  const text = readFileSync(join(projectRoot, file), 'utf8')
  const script = file.endsWith('.vue') ? scriptOf(text) : text
  return sourceOf(file, script)
}

export function sourceOf(file: string, text: string): Source {
  return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) }
}

function scriptOf(text: string): string {
  const { script, scriptSetup } = parse(text).descriptor
  return `${script?.content ?? ''}\n${scriptSetup?.content ?? ''}`
}

export type Template = { readonly file: string; readonly root: NonNullable<SFCTemplateBlock['ast']> }

/** Templates of all components below a folder. */
export function templatesIn(folder: string): readonly Template[] {
  return globSync(`${folder}/**/*.vue`, { cwd: projectRoot }).toSorted().flatMap((file) => {
    const root = parse(readFileSync(join(projectRoot, file), 'utf8')).descriptor.template?.ast
    return root === undefined ? [] : [{ file, root }]
  })
}

type Node = Template['root'] | Template['root']['children'][number]
export type Element = Extract<Node, { readonly tag: string }>

/** Every element of a template, however deep, in branches and loops too. */
export function elementsOf(node: Node): readonly Element[] {
  const own = 'tag' in node ? [node] : []
  const children = 'children' in node && Array.isArray(node.children) ? node.children : []
  return [...own, ...children.flatMap((child) => (typeof child === 'object' && 'loc' in child ? elementsOf(child as Node) : []))]
}

/** Every node that a question says yes to. */
export function find<N extends ts.Node>(sources: readonly Source[], isWanted: (node: ts.Node) => node is N): readonly Site<N>[] {
  return sources.flatMap(({ file, tree }) => {
    const found: Site<N>[] = []
    const visit = (node: ts.Node): void => {
      if (isWanted(node)) found.push({ file, node, text: node.getText(tree) })
      ts.forEachChild(node, visit)
    }
    visit(tree)
    return found
  })
}

/** The name that a call or a `new` goes by: `b` of `a.b()`, of `a['b']()`, of `a?.b()` and of `b()`. */
export function calledName(node: ts.CallExpression | ts.NewExpression): string {
  const callee = node.expression
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text
  if (ts.isElementAccessExpression(callee)) return ts.isStringLiteralLike(callee.argumentExpression) ? callee.argumentExpression.text : '?'
  return ts.isIdentifier(callee) ? callee.text : ''
}

export function callsOf(sources: readonly Source[], ...names: readonly string[]): readonly Site<ts.CallExpression>[] {
  return find(sources, (node): node is ts.CallExpression => ts.isCallExpression(node) && names.includes(calledName(node)))
}

export function newsOf(sources: readonly Source[], ...names: readonly string[]): readonly Site<ts.NewExpression>[] {
  return find(sources, (node): node is ts.NewExpression => ts.isNewExpression(node) && names.includes(calledName(node)))
}

/** Every place where a name is spoken at all, in code or as a text: for what must not be there in any form. */
export function mentionsOf(sources: readonly Source[], ...names: readonly string[]): readonly Site[] {
  return find(sources, (node): node is ts.Identifier | ts.StringLiteralLike => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && names.includes(node.text))
}

/** Texts, whether plain or the fixed parts of a template. */
export function textsOf(sources: readonly Source[], pattern: RegExp): readonly Site[] {
  return find(sources, (node): node is ts.StringLiteralLike | ts.TemplateHead => (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) && pattern.test((node as ts.StringLiteralLike).text))
}

/** Where something of this name is set: `a.b = …`, `a['b'] = …`, and `b: …` or a plain `b` in an object. */
export function settingsOf(sources: readonly Source[], ...names: readonly string[]): readonly (Site & { readonly name: string; readonly value: string })[] {
  const nameOf = (node: ts.Node): string | undefined => {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return ts.isComputedPropertyName(node.name) ? undefined : node.name.text
    if (!ts.isBinaryExpression(node) || node.operatorToken.kind < ts.SyntaxKind.FirstAssignment || node.operatorToken.kind > ts.SyntaxKind.LastAssignment) return undefined
    if (ts.isPropertyAccessExpression(node.left)) return node.left.name.text
    return ts.isElementAccessExpression(node.left) && ts.isStringLiteralLike(node.left.argumentExpression) ? node.left.argumentExpression.text : undefined
  }
  const valueOf = (node: ts.Node): string => (ts.isPropertyAssignment(node) ? node.initializer.getText() : ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? node.right.getText() : '?')
  return find(sources, (node): node is ts.Node => names.includes(nameOf(node) ?? '')).map((site) => ({ ...site, name: nameOf(site.node) ?? '', value: valueOf(site.node) }))
}

/** Where a module of this name is imported, by `import`, `import()` or `require`. */
export function importsOf(sources: readonly Source[], pattern: RegExp): readonly Site[] {
  const named = (node: ts.Node | undefined): boolean => node !== undefined && ts.isStringLiteralLike(node) && pattern.test(node.text)
  return find(sources, (node): node is ts.ImportDeclaration | ts.CallExpression =>
    ts.isImportDeclaration(node) ? named(node.moduleSpecifier) : ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || calledName(node) === 'require') && named(node.arguments[0]),
  )
}

/** Sites as a failed test should show them: a syntax tree would be a screen full. */
export function shown(sites: readonly Site[]): string[] {
  return sites.map(({ file, text }) => `${file}: ${text.replaceAll(/\s+/g, ' ').slice(0, 120)}`)
}

export function files(sites: readonly Site[]): string[] {
  return sites.map(({ file }) => file)
}
