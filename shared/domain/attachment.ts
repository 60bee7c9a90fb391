/** A file beside a ticket, at most; what a part of it holds when it travels within the desk. */
export const attachmentLimits = { bytes: 50 * 1024 * 1024, nameLength: 180, partBytes: 384 * 1024 } as const

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp', heic: 'image/heic', txt: 'text/plain', csv: 'text/csv',
  doc: 'application/msword', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', odt: 'application/vnd.oasis.opendocument.text', eml: 'message/rfc822', zip: 'application/zip',
}

/** What a file is, judged by its name alone; never a reason to run it. */
export function mediaTypeOf(name: string): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  return mediaTypes[ending] ?? 'application/octet-stream'
}

/** A file name as it may be stored and offered again: no folders, no control characters, none of the characters that Windows forbids. */
export function plainFileName(name: string): string {
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = bare([...last].map((character) => (/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/u.test(character) ? '_' : character)).join(''))
  if (clean === '') return 'file'
  if (clean.length <= attachmentLimits.nameLength) return clean
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(clean)?.[0] ?? ''
  // A character may be two units long: half of one is none.
  const start = bare(clean.slice(0, attachmentLimits.nameLength - ending.length).replace(/[\uD800-\uDBFF]$/, ''))
  return start + ending
}

/** Without dots and spaces at its ends, which systems hide or drop. */
const bare = (text: string): string => text.replace(/^[.\s]+|[.\s]+$/g, '')
