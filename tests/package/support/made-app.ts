import { createPackageWithOptions } from '@electron/asar'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { appFolders, inFolder } from '../../../scripts/package/app-files.ts'
import type { Target } from '../../../scripts/package/app-files.ts'

export const target: Target = { platform: 'linux', arch: 'x64' }

/** A small application that is as it should be: every file of the list, with a word in it. */
export function goodFiles(): Map<string, string> {
  const files = appFolders(target).flatMap(({ folder, required }) => required.map((name) => [inFolder(folder, name), `/* ${name} */`] as const))
  return new Map([...files, ['package.json', '{"name":"sportello","type":"module","main":"out/main/main.js"}'], ['out/renderer/assets/index-AbCd_123.js', 'export {}']])
}

/** The files as an archive, packed by the tool that electron-builder uses. */
export async function packedApp(files: ReadonlyMap<string, string | Buffer>): Promise<{ readonly archive: string; readonly folder: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-app-'))
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, 'app', path)), { recursive: true })
    writeFileSync(join(folder, 'app', path), content)
  }
  const archive = join(folder, 'app.asar')
  await createPackageWithOptions(join(folder, 'app'), archive, { unpack: '*.node' })
  return { archive, folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
