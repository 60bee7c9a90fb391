/** The one origin the desk's pages have under Electron. */
export const appScheme = 'app'
export const appHost = 'desk'
export const appAddress = `${appScheme}://${appHost}/`

/** Whether an address is a page of the desk itself. By URL parser, protocol and host apart: `origin` is `null` for this scheme. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === ''
}
