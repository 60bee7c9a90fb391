const alreadyCompact = /^[0-9A-Z]*$/
const separators = /[\s.\-–—_/\\,;:|*'’"()[\]\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/g

/** A code without the spaces and signs people put into it, in capitals. Full-width characters become plain ones. */
export function compactCode(text: string): string {
  if (alreadyCompact.test(text)) return text
  return text.normalize('NFKC').replace(separators, '').toUpperCase()
}
