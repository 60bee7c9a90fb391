/** What a machine must have before a package can be made on it, as a pure question. */
import type { Target } from './app-files.ts'

export type Machine = {
  readonly target: Target
  readonly env: Readonly<Record<string, string | undefined>>
  /** Electron's program, or `null`. */
  readonly electron: string | null
  readonly builder: boolean
}

/** One line that says what is missing and where it comes from; `null` when nothing is. */
export function whatIsMissing(machine: Machine, unsigned: boolean): string | null {
  if (!machine.builder) return 'electron-builder is not installed: npm ci'
  if (machine.electron === null) return 'Electron’s runtime is not on this machine: npx install-electron, where the network allows it'
  return unsigned ? null : missingIdentity(machine)
}

const certificate = ['CSC_LINK', 'CSC_KEY_PASSWORD'] as const
const notarisation = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'] as const

function missingIdentity({ target, env }: Machine): string | null {
  const lacks = (names: readonly string[]): string => names.filter((name) => !env[name]).join(', ')
  switch (target.platform) {
    case 'linux':
      return null
    case 'win32': {
      const names = lacks(certificate)
      return names === '' ? null : `no signing identity: set ${names}, or pack with --unsigned, which is not for release`
    }
    case 'darwin': {
      // A certificate in the keychain is named, one in a file is given.
      const names = [env['CSC_NAME'] ? '' : lacks(certificate), lacks(notarisation)].filter((part) => part !== '').join(', ')
      return names === '' ? null : `no signing identity: set ${names}, or pack with --unsigned, which is not for release`
    }
  }
}
