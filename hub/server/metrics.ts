import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Pool } from 'pg'

/** Figures of the hub for Prometheus: routes by their pattern, no ids, no addresses. */
export type ServerMetrics = {
  readonly registry: Registry
  readonly answered: (route: string, method: string, status: number, seconds: number) => void
  readonly limited: (limit: string) => void
  readonly atWork: (requests: number) => void
}

export function createMetrics(pool: Pool, isSafe: () => boolean): ServerMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({ name: 'sportello_http_request_seconds', help: 'Time to answer', labelNames: ['route', 'method', 'status'], buckets: [0.005, 0.02, 0.05, 0.1, 0.15, 0.3, 0.5, 1, 3, 10], registers })
  const limited = new Counter({ name: 'sportello_http_limited_total', help: 'Requests refused by a limit', labelNames: ['limit'], registers })
  const atWork = new Gauge({ name: 'sportello_http_requests_at_work', help: 'Requests being answered, long answers left out', registers })
  new Gauge({ name: 'sportello_database_safe', help: '1 while acknowledged writes are durable', registers, collect() { this.set(isSafe() ? 1 : 0) } })
  new Gauge({
    name: 'sportello_database_connections', help: 'Connections of this hub', labelNames: ['state'], registers,
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waited_for' }, pool.waitingCount)
    },
  })
  return {
    registry,
    answered: (route, method, status, seconds) => duration.observe({ route, method, status }, seconds),
    limited: (limit) => limited.inc({ limit }),
    atWork: (requests) => atWork.set(requests),
  }
}
