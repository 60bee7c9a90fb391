import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usual = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
} as const

/** The browser of the tests: one that is there (or named by SPORTELLO_CHROMIUM), else Debian's, installed when we may. Throws with the command to run. */
export function findChromium(say: (line: string) => void): string {
  const found = installedChromium()
  if (found) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No browser found: installing the Debian package chromium.')
    execFileSync('apt-get', ['update'], { stdio: 'ignore' })
    const install = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    const fresh = installedChromium()
    if (install.status === 0 && fresh) return fresh
  }
  throw new Error(`No Chromium found. Run: ${hint()}`)
}

function installedChromium(): string | null {
  const named = process.env['SPORTELLO_CHROMIUM']
  if (named) return named
  const places = process.platform === 'linux' || process.platform === 'darwin' || process.platform === 'win32' ? usual[process.platform] : []
  return places.find((path) => existsSync(path)) ?? null
}

function hint(): string {
  if (process.platform === 'darwin') return 'brew install --cask chromium'
  if (process.platform === 'win32') return 'winget install Google.Chrome'
  return 'sudo apt-get install chromium'
}
