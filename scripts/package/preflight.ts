/** What a machine must have before a package can be made on it, as a pure question. */
import type { Target } from './app-files.ts'

export type Machine = {
  readonly target: Target
  readonly env: Readonly<Record<string, string | undefined>>
  /** Electron's program, or `null`. */
  readonly electron: string | null
  readonly builder: boolean
  /** What `build/updates.json` says, which goes into the package. */
  readonly updates: UpdateServer
  /** How many keys are pinned in `electron/main/update-keys.ts`. */
  readonly updateKeys: number
}
/** `bad`: the file is there, and no desk would take its address. */
export type UpdateServer = 'none' | 'bad' | 'named'

/** One line that says what is missing and where it comes from; `null` when nothing is. */
export function whatIsMissing(machine: Machine, unsigned: boolean): string | null {
  if (!machine.builder) return 'electron-builder is not installed: npm ci'
  if (machine.electron === null) return 'Electron’s runtime is not on this machine: npx install-electron, where the network allows it'
  if (machine.updates === 'bad') return 'build/updates.json names no server for updates: {"url":"https://…/"}'
  return unsigned ? null : (missingIdentity(machine) ?? missingKeys(machine))
}

/** One line for a package that is complete and will stay as it is for ever; `null` for one that can be updated. */
export function neverUpdated({ updates, updateKeys }: Pick<Machine, 'updates' | 'updateKeys'>): string | null {
  if (updateKeys === 0) return 'no key is pinned in electron/main/update-keys.ts: this version takes no update, whatever server it is told'
  return updates === 'none' ? 'no server for updates is in the package (build/updates.json): the desk looks for one only if its data directory names one' : null
}

function missingKeys({ updates, updateKeys }: Machine): string | null {
  if (updates === 'none' || updateKeys > 0) return null
  return 'a server for updates is named, and no key is pinned to check them with: electron/main/update-keys.ts (scripts/release/README.md), or take build/updates.json away'
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
