import { createPackageWithOptions } from '@electron/asar'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isBuilt } from '../../../scripts/build.ts'
import { hostTarget, projectRoot } from '../../../scripts/package/places.ts'
import { stageApp } from '../../../scripts/package/stage.ts'

/** The real build, put together as it is packed: as a folder and as an archive. */
export type BuiltApp = { readonly staged: string; readonly paths: readonly string[]; readonly archive: string; readonly remove: () => void }

export async function builtApp(): Promise<BuiltApp> {
  // In a process of its own: the builder wants to be in production.
  if (!isBuilt('desktop')) await promisify(execFile)(process.execPath, [join(projectRoot, 'scripts', 'build.ts')], { cwd: projectRoot, env: { ...process.env, NODE_ENV: 'production' } })
  const folder = mkdtempSync(join(tmpdir(), 'sportello-packed-'))
  const staged = join(folder, 'app')
  const paths = stageApp(staged, hostTarget())
  const archive = join(folder, 'resources', 'app.asar')
  // As electron-builder.yml says it.
  await createPackageWithOptions(staged, archive, { unpack: '**/node_modules/**/*.node' })
  return { staged, paths, archive, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
