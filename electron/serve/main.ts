/** `node electron/serve/main.ts`: the desk in the browser, from a renderer that is already built. */
import { fileURLToPath } from 'node:url'
import { readServeArguments } from './arguments.ts'
import { chosenDataDir } from './data-dir.ts'
import { CannotStartError, closeOnSignal, runServe } from './run.ts'

const rendererDir = fileURLToPath(new URL('../../out/renderer', import.meta.url))

try {
  const { dataDir, port, open } = readServeArguments(process.argv.slice(2))
  const running = await runServe({
    dataDir: chosenDataDir(dataDir),
    rendererDir,
    open,
    say: (line) => process.stdout.write(`${line}\n`),
    ...(port === undefined ? {} : { port }),
  })
  closeOnSignal(running.close)
} catch (error) {
  if (!(error instanceof CannotStartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
