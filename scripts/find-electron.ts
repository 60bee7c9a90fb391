/** Finds Electron's runtime, which is not in its npm package, and fetches it where the network allows. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'

export type FoundElectron = { readonly path: string } | { readonly path: null; readonly reason: 'no_screen' | 'offline' | 'not_fetched' }

type Surroundings = { readonly platform: NodeJS.Platform; readonly env: NodeJS.ProcessEnv; readonly root: boolean }

const here: Surroundings = { platform: process.platform, env: process.env, root: process.getuid?.() === 0 }
/** A quick question first, so that a machine without a network does not wait for the download to give up. */
const probeMs = 3000
const fetchMs = 180_000

/**
 * The runtime's program, fetched by one bounded attempt when it is missing.
 *
 * @param fetching told before a download begins
 */
export async function findElectron(fetching: () => void): Promise<FoundElectron> {
  if (!canShowWindows(here)) return { path: null, reason: 'no_screen' }
  const installed = installedElectron()
  if (installed !== null) return { path: installed }
  if (!mayFetch(here.env) || !(await answers(downloadAddress(here.env)))) return { path: null, reason: 'offline' }
  fetching()
  await install()
  const fetched = installedElectron()
  return fetched === null ? { path: null, reason: 'not_fetched' } : { path: fetched }
}

/** Whether a window could open: a screen is there, and not as root on Linux, where Chromium's sandbox refuses (and it is never switched off). */
export function canShowWindows({ platform, env, root }: Surroundings): boolean {
  if (platform !== 'linux') return true
  return !root && Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}

/** Whether the person's npm may use the network, and has not been told to leave the runtime out. */
export function mayFetch(env: NodeJS.ProcessEnv): boolean {
  return env['npm_config_offline'] !== 'true' && !env['ELECTRON_SKIP_BINARY_DOWNLOAD']
}

/** Where the package's own installer would look: a mirror the person has set, else the project's releases. */
export function downloadAddress(env: NodeJS.ProcessEnv): string {
  return env['ELECTRON_MIRROR'] || env['npm_config_electron_mirror'] || 'https://github.com/electron/electron/releases/'
}

/** The program of a complete installation of the pinned version, or `null`. Never loads the package: that would start a download. */
export function installedElectron(folder: string = packageFolder()): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    const present = readFileSync(join(folder, 'dist', 'version'), 'utf8').trim().replace(/^v/, '')
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
    return present === version && existsSync(program) ? program : null
  } catch {
    return null
  }
}

function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('electron/package.json'))
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeMs) })
    return true
  } catch {
    return false
  }
}

/** Runs the package's own installer, which checks the download's checksum; whether it worked is seen by looking again. */
function install(): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(packageFolder(), 'install.js')], { stdio: 'ignore', timeout: fetchMs, windowsHide: true })
    child.on('error', () => resolve())
    child.on('exit', () => resolve())
  })
}
