import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../scripts/package/places.ts'
import { find, sourceOf } from './sources.ts'

/** Titles of the tests in a file: the words in quotation marks of a comment or of an expectation are none. */
export function titlesOf(file: string): readonly string[] {
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
