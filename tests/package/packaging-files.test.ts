/** The files beside the code that decide how the desk is started and what it may do. */
import { globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { forbiddenSwitches } from '../../electron/main/policy/command-line.ts'
import { nativePackages } from '../../scripts/package/app-files.ts'
import { projectRoot } from '../../scripts/package/places.ts'
import { linkFileExtension, linkScheme } from '../../shared/contract/desk-link.ts'

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')
/** As electron-builder itself reads it, and checked against its own schema: a key that it does not know is an error. */
type Config = Record<string, unknown> & Record<'win' | 'nsis' | 'mac' | 'dmg' | 'linux' | 'appImage' | 'publish', Record<string, unknown>>
type Loader = { getConfig: (folder: string, file: string, more: null) => Promise<Config>; validateConfiguration: (config: Config, log: object) => Promise<void> }

const near = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
const { getConfig, validateConfiguration } = near('app-builder-lib/out/util/config/config') as Loader
const { DebugLogger } = near('builder-util') as { DebugLogger: new (enabled: boolean) => object }
const config = await getConfig(projectRoot, 'electron-builder.yml', null)

describe('the packages', () => {
  it('are described in words that electron-builder knows', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined()
    await expect(validateConfiguration({ ...config, nonsense: true }, new DebugLogger(false))).rejects.toThrow('nonsense')
  })

  it('never start the desk with a switch that it refuses', () => {
    const started = ['electron-builder.yml', 'package.json', 'scripts/start.ts', 'scripts/package/package.ts', ...globSync('{build,.github}/**/*.{nsh,yml,desktop,sh,plist}', { cwd: projectRoot })]
    const said = started.flatMap((file) => forbiddenSwitches.filter((name) => read(file).split('\n').some((line) => line.includes(`--${name}`) && !/^\s*(?:#|\/\/|\*)/.test(line))).map((name) => `${file} --${name}`))
    expect(said).toEqual([])
    // Left out, electron-builder writes one itself.
    expect(config.appImage['executableArgs']).toEqual([])
  })

  it('are an archive that is checked, with its binaries beside it', () => {
    expect(config).toMatchObject({ asar: { smartUnpack: false }, asarUnpack: ['node_modules/**/*.node'], afterPack: 'scripts/package/after-pack.ts', afterSign: 'scripts/package/after-sign.ts', npmRebuild: false })
    // Its own list of fuses lacks the newest: the hook flips all of them.
    expect(config).not.toHaveProperty('electronFuses')
    expect(config).not.toHaveProperty('disableAsarIntegrity')
  })

  it('are made for each system as the desk is used there', () => {
    expect(config.nsis).toMatchObject({ perMachine: false, allowElevation: false, deleteAppDataOnUninstall: false, installerLanguages: ['it_IT', 'en_US'] })
    expect(config.win).toMatchObject({ target: ['nsis'], requestedExecutionLevel: 'asInvoker' })
    expect(config.mac).toMatchObject({ target: ['dmg', 'zip'], hardenedRuntime: true, notarize: true })
    expect(config.linux['target']).toEqual(['AppImage', 'deb'])
  })

  it('open links, and of all files those that hold one', () => {
    expect(config['protocols']).toEqual([{ name: 'Sportello', schemes: ['sportello'], role: 'Viewer' }])
    expect(config['fileAssociations']).toEqual([expect.objectContaining({ ext: linkFileExtension, role: 'Viewer', mimeType: 'application/x-sportello-link' })])
    for (const part of [config.win, config.mac, config.linux]) expect(part).not.toHaveProperty('fileAssociations')
  })

  it('keep links and link files apart in the registry of Windows, and switches out of both', () => {
    const [{ name }] = config['fileAssociations'] as [{ name: string }]
    const installer = read('build/installer.nsh')
    expect([linkScheme, linkFileExtension]).not.toContain(name.toLowerCase())
    for (const key of [linkScheme, name]) expect(installer).toContain(`"Software\\Classes\\${key}\\shell\\open\\command" "" '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" -- "%1"'`)
  })

  it('update from one place, and only what is signed', () => {
    expect(config.publish).toMatchObject({ provider: 'generic', url: 'https://updates.sportello.invalid/desk' })
    expect(config.win['verifyUpdateCodeSignature']).toBe(true)
    expect(config['forceCodeSigning']).toBe(true)
  })

  it('ask macOS for one thing', () => {
    for (const file of ['build/entitlements.mac.plist', 'build/entitlements.mac.inherit.plist']) expect([...read(file).matchAll(/<key>([^<]+)<\/key>\s*<true\/>/g)].map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit'])
  })
})

describe('the packages that the desk is made of', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version?: string; resolved?: string; integrity?: string; hasInstallScript?: boolean; link?: boolean }> }
  const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> }

  it('are each locked to one content, from the registry', () => {
    const registry = 'https://registry.npmjs.org/'
    const loose = Object.entries(lock.packages).filter(([path, { resolved = registry, integrity = '', link }]) => path !== '' && (link === true || !resolved.startsWith(registry) || !integrity.startsWith('sha512-')))
    expect(loose.map(([path]) => path)).toEqual([])
  })

  it('run no script when they are installed, but those that are named', () => {
    const locked = Object.entries(lock.packages).map(([path, { version, hasInstallScript }]) => ({ name: `${path.replace(/^.*node_modules\//, '')}@${version}`, hasInstallScript }))
    // By name and version: another version is another script, and is decided anew.
    expect(locked.flatMap(({ name, hasInstallScript }) => (hasInstallScript === true && !Object.hasOwn(allowScripts, name) ? [name] : []))).toEqual([])
    expect(Object.keys(allowScripts).filter((name) => !locked.some((one) => one.name === name))).toEqual([])
    // Node itself is fetched by one; everything else is in its package, and what it lacks is made at the start.
    expect(Object.entries(allowScripts).filter(([, allowed]) => allowed).map(([name]) => name)).toEqual([expect.stringMatching(/^node@\d/)])
  })

  it('include the native ones that are not bundled', () => expect(Object.keys(dependencies)).toEqual(expect.arrayContaining([...nativePackages])))
})
