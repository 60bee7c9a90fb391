/** Stands for Electron's program: a file with a fuse wire in the middle, and nothing that could run. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron 45 is delivered. */
export const deliveredFuses = '101100011'

export function wire(states: string, { version = 1 }: { readonly version?: number } = {}): Buffer {
  return Buffer.concat([Buffer.from(sentinel, 'latin1'), Buffer.from([version, states.length]), Buffer.from(states, 'latin1')])
}

export function madeBinary(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(4096, 1), content, Buffer.alloc(4096, 2)])
}
