import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const sampleBytes = 65_536

/**
 * Tells whether a file is still the one that an interrupted run was reading: size, time of change, beginning and end.
 * A wrong "changed" costs time only, since loading again changes nothing; a wrong "same" takes a file rewritten in its middle
 * within the clock's resolution.
 */
export function fileFingerprint(path: string): { size: number; print: string } {
  const file = openSync(path, 'r')
  try {
    const { size, mtimeMs } = fstatSync(file)
    const hash = createHash('sha256').update(`${size}:${mtimeMs}:`)
    const sample = Buffer.alloc(sampleBytes)
    for (const at of [0, Math.max(0, size - sampleBytes)]) hash.update(sample.subarray(0, readSync(file, sample, 0, sampleBytes, at)))
    return { size, print: hash.digest('hex') }
  } finally {
    closeSync(file)
  }
}
