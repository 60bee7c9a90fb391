/** Where things lie: in the project, and inside a packed application. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Target } from './app-files.ts'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))
/** Put together by `stage.ts`; what electron-builder packs (`directories.app`). */
export const stageFolder = join(projectRoot, 'dist', 'app')
/** Finished packages. */
export const packagesFolder = join(projectRoot, 'dist', 'packages')
export const productName = 'Sportello'

/** The machine's own target. Throws on a system for which no package is made. */
export function hostTarget(platform: string = process.platform, arch: string = process.arch): Target {
  if ((platform !== 'linux' && platform !== 'darwin' && platform !== 'win32') || (arch !== 'x64' && arch !== 'arm64')) {
    throw new Error(`no package is made for ${platform} on ${arch}`)
  }
  return { platform, arch }
}

/** @param folder the packed application; on macOS the `.app` itself */
export function resourcesFolder(folder: string, { platform }: Target): string {
  return platform === 'darwin' ? join(folder, 'Contents', 'Resources') : join(folder, 'resources')
}

/** The program of a packed application, and the file in it that carries the fuses. */
export function packagedProgram(folder: string, { platform }: Target): { readonly path: string; readonly fuses: string } {
  switch (platform) {
    case 'darwin':
      return { path: folder, fuses: join(folder, 'Contents', 'Frameworks', 'Electron Framework.framework', 'Electron Framework') }
    case 'win32':
      return same(join(folder, `${productName}.exe`))
    case 'linux':
      return same(join(folder, productName.toLowerCase()))
  }
}

function same(path: string): { readonly path: string; readonly fuses: string } {
  return { path, fuses: path }
}
