import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { extractFormats, extractOrder } from '../../../shared/import/extract-formats.ts'
import { importReasons } from '../../../shared/import/import-reasons.ts'

const page = readFileSync(new URL('../../../docs/import-format.md', import.meta.url), 'utf8')

it('the page about the format has every column as it is', () => {
  for (const kind of extractOrder) {
    const { fileName, columns } = extractFormats[kind]
    const begin = page.indexOf(`### ${fileName}\n`)
    const section = page.slice(begin, page.indexOf('\n##', begin + 1))
    const rows = columns.map(({ name, required, type, max, meaning, example }) =>
      `| \`${name}\` | ${required ? 'yes' : ''} | ${type} | ${max} | ${meaning.en} | ${meaning.it} | ${example === '' ? '' : `\`${example}\``} |`)
    expect(section.split('\n').filter(line => line.startsWith('| `'))).toEqual(rows)
  }
})

it('the page explains every reason an extract can be refused for', () => {
  const families = ['tax_code_', 'vat_number_', 'pod_', 'pdr_', 'phone_', 'email_', 'quantity_']
  const unexplained = importReasons.filter(reason => !page.includes(`\`${reason}\``) && !families.some(family => reason.startsWith(family)))
  expect(unexplained).toEqual([])
})
