/** The line to the test: notes there, commands back, over Node's own IPC channel. */
import type { CommandName, Commands, FromApp, FromTest, Note } from './wire.ts'

type Handler = (input: never) => unknown
const handlers = new Map<CommandName, Handler>()
let underWay = 0
let whenQuiet: (() => void) | null = null

export function tell(note: Note): void {
  send(note)
}

/** @param handle does what the command says; what it throws is the test's answer */
export function onCommand<K extends CommandName>(command: K, handle: (input: Commands[K]['input']) => Commands[K]['output'] | Promise<Commands[K]['output']>): void {
  handlers.set(command, handle)
}

/** Waits until everything told has left this process. */
export function flushed(): Promise<void> {
  return new Promise((resolve) => {
    if (underWay === 0) resolve()
    else whenQuiet = resolve
  })
}

process.on('message', ({ id, command, input }: FromTest) => {
  void answer(command, input).then(
    (output) => send({ reply: id, output: output ?? null }),
    (error: unknown) => send({ reply: id, error: error instanceof Error ? error.message : String(error) }),
  )
})
// The test's process is gone: nobody is left to end this one.
process.on('disconnect', () => process.exit(1))

async function answer(command: CommandName, input: unknown): Promise<unknown> {
  const handler = handlers.get(command)
  if (handler === undefined) throw new Error(`The application has not loaded what '${command}' needs`)
  return await handler(input as never)
}

function send(message: FromApp): void {
  if (process.send === undefined || !process.connected) return
  underWay++
  process.send(message, () => {
    underWay--
    if (underWay === 0) whenQuiet?.()
  })
}
