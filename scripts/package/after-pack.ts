/** electron-builder's hook between packing and signing: flips the fuses and reads the whole package back. */
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { FuseV1Config } from '@electron/fuses'
import { join } from 'node:path'
import type { Target } from './app-files.ts'
import { checkPackage } from './check-package.ts'
import { wantedFuses } from './fuses.ts'
import { hostTarget, packagedProgram, productName } from './places.ts'

/** What electron-builder says of a package; its own type is wider. */
export type PackContext = { readonly appOutDir: string; readonly electronPlatformName: string; readonly arch: number }

/** Numbers of electron-builder's `Arch`. */
const archNames: Readonly<Record<number, string>> = { 1: 'x64', 3: 'arm64' }

/** Throws, and so ends the packing, when a fuse cannot be flipped or the package is not what it should be. */
export async function afterPack(context: PackContext): Promise<void> {
  const { folder, target } = packed(context)
  await flipFuses(packagedProgram(folder, target).path, fuseConfig(target))
  refuseProblems(checkPackage(folder, target).problems)
}

/** Every fuse that the installed `@electron/fuses` knows must be stated, or flipping fails. */
export function fuseConfig({ platform }: Pick<Target, 'platform'>): FuseV1Config {
  const config: FuseV1Config = { version: FuseVersion.V1, strictlyRequireAllFuses: true, resetAdHocDarwinSignature: platform === 'darwin' } as FuseV1Config
  for (const { name, on } of wantedFuses) config[FuseV1Options[name as keyof typeof FuseV1Options]] = on
  return config
}

export function packed({ appOutDir, electronPlatformName, arch }: PackContext): { readonly folder: string; readonly target: Target } {
  const target = hostTarget(electronPlatformName, archNames[arch] ?? String(arch))
  return { folder: target.platform === 'darwin' ? join(appOutDir, `${productName}.app`) : appOutDir, target }
}

export function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`the package is not what it should be:\n  ${problems.join('\n  ')}`)
}
