/** What the packaged application consists of: the exact list that is staged, packed and checked. */

/** Not bundled: each loads a binary that lies beside its own files. */
export const nativePackages = ['@node-rs/argon2', 'better-sqlite3-multiple-ciphers'] as const

/**
 * Neither bundled nor packed, though libraries ask for them in case: whether they are installed here, for developers or for the hub,
 * must not change what is in the bundle.
 */
export const leftOut = [
  'supports-color',
  // Databases of TypeORM that are not the desk's.
  '@google-cloud/spanner', '@sap/hana-client', 'better-sqlite3', 'ioredis', 'mongodb', 'mssql', 'mysql2', 'oracledb', 'pg', 'pg-native', 'pg-query-stream', 'redis', 'sql.js', 'ts-node', 'typeorm-aurora-data-api-driver',
] as const

/** System and processor a package is made for; Linux means glibc, which is what Electron itself needs. */
export type Target = { readonly platform: 'linux' | 'darwin' | 'win32'; readonly arch: 'x64' | 'arm64' }

/** Files of a folder inside the application: those that must be there, and what else may be. Paths with `/`. */
export type AppFolder = { readonly folder: string; readonly required: readonly string[]; readonly optional: RegExp | null }

const argon2Suffixes = { linux: '-gnu', darwin: '', win32: '-msvc' } as const

/** The package of argon2's binary: npm installs only that of the machine it runs on. */
export function argon2Binary({ platform, arch }: Target): { readonly name: string; readonly file: string } {
  const triple = `${platform}-${arch}${argon2Suffixes[platform]}`
  return { name: `@node-rs/argon2-${triple}`, file: `argon2.${triple}.node` }
}

/** The whole application; no other file belongs into it. */
export function appFolders(target: Target): readonly AppFolder[] {
  const argon2 = argon2Binary(target)
  const only = (folder: string, required: readonly string[]): AppFolder => ({ folder, required, optional: null })
  return [
    only('', ['package.json']),
    // Chunks carry the hash of their content in the name.
    { folder: 'out/main', required: ['main.js', 'import-worker.js', 'fold-worker.js', 'migrate-worker.js', 'snapshot-worker.js', 'upkeep-worker.js'], optional: /^[\w.-]+-[\w-]{8}\.js$/ },
    only('out/preload', ['preload.cjs']),
    only('out/renderer', ['index.html']),
    { folder: 'out/renderer/assets', required: [], optional: /^[\w.-]+-[\w-]{8}\.(?:js|css|woff2|svg|png)$/ },
    only('node_modules/@node-rs/argon2', ['package.json', 'index.js', 'LICENSE']),
    only(`node_modules/${argon2.name}`, ['package.json', argon2.file]),
    only('node_modules/better-sqlite3-multiple-ciphers', ['package.json', 'LICENSE']),
    only('node_modules/better-sqlite3-multiple-ciphers/lib', ['index.js', 'binding.js', 'database.js', 'util.js', 'sqlite-error.js']),
    { folder: 'node_modules/better-sqlite3-multiple-ciphers/lib/methods', required: [], optional: /^[a-z]+\.js$/ },
    only('node_modules/better-sqlite3-multiple-ciphers/prebuilds', [`${target.platform}-${target.arch}.node`]),
  ]
}

/** How a list of files differs from what the application may consist of. */
export function compareFiles(files: readonly string[], target: Target): { readonly missing: readonly string[]; readonly unexpected: readonly string[] } {
  const folders = appFolders(target)
  const present = new Set(files)
  return {
    missing: folders.flatMap(({ folder, required }) => required.map((name) => inFolder(folder, name))).filter((path) => !present.has(path)),
    unexpected: files.filter((path) => !folders.some((each) => belongs(path, each))).toSorted(),
  }
}

function belongs(path: string, { folder, required, optional }: AppFolder): boolean {
  const cut = path.lastIndexOf('/')
  const name = path.slice(cut + 1)
  return path.slice(0, Math.max(cut, 0)) === folder && (required.includes(name) || (optional?.test(name) ?? false))
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
