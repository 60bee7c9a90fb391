/** docs/drafts.md names every field of the pages in which a person types: kept as which draft, or not and why. A field that is forgotten fails here. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { draftForms } from '../../renderer/src/features/drafts/draft-keys.ts'
import { projectRoot } from '../../scripts/package/places.ts'
import { elementsOf, templatesIn } from './support/sources.ts'
import type { Element } from './support/sources.ts'

const features = 'renderer/src/'
/** Components that are a field themselves: what is typed is named where they stand. */
const fieldComponents = ['PasswordInput', 'CodeField', 'VTextField', 'VTextarea', 'VAutocomplete', 'VCombobox', 'VOtpInput', 'VNumberInput']
const noText = ['checkbox', 'radio', 'file']

const attribute = (element: Element, name: string): string | undefined => element.props.flatMap((prop) => ('exp' in prop || prop.name !== name ? [] : [prop.value?.content ?? '']))[0]
const model = (element: Element): string => element.props.flatMap((prop) => ('exp' in prop && prop.name === 'model' && prop.exp && 'content' in prop.exp ? [prop.exp.content] : []))[0] ?? 'no model'
const isEditable = (element: Element): boolean => element.props.some((prop) => /^contenteditable$/i.test(prop.name) || ('exp' in prop && prop.arg && 'content' in prop.arg && /^contenteditable$/i.test(prop.arg.content)))
function isField(element: Element): boolean {
  if (element.tag === 'textarea' || fieldComponents.includes(element.tag) || isEditable(element)) return true
  return element.tag === 'input' && !noText.includes(attribute(element, 'type') ?? 'text')
}

const typed = templatesIn('renderer/src')
  .flatMap(({ file, root }) => elementsOf(root).filter(isField).map((element) => `${file.slice(features.length)} ${model(element)}`))
const doc = readFileSync(join(projectRoot, 'docs/drafts.md'), 'utf8')
const rows = doc.split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim().replaceAll('`', ''))
  return line.startsWith('| `') ? [{ file: cells[1] ?? '', fields: (cells[2] ?? '').split(', '), form: cells[3] ?? '', where: cells[4] ?? '' }] : []
})
const named = rows.flatMap(({ file, fields }) => fields.map((field) => `${file} ${field}`))
const source = (file: string): string => (existsSync(join(projectRoot, features, file)) ? readFileSync(join(projectRoot, features, file), 'utf8') : '')

describe('the page about drafts', () => {
  it('is compared with fields that there are', () => expect(typed.length).toBeGreaterThan(30))

  it('names every field a person types into, and none that is gone', () => {
    expect(named.toSorted()).toEqual([...new Set(typed)].toSorted())
  })

  it('names a draft or a reason for each', () => {
    const forms: readonly string[] = draftForms
    for (const { file, form, where } of rows) {
      if (form === '—') expect(where.length, `${file}: why is it not kept?`).toBeGreaterThan(20)
      else expect(forms, file).toContain(form)
    }
  })

  it('names the file that keeps it, which does', () => {
    for (const { file, form, where } of rows) if (form !== '—') expect(source(where), `${file}: ${where} keeps no draft '${form}'`).toContain(`draftKey('${form}'`)
  })

  it('knows every kind of draft', () => {
    const used = new Set(rows.map(({ form }) => form))
    expect(draftForms.filter((form) => !used.has(form))).toEqual([])
  })
})
