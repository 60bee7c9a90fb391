/** Switches that would open the packaged application to other programs, or take away what protects its pages and keys. */
export const forbiddenSwitches = [
  'remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address', 'remote-allow-origins', 'inspect', 'inspect-brk', 'inspect-brk-node', 'inspect-wait', 'inspect-port', 'inspect-publish-uid', 'debug', 'debug-brk', 'auto-open-devtools-for-tabs',
  'no-sandbox', 'disable-sandbox', 'disable-gpu-sandbox', 'disable-setuid-sandbox', 'disable-seccomp-filter-sandbox', 'single-process', 'no-zygote', 'disable-site-isolation-trials',
  'disable-web-security', 'allow-file-access-from-files', 'allow-running-insecure-content', 'ignore-certificate-errors', 'ignore-certificate-errors-spki-list', 'allow-insecure-localhost', 'host-rules', 'host-resolver-rules', 'ssl-key-log-file', 'log-net-log',
  'load-extension', 'js-flags', 'enable-blink-features', 'browser-subprocess-path', 'renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher', 'renderer-startup-dialog', 'require', 'user-data-dir',
  // The key store: one that hides nothing, or none.
  'password-store', 'use-mock-keychain',
] as const

const names: ReadonlySet<string> = new Set(forbiddenSwitches)

export type DeskArguments = { readonly dataDir: string | null; readonly forbidden: boolean }

/** What the desk reads of its command line; everything else belongs to Chromium or to nobody. */
export function readDeskArguments(args: readonly string[]): DeskArguments {
  const forbidden = args.some((arg) => names.has(switchName(arg)))
  const dataDir = args.find((arg) => arg.startsWith('--data-dir='))?.slice('--data-dir='.length) ?? ''
  return { dataDir: dataDir === '' ? null : dataDir, forbidden }
}

/** Chromium takes one hyphen or two, on Windows a stroke and capitals as well; what follows `=` or `:` is the value. */
function switchName(arg: string): string {
  return /^(?:--?|\/)([a-z-]+)(?:[=:]|$)/i.exec(arg.trim())?.[1]?.toLowerCase() ?? ''
}
