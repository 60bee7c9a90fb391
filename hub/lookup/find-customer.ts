import type { z } from '../../shared/domain/schema.ts'
import type { hubCalls } from '../../shared/contract/hub.ts'
import { checkPhone } from '../../shared/domain/phone.ts'
import type { Tx } from '../server/parts.ts'

export type LookupInput = z.output<(typeof hubCalls)['lookupElsewhere']['input']>
type Criterion = Exclude<keyof LookupInput, 'reason'>

const facts = ['name', 'birthDay', 'town', 'phone'] as const satisfies readonly Criterion[]

/** Which criteria were given; an exact code stands alone, of facts there must be two. */
export function criteriaOf(input: LookupInput): readonly Criterion[] | null {
  if (input.code !== '') return ['code']
  const given = facts.filter((fact) => input[fact] !== '')
  return given.length >= 2 ? given : null
}

const byCode = `SELECT id FROM customer WHERE code = $1 OR tax_code = $2 OR vat_number = $2
  UNION SELECT customer_id FROM contract WHERE service_code = $1
  UNION SELECT customer_id FROM ticket WHERE code = $2 OR number = $2
  UNION SELECT k.customer_id FROM supply_point s JOIN contract k ON k.supply_point_id = s.id WHERE s.code IN ($1, $2) AND k.state = 'active'`

/** Ids of at most two customers whom the criteria fit: whether there is one, none or several is all that is asked. */
export async function findCustomers(tx: Tx, input: LookupInput, criteria: readonly Criterion[]): Promise<readonly string[]> {
  const { sql, values } = criteria.includes('code') ? { sql: byCode, values: [input.code, input.code.toUpperCase().replaceAll(/\s/g, '')] } : byFacts(input, criteria)
  const { rows } = await tx.query<{ id: string }>(`${sql} LIMIT 2`, [...values])
  return rows.map(({ id }) => id)
}

function byFacts(input: LookupInput, criteria: readonly Criterion[]): { readonly sql: string; readonly values: readonly unknown[] } {
  const values: unknown[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  const conditions = criteria.flatMap((criterion): readonly string[] => {
    switch (criterion) {
      case 'name':
        return nameConditions(input.name, parameter)
      case 'birthDay':
        return [`c.birth_day = ${parameter(input.birthDay)}`]
      case 'phone': {
        const checked = checkPhone(input.phone)
        const number = parameter(checked.ok ? checked.value.e164 : input.phone)
        return [`(c.phone = ${number} OR c.mobile = ${number})`]
      }
      case 'town': {
        const town = parameter(input.town.toLowerCase())
        return [`(EXISTS (SELECT 1 FROM address a WHERE a.id = c.address_id AND lower(a.town) = ${town}) OR EXISTS (
          SELECT 1 FROM contract k JOIN supply_point s ON s.id = k.supply_point_id JOIN address a ON a.id = s.address_id WHERE k.customer_id = c.id AND lower(a.town) = ${town}))`]
      }
      case 'code':
        return []
    }
  })
  return { sql: `SELECT c.id FROM customer c WHERE ${conditions.join(' AND ')}`, values }
}

/** The surname is among the first or the last words, whole; every word is somewhere in the name. */
function nameConditions(name: string, parameter: (value: unknown) => string): readonly string[] {
  const words = name.toLowerCase().split(/\s+/).filter((word) => word !== '').slice(0, 8)
  const surnames = words.flatMap((_word, index) => [words.slice(0, index + 1).join(' '), words.slice(index).join(' ')])
  const whole = `' ' || lower(concat_ws(' ', c.last_name, c.first_name, c.company_name)) || ' '`
  return [
    `(lower(c.last_name) = ANY(${parameter(surnames)}) OR lower(c.company_name) = ${parameter(words.join(' '))})`,
    ...words.map((word) => `position(${parameter(` ${word} `)} IN ${whole}) > 0`),
  ]
}
