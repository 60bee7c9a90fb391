import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks for a line on the terminal; without one, reads it from standard input. */
export async function askLine(question: string): Promise<string> {
  return ask(question, true)
}

/** The same, without showing what is typed. */
export async function askSecret(question: string): Promise<string> {
  return ask(question, false)
}

/** Lines that came together in one piece of a pipe, waiting for the next question. */
const waiting: string[] = []

async function ask(question: string, shown: boolean): Promise<string> {
  if (!process.stdin.isTTY) return nextPipedLine()
  // Readline clears the line it asks on, so a question before a muted answer is written by hand.
  if (!shown) process.stderr.write(question)
  const output = shown ? process.stderr : new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  try {
    return await lines.question(shown ? question : '')
  } finally {
    lines.close()
    if (!shown) process.stderr.write('\n')
  }
}

let piped: Promise<void> | null = null

async function nextPipedLine(): Promise<string> {
  piped ??= readAllPiped()
  await piped
  return waiting.shift() ?? ''
}

async function readAllPiped(): Promise<void> {
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) waiting.push(line)
}
