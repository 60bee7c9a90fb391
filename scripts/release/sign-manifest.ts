/** `node scripts/release/sign-manifest.ts`: signs the list of an update's files with the release key; see README.md beside it. */
import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { createReadStream, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { product } from '../../electron/main/policy/update-decision.ts'
import { signManifest } from '../../electron/main/policy/update-manifest.ts'
import type { UpdateManifest } from '../../electron/main/policy/update-manifest.ts'
import { manifestName } from '../../electron/main/updates.ts'

const usage = `Signs the list of an update's files.

  node scripts/release/sign-manifest.ts --dir DIR --version 1.4.0 --minimum 1.0.0 --days 30 --rollout 10 --key-id ID [--key-file FILE]
  node scripts/release/sign-manifest.ts --new-key FILE

  --dir       folder with the installers; ${manifestName} is written beside them
  --minimum   the oldest version that may go to this one directly
  --days      for how many days it may be installed
  --rollout   percentage of desks that get it
  --key-file  private key (PEM); otherwise it is taken from SPORTELLO_RELEASE_KEY
  --new-key   makes a key, writes its private half to FILE and prints the public one for electron/main/update-keys.ts
`
const installers: ReadonlySet<string> = new Set(['.exe', '.dmg', '.zip', '.AppImage', '.deb'])
const options = {
  dir: { type: 'string' },
  version: { type: 'string' },
  minimum: { type: 'string' },
  days: { type: 'string' },
  rollout: { type: 'string' },
  'key-id': { type: 'string' },
  'key-file': { type: 'string' },
  'new-key': { type: 'string' },
} as const

/** One line for the person; never says anything of a key. */
export class ReleaseTrouble extends Error {
  override readonly name = 'ReleaseTrouble'
}

/** Runs the command line; answers what to print. Throws `ReleaseTrouble`. */
export async function runSigning(args: readonly string[], env: { readonly [name: string]: string | undefined }, now: Date): Promise<string> {
  const values = parse(args)
  if (values['new-key'] !== undefined) return makeKey(values['new-key'])
  const { dir, version, minimum, days, rollout } = values
  const keyId = values['key-id']
  if (dir === undefined || version === undefined || minimum === undefined || days === undefined || rollout === undefined || keyId === undefined) throw new ReleaseTrouble(usage)
  const privateKey = readKey(values['key-file'], env)
  const notAfter = new Date(now.getTime() + count('--days', days) * 86_400_000).toISOString()
  const manifest: UpdateManifest = { product, version, minimumVersion: minimum, files: await filesIn(dir), notAfter, rollout: count('--rollout', rollout) }
  const signed = sign(manifest, keyId, privateKey)
  writeFileSync(join(dir, manifestName), signed)
  return `${manifestName}: ${version}, ${manifest.files.length} file(s), ${manifest.rollout} %, until ${notAfter}\n`
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new ReleaseTrouble(usage, { cause })
  }
}

function count(option: string, text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new ReleaseTrouble(`${option}: a whole number, please.`)
  return Number(text)
}

function readKey(file: string | undefined, env: { readonly [name: string]: string | undefined }): KeyObject {
  const pem = file === undefined ? env['SPORTELLO_RELEASE_KEY'] : readText(file)
  if (pem === undefined || pem === '') throw new ReleaseTrouble('No key: name a file with --key-file, or set SPORTELLO_RELEASE_KEY.')
  try {
    return createPrivateKey(pem)
  } catch {
    // Without its cause, which may quote what it could not read.
    throw new ReleaseTrouble('The key cannot be read: a private Ed25519 key in PEM is needed.')
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ReleaseTrouble('The key file cannot be read.')
  }
}

async function filesIn(dir: string): Promise<UpdateManifest['files']> {
  const names = readdirSync(dir).filter((name) => installers.has(extname(name))).sort()
  if (names.length === 0) throw new ReleaseTrouble('There is no installer in the folder.')
  return Promise.all(names.map(async (name) => ({ name, ...(await digestOf(join(dir, name))) })))
}

async function digestOf(path: string): Promise<{ sha512: string; size: number }> {
  const hash = createHash('sha512')
  let size = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha512: hash.digest('base64'), size }
}

function sign(manifest: UpdateManifest, keyId: string, privateKey: KeyObject): Buffer {
  try {
    return signManifest(manifest, keyId, privateKey)
  } catch (cause) {
    throw new ReleaseTrouble('Not signed: version, minimum, days, rollout, key id or the kind of key is not as it should be.', { cause })
  }
}

/** The private half goes to a new file that only its owner reads; only the public half is shown. */
function makeKey(file: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new ReleaseTrouble('The file for the key is there already, or cannot be written.', { cause })
  }
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  return `Public key for electron/main/update-keys.ts: ${raw.toString('base64')}\n`
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(await runSigning(process.argv.slice(2), process.env, new Date()))
  } catch (error) {
    if (!(error instanceof ReleaseTrouble)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
