import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { getuid } from 'node:process'

/** Whose processes and files the embedded database's are; `null` for whoever runs the hub. */
export type Account = { readonly uid: number; readonly gid: number } | null

/** PostgreSQL refuses to run as root: there it gets the system's `postgres` account, which is made where it is missing. */
export function databaseAccount(): Account {
  if (getuid?.() !== 0) return null
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
    return { uid: id('-u'), gid: id('-g') }
  }
}

export function giveTo(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid)
}

/** Another account must be able to walk through the folder, though not to list it. */
export function letThrough(folder: string, account: Account): void {
  if (account) chmodSync(folder, (statSync(folder).mode & 0o777) | 0o011)
}

/** The nearest folder above, or the folder itself, that the account cannot walk through; `null` when it gets there. */
export function unreachable(folder: string, account: Account): string | null {
  if (!account) return null
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const walks = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & walks) === 0) return at
    if (dirname(at) === at) return null
  }
}

/**
 * Runs a program to its end; its exit code and what it said. Nothing of this process's surroundings is passed on but the path:
 * variables such as PGDATA would change what it does.
 */
export function runAs(account: Account, program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC', ...(process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] }) }
    const child = spawn(program, [...args], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'], ...(account ?? {}) })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    // Not 'close': a server that stays behind keeps these pipes open.
    child.on('exit', (code) => {
      child.stdout.destroy()
      child.stderr.destroy()
      resolve({ code: code ?? 1, output })
    })
  })
}
