import type { HttpExchange } from './http-exchange.ts'

const longestLine = 4_096

/** Follows the hub's event stream. It is a hint only: what a desk knows is its cursor. */
export function listenForHead(exchange: HttpExchange, onHead: (head: number) => void, ended: () => void): () => void {
  return exchange.open(
    '/v1/events',
    (answer) => {
      if (answer.statusCode !== 200 || !(answer.headers['content-type'] ?? '').startsWith('text/event-stream')) {
        answer.destroy()
        return
      }
      let rest = ''
      answer.setEncoding('utf8')
      answer.on('error', () => undefined)
      answer.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = (lines.pop() ?? '').slice(-longestLine)
        for (const line of lines) {
          const head = headIn(line)
          if (head !== null) onHead(head)
        }
      })
    },
    ended,
  )
}

function headIn(line: string): number | null {
  if (!line.startsWith('data:')) return null
  try {
    const value: unknown = JSON.parse(line.slice(5))
    return typeof value === 'object' && value !== null && 'head' in value && typeof value.head === 'number' && Number.isSafeInteger(value.head) ? value.head : null
  } catch {
    return null
  }
}
