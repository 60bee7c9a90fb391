import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where a desk keeps its data when nobody chooses: the same folder as the application under Electron. */
export function defaultDataDir(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env, home: string = homedir()): string {
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Sportello')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Sportello')
    default:
      return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'Sportello')
  }
}

/** The folder named on the command line, else the default. */
export function chosenDataDir(option: string | undefined): string {
  return option === undefined ? defaultDataDir() : resolve(option)
}
