import { leaseNews } from '../../../shared/sync/leases.ts'
import type { HttpExchange } from './http-exchange.ts'
import type { LeaseLine } from './ports.ts'

const longestLine = 4_096

/** Follows the hub's event stream. It is a hint only: what a desk knows is its cursor. Events of a newer hub are passed over. */
export function listenForHead(exchange: HttpExchange, onHead: (head: number) => void, ended: () => void, leases: LeaseLine): () => void {
  return exchange.open(
    '/v1/events',
    (answer) => {
      if (answer.statusCode !== 200 || !(answer.headers['content-type'] ?? '').startsWith('text/event-stream')) {
        answer.destroy()
        return
      }
      let rest = ''
      let event = ''
      answer.setEncoding('utf8')
      answer.on('error', () => undefined)
      answer.on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = (lines.pop() ?? '').slice(-longestLine)
        for (const line of lines) {
          if (line === '') event = ''
          else if (line.startsWith('event:')) event = line.slice(6).trim()
          else if (line.startsWith('data:')) hear(event, line.slice(5))
        }
      })
      leases.opened()
    },
    ended,
  )

  function hear(event: string, data: string): void {
    const value = parsed(data)
    if (event === '') {
      const head = headIn(value)
      if (head !== null) onHead(head)
    } else if (event === 'lease') {
      const news = leaseNews.safeParse(value)
      if (news.success) leases.told(news.data)
    }
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

function headIn(value: unknown): number | null {
  return typeof value === 'object' && value !== null && 'head' in value && typeof value.head === 'number' && Number.isSafeInteger(value.head) ? value.head : null
}
