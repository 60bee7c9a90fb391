import { spawn } from 'node:child_process'

/** Program and arguments that open an address in the person's own browser. */
export function browserCommand(address: string, platform: NodeJS.Platform = process.platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', address]
    case 'darwin':
      return ['open', address]
    default:
      return ['xdg-open', address]
  }
}

/** Asks the system to show the address; nothing happens where there is no browser, the address is printed as well. */
export function openBrowser(address: string): void {
  const [program, ...args] = browserCommand(address)
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
