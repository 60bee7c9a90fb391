/** Switches that would open the packaged application to other programs. */
export const forbiddenSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'no-sandbox', 'disable-web-security', 'ignore-certificate-errors', 'load-extension'] as const

export type DeskArguments = { readonly dataDir: string | null; readonly forbidden: boolean }

/** What the desk reads of its command line; everything else belongs to Chromium or to nobody. */
export function readDeskArguments(args: readonly string[]): DeskArguments {
  const forbidden = args.some((arg) => forbiddenSwitches.some((name) => arg === `--${name}` || arg.startsWith(`--${name}=`)))
  const dataDir = args.find((arg) => arg.startsWith('--data-dir='))?.slice('--data-dir='.length) ?? ''
  return { dataDir: dataDir === '' ? null : dataDir, forbidden }
}
