/** For every script that takes `--data-dir`: the same folder as the desk itself. */
export { chosenDataDir, defaultDataDir } from '../electron/serve/data-dir.ts'
