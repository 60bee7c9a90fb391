import { parseArgs } from 'node:util'
import { CannotStartError } from './run.ts'

export type ServeArguments = { readonly dataDir?: string; readonly port?: number; readonly open: boolean }

/** Reads the command line of the loopback host; throws `CannotStartError` for what it does not understand. */
export function readServeArguments(args: readonly string[]): ServeArguments {
  const values = parse(args)
  return {
    open: !values['no-open'],
    ...(values['data-dir'] === undefined ? {} : { dataDir: values['data-dir'] }),
    ...(values.port === undefined ? {} : { port: readPort(values.port) }),
  }
}

/** A TCP port a person may choose. */
export function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new CannotStartError('--port: un numero tra 1 e 65535. / --port: a number from 1 to 65535.')
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { 'data-dir': { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
    }).values
  } catch (cause) {
    throw new CannotStartError('Opzioni / options: --data-dir CARTELLA|FOLDER, --port N, --no-open', { cause })
  }
}
