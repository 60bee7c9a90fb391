/**
 * Every form whose text is kept until it is sent or dropped. What is typed anywhere else is named in docs/drafts.md with the reason, and a
 * test compares that page with the templates.
 */
export const draftForms = [
  'ticket.new', 'ticket', 'reading', 'portal-link', 'portal-unlink', 'contact', 'identity',
  'erase', 'person', 'local-person', 'office', 'team', 'territory', 'device', 'join',
  'correct', 'let-go', 'contested', 'late',
] as const
export type DraftForm = (typeof draftForms)[number]
/** Kind of form, then ids. A customer's own id is among them wherever the text is about a customer: it goes when the customer goes. */
export type DraftKey = `${DraftForm}:${string}`

/** At most 120 characters, never personal data. Ids may hold colons. */
export function draftKey(form: DraftForm, ...ids: readonly [string, ...string[]]): DraftKey {
  return `${form}:${ids.join(':')}`
}

/** Of a key, or of the kind alone; `null` for one that this version does not know. */
export function formOf(key: string): DraftForm | null {
  return draftForms.find((form) => form === key.split(':')[0]) ?? null
}
