/** electron-builder's hook after the runtime was copied: takes out Electron's own start page. */
import { globSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export function afterExtract({ appOutDir }: { readonly appOutDir: string }): void {
  // On macOS the bundle still has Electron's name.
  for (const path of globSync(['resources/default_app.asar', '*.app/Contents/Resources/default_app.asar', 'version'], { cwd: appOutDir })) rmSync(join(appOutDir, path))
}
