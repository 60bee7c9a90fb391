/** `npm run package`: the application for the system and processor it runs on, checked before and after. */
import { spawn } from 'node:child_process'
import { existsSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readUpdateConfig } from '../../electron/main/update-config.ts'
import { pinnedUpdateKeys } from '../../electron/main/update-keys.ts'
import { build, isBuilt } from '../build.ts'
import { installedElectron } from '../find-electron.ts'
import type { Target } from './app-files.ts'
import { checkPackage } from './check-package.ts'
import { hostTarget, packagesFolder, productName, projectRoot, stageFolder } from './places.ts'
import { neverUpdated, whatIsMissing } from './preflight.ts'
import type { UpdateServer } from './preflight.ts'
import { writeBillOfMaterials } from './sbom.ts'
import { StageError, stageApp } from './stage.ts'
import { verifySignature } from './verify-signature.ts'

const usage = `npm run package -- [--unsigned] [--dir] [--stage] [--sbom]

  --unsigned  without a signing identity: to try it out, not for release
  --dir       the folder of the application only, no installer
  --stage     only puts dist/app together; needs no runtime
  --sbom      only writes dist/sbom: bill of materials, licences, hashes of the binaries; needs no runtime
`
const cli = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
const say = (line: string): void => void process.stdout.write(`${line}\n`)
type Options = { readonly unsigned: boolean; readonly dir: boolean; readonly stage: boolean; readonly sbom: boolean }

async function main(options: Options): Promise<number> {
  const target = hostTarget()
  if (!isBuilt('desktop')) await build('desktop')
  const staged = stageApp(stageFolder, target)
  say(`${staged.length} files in dist/app`)
  if (options.stage) return 0
  if (options.sbom) {
    await writeBillOfMaterials(join(projectRoot, 'dist', 'sbom'), target)
    return 0
  }
  const updating = { updates: updateServer(), updateKeys: pinnedUpdateKeys.length }
  const missing = whatIsMissing({ target, env: process.env, electron: installedElectron(), builder: existsSync(cli), ...updating }, options.unsigned)
  if (missing !== null) {
    process.stderr.write(`${missing}\n`)
    return 2
  }
  const stays = neverUpdated(updating)
  if (stays !== null) say(stays)
  rmSync(packagesFolder, { recursive: true, force: true })
  const code = await runBuilder(builderArguments(target, options, updating.updates))
  return code === 0 ? checkResult(target, options) : code
}

/** Never publishes: what is made is looked at and signed a second time first (docs/operations/packaging.md). */
export function builderArguments({ platform, arch }: Target, { unsigned, dir }: Pick<Options, 'unsigned' | 'dir'>, updates: UpdateServer = 'none'): string[] {
  const system = { linux: '--linux', darwin: '--mac', win32: '--win' }[platform]
  return [
    system, ...(dir ? ['dir'] : []), `--${arch}`, '--publish', 'never', '--config', 'electron-builder.yml',
    ...(unsigned ? ['-c.forceCodeSigning=false', '-c.mac.notarize=false', '-c.mac.identity=null', '-c.dmg.sign=false'] : []),
    // Before signing: a file that is added later breaks the signature.
    ...(updates === 'named' ? ['-c.extraResources.from=build/updates.json', '-c.extraResources.to=updates.json'] : []),
    // There is no identity to sign Linux packages with.
    ...(platform === 'linux' && !unsigned ? ['-c.forceCodeSigning=false'] : []),
  ]
}

/** The finished folder once more: after signing and notarising, from outside the tool that made it. */
async function checkResult(target: Target, { unsigned }: Options): Promise<number> {
  const pattern = { linux: 'linux*-unpacked', win32: 'win*-unpacked', darwin: `mac*/${productName}.app` }[target.platform]
  const [folder] = globSync(pattern, { cwd: packagesFolder })
  if (folder === undefined) {
    process.stderr.write('electron-builder left no application behind\n')
    return 1
  }
  const path = join(packagesFolder, folder)
  const { headerHash, problems } = checkPackage(path, target)
  const signature = unsigned ? [] : await verifySignature(path, target, 'notarised')
  for (const line of [...problems, ...signature]) process.stderr.write(`${line}\n`)
  say(`app.asar header SHA-256 ${headerHash}`)
  return problems.length + signature.length === 0 ? 0 : 1
}

/** The address that whoever packs has put beside the icons; it is not in the repository. */
function updateServer(): UpdateServer {
  const folder = join(projectRoot, 'build')
  if (!existsSync(join(folder, 'updates.json'))) return 'none'
  return readUpdateConfig([folder]) === null ? 'bad' : 'named'
}

function runBuilder(args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { cwd: projectRoot, stdio: 'inherit' })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

if (import.meta.main) {
  try {
    const flag = { type: 'boolean', default: false } as const
    process.exitCode = await main(parseArgs({ options: { unsigned: flag, dir: flag, stage: flag, sbom: flag } }).values)
  } catch (error) {
    const wrongOption = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!wrongOption && !(error instanceof StageError)) throw error
    process.stderr.write(wrongOption ? usage : `${error.message}\n`)
    process.exitCode = 2
  }
}
