/**
 * electron-builder itself, with the desk's configuration and hooks, around a made runtime: a program that cannot run, with a fuse wire in it.
 * Linux only, because that folder has the simplest form; what stays open is in docs/operations/packaging.md.
 */
import { createPackage } from '@electron/asar'
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkPackage } from '../../scripts/package/check-package.ts'
import { hostTarget, projectRoot } from '../../scripts/package/places.ts'
import { builtApp } from './support/built-app.ts'
import { deliveredFuses, madeBinary, wire } from './support/made-binary.ts'

const target = { ...hostTarget(process.platform, process.arch), platform: 'linux' } as const
const cli = join(createRequire(import.meta.url).resolve('electron-builder/package.json'), '..', 'cli.js')
let folder = ''

/** The files of Electron's release that electron-builder touches. */
async function makeRuntime(path: string, states: string): Promise<void> {
  mkdirSync(join(path, 'resources'), { recursive: true })
  for (const name of ['locales', 'default_app']) mkdirSync(join(path, name))
  writeFileSync(join(path, 'electron'), madeBinary(wire(states)), { mode: 0o755 })
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'default_app/main.js', ...['it', 'en-US', 'en-GB', 'fr'].map((name) => `locales/${name}.pak`)]) writeFileSync(join(path, name), name)
  await createPackage(join(path, 'default_app'), join(path, 'resources', 'default_app.asar'))
  rmSync(join(path, 'default_app'), { recursive: true })
}

function runNode(args: readonly string[]): Promise<{ readonly ok: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: projectRoot, env: { ...process.env, CI: '1' } }, (error, stdout, stderr) => resolve({ ok: error === null, output: stdout + stderr }))
  })
}

async function pack(runtime: string): Promise<{ readonly ok: boolean; readonly output: string; readonly app: string }> {
  rmSync(join(folder, 'packages'), { recursive: true, force: true })
  const args = [cli, '--linux', 'dir', `--${target.arch}`, '--publish', 'never', '--config', 'electron-builder.yml', '-c.forceCodeSigning=false', `-c.electronDist=${runtime}`, `-c.directories.app=${join(folder, 'app')}`, `-c.directories.output=${join(folder, 'packages')}`]
  const run = await runNode(args)
  const [name] = existsSync(join(folder, 'packages')) ? readdirSync(join(folder, 'packages')).filter((each) => each.endsWith('-unpacked')) : []
  return { ...run, app: join(folder, 'packages', name ?? 'nothing') }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sportello-builder-'))
  const built = await builtApp()
  cpSync(built.staged, join(folder, 'app'), { recursive: true })
  built.remove()
  await makeRuntime(join(folder, 'runtime'), deliveredFuses)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('electron-builder with the desk’s configuration', () => {
  it('packs what is on the list, flips the fuses, and leaves nothing of the runtime that should go', async () => {
    const { ok, output, app } = await pack(join(folder, 'runtime'))
    expect(ok ? '' : output).toBe('')
    expect(checkPackage(app, target).problems).toEqual([])
    expect(existsSync(join(app, 'sportello'))).toBe(true)
    expect(readdirSync(join(app, 'locales')).toSorted()).toEqual(['en-GB.pak', 'en-US.pak', 'it.pak'])
    expect(readdirSync(join(app, 'resources')).toSorted()).toEqual(['app-update.yml', 'app.asar', 'app.asar.unpacked'])
    expect(readFileSync(join(app, 'resources', 'app-update.yml'), 'utf8')).toContain('https://updates.sportello.invalid/desk')
  })

  it('ends when the runtime has a fuse more than is stated', async () => {
    await makeRuntime(join(folder, 'newer'), `${deliveredFuses}1`)
    const { ok, output } = await pack(join(folder, 'newer'))
    expect(ok).toBe(false)
    expect(output).toMatch(/fuse/i)
  })

  it('ends when something came along that is not on the list', async () => {
    writeFileSync(join(folder, 'app', 'out', 'main', 'extra.js'), 'export {}')
    try {
      const { ok, output } = await pack(join(folder, 'runtime'))
      expect(ok).toBe(false)
      expect(output).toContain('not on the list: out/main/extra.js')
    } finally {
      rmSync(join(folder, 'app', 'out', 'main', 'extra.js'))
    }
  })
})
