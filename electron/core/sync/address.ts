/** The hub's address as it is kept, or `null` where it may not be used: https, or http to this very machine. */
export function hubAddress(text: string): string | null {
  let url: URL
  try {
    url = new URL(text.includes('://') ? text : `https://${text}`)
  } catch {
    return null
  }
  const local = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && local)) return null
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.hostname === '') return null
  return url.origin + url.pathname.replace(/\/+$/, '')
}
