/**
 * Chromium knows no scheme of ours, so `app://host/path` is shown as `https://host.app.invalid/path`: a secure context,
 * on a name that by RFC 2606 leads nowhere. The application only ever sees its own addresses.
 */
const suffix = '.invalid'

/** @param schemes those that the application has registered as privileged */
export function toBrowser(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address)
  const scheme = url?.protocol.slice(0, -1) ?? ''
  if (url === null || !schemes.has(scheme)) return address
  return `https://${url.host}.${scheme}${suffix}${url.pathname}${url.search}${url.hash}`
}

export function fromBrowser(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' || !url.host.endsWith(suffix)) return address
  const [scheme = '', ...host] = url.host.slice(0, -suffix.length).split('.').reverse()
  if (!schemes.has(scheme) || host.length === 0) return address
  const user = url.username === '' ? '' : `${url.username}:${url.password}@`
  return `${scheme}://${user}${host.reverse().join('.')}${url.pathname}${url.search}${url.hash}`
}
