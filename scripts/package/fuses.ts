/** The switches inside Electron's binary, in the order of its wire, and how the desk wants them. */

export type Fuse = {
  /** As `@electron/fuses` calls it. */
  readonly name: string
  readonly on: boolean
}

/**
 * All nine. `strictlyRequireAllFuses` makes a tenth an error until it is stated here; a wire of another length is
 * refused by `read-fuses.ts` too.
 */
export const wantedFuses: readonly Fuse[] = [
  // The desk's program would serve as a Node for other people's scripts, under the desk's signature.
  { name: 'RunAsNode', on: false },
  { name: 'EnableCookieEncryption', on: true },
  { name: 'EnableNodeOptionsEnvironmentVariable', on: false },
  { name: 'EnableNodeCliInspectArguments', on: false },
  // Effective on Windows and macOS only, and only together with the next.
  { name: 'EnableEmbeddedAsarIntegrityValidation', on: true },
  { name: 'OnlyLoadAppFromAsar', on: true },
  // The desk ships no snapshot of its own; Electron's is the same for every process.
  { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false },
  // Pages come by `app:`, never by `file:`.
  { name: 'GrantFileProtocolExtraPrivileges', on: false },
  { name: 'WasmTrapHandlers', on: true },
]
