export type Stats = { readonly n: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number }

/** Percentiles of durations in milliseconds, to the microsecond. */
export function stats(times: readonly number[]): Stats {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3))
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

export function line(name: string, { n, p50, p95, p99, max }: Stats): string {
  return `${name.padEnd(28)} n ${String(n).padStart(5)}   p50 ${p50.toFixed(2)}   p95 ${p95.toFixed(2)}   p99 ${p99.toFixed(2)}   max ${max.toFixed(2)} ms\n`
}
