/** The form of a message for a number, as the page's own words choose it: `none | one | many`, with `{n}` filled in. */
export function plural(message: string, n: number): string {
  const forms = message.split('|').map((form) => form.trim())
  return (forms[Math.min(n, forms.length - 1)] ?? '').replace('{n}', String(n))
}
