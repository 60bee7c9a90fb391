/**
 * Asks the system's own tools about a signature. Not proven where it was written: these tools exist on macOS and Windows only, and answer
 * only where there is a signing identity.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Target } from './app-files.ts'
import { packagedProgram } from './places.ts'

const run = promisify(execFile)
type Command = readonly [program: string, ...args: string[]]

/**
 * One line per tool that is not content.
 *
 * @param state `notarised` also asks for Apple's ticket, which exists only after the upload
 */
export async function verifySignature(folder: string, target: Target, state: 'signed' | 'notarised'): Promise<string[]> {
  const answers = await Promise.all(signatureCommands(folder, target, state).map(([program, ...args]) => run(program, args).then(() => null, () => `${program} ${args[0] ?? ''} does not accept the signature`)))
  return answers.filter((line) => line !== null)
}

/** The questions for each system; Linux packages carry no signature of their own. */
export function signatureCommands(folder: string, target: Target, state: 'signed' | 'notarised'): readonly Command[] {
  switch (target.platform) {
    case 'darwin':
      return [
        ['codesign', '--verify', '--deep', '--strict', folder],
        ...(state === 'notarised' ? ([['spctl', '--assess', '--type', 'execute', folder], ['xcrun', 'stapler', 'validate', folder]] as const) : []),
      ]
    case 'win32': {
      // The path goes in as an argument, not into the text of the command.
      const script = 'if ((Get-AuthenticodeSignature -LiteralPath $args[0]).Status -ne "Valid") { exit 1 }'
      return [['powershell.exe', '-NoProfile', '-NonInteractive', '-Command', `& { ${script} }`, packagedProgram(folder, target).path]]
    }
    case 'linux':
      return []
  }
}
