/** The fields of a form as a draft: those that differ from how the record stands, and nothing that is secret. */
export type Fields = Readonly<Record<string, unknown>>

/** '' while nothing differs. */
export function fieldsText(fields: Fields, stands: Fields, except: readonly string[] = []): string {
  const changed = Object.entries(fields).filter(([name, value]) => !except.includes(name) && JSON.stringify(value) !== JSON.stringify(stands[name]))
  return changed.length === 0 ? '' : JSON.stringify(Object.fromEntries(changed))
}

/** Puts a draft's fields over those of a form; what is no field of it, or has another shape, stays out. */
export function fillFields(fields: Record<string, unknown>, text: string, except: readonly string[] = []): void {
  for (const [name, value] of Object.entries(parsed(text))) if (Object.hasOwn(fields, name) && !except.includes(name) && fits(value, fields[name])) fields[name] = value
}

/** Texts, ticks, and lists of texts. */
function fits(value: unknown, current: unknown): boolean {
  if (Array.isArray(current)) return Array.isArray(value) && value.every((one) => typeof one === 'string')
  return typeof value === typeof current && typeof value !== 'object'
}

function parsed(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
  } catch {
    return {}
  }
}
