/** One person, one name: case, spaces around it and look-alike forms of the same letters do not make another. */
export function normalUsername(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
