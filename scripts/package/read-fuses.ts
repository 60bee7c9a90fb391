/** `node scripts/package/read-fuses.ts BINARY`: says how the fuses of a packed program are set. Runs nothing, trusts nothing. */
import { readFileSync } from 'node:fs'
import { wantedFuses } from './fuses.ts'
import type { Fuse } from './fuses.ts'

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
const knownVersion = 1
const states = new Map([[0x30, 'off'], [0x31, 'on'], [0x72, 'removed']] as const)

export type FuseState = 'on' | 'off' | 'removed'

/** What a file cannot say about its fuses, in one line. */
export class FuseWireError extends Error {
  override readonly name = 'FuseWireError'
}

/**
 * The fuses of each wire in a binary; a universal one for macOS has two. Throws `FuseWireError` for a file without a wire, with one of
 * another version, of another number of fuses than the desk states, cut short, or with a state that does not exist.
 */
export function readFuseWires(binary: Buffer): readonly (readonly FuseState[])[] {
  const wires: FuseState[][] = []
  for (let at = binary.indexOf(sentinel); at >= 0; at = binary.indexOf(sentinel, at + sentinel.length)) wires.push(readWire(binary, at + sentinel.length))
  if (wires.length === 0) throw new FuseWireError('no fuse wire in this file: it is not an Electron binary')
  return wires
}

function readWire(binary: Buffer, start: number): FuseState[] {
  const [version, length] = binary.subarray(start, start + 2)
  if (version === undefined || length === undefined) throw new FuseWireError('the fuse wire is cut short')
  if (version !== knownVersion) throw new FuseWireError(`fuse wire of version ${version}, known is ${knownVersion}`)
  if (length !== wantedFuses.length) throw new FuseWireError(`a wire of ${length} fuses, the desk states ${wantedFuses.length}`)
  const bytes = binary.subarray(start + 2, start + 2 + length)
  if (bytes.length < length) throw new FuseWireError('the fuse wire is cut short')
  return [...bytes].map((byte, index) => {
    const state = states.get(byte as 0x30)
    if (state === undefined) throw new FuseWireError(`fuse ${wantedFuses[index]?.name ?? index} has the unknown state 0x${byte.toString(16)}`)
    return state
  })
}

/** Where the wires differ from what is wanted, one line each. A removed fuse differs: its protection is not there to be relied on. */
export function compareFuses(wires: readonly (readonly FuseState[])[], wanted: readonly Fuse[] = wantedFuses): string[] {
  return wires.flatMap((wire) =>
    wanted.flatMap(({ name, on }, index) => {
      const found = wire[index]
      const expected: FuseState = on ? 'on' : 'off'
      return found === expected ? [] : [`fuse ${name} is ${found ?? 'missing'}, not ${expected}`]
    }),
  )
}

function main(path: string | undefined): number {
  if (path === undefined) {
    process.stderr.write('read-fuses BINARY\n')
    return 2
  }
  try {
    const wires = readFuseWires(readFileSync(path))
    for (const wire of wires) for (const [index, state] of wire.entries()) process.stdout.write(`${(wantedFuses[index]?.name ?? '').padEnd(40)}${state}\n`)
    const differences = compareFuses(wires)
    for (const line of differences) process.stderr.write(`${line}\n`)
    return differences.length === 0 ? 0 : 1
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'the file cannot be read'}\n`)
    return 1
  }
}

if (import.meta.main) process.exitCode = main(process.argv[2])
