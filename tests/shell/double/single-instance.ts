/** The lock of one instance per user data folder, between real processes: a file there, and a folder in which later ones leave their arguments. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'

type Heard = (argv: string[], folder: string, data: unknown) => void
type Message = { readonly argv: string[]; readonly folder: string; readonly data: unknown }

let watcher: FSWatcher | null = null
let lockFile = ''

export const instanceLock = {
  held: false,
  release: (): void => {
    watcher?.close()
    watcher = null
    if (instanceLock.held) rmSync(lockFile, { force: true })
    instanceLock.held = false
  },
}

/** @param heard told what a later instance was started with */
export function holdInstanceLock(userData: string, data: unknown, heard: Heard): boolean {
  if (instanceLock.held) return true
  const post = join(userData, 'double-instances')
  lockFile = join(userData, 'double-lock')
  mkdirSync(post, { recursive: true })
  if (holder() !== null) {
    const message: Message = { argv: process.argv, folder: process.cwd(), data }
    const draft = join(userData, `double-${randomUUID()}`)
    writeFileSync(draft, JSON.stringify(message))
    renameSync(draft, join(post, randomUUID()))
    return false
  }
  writeFileSync(lockFile, String(process.pid))
  instanceLock.held = true
  watcher = watch(post, () => collect(post, heard))
  process.on('exit', instanceLock.release)
  return true
}

function holder(): number | null {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

function collect(post: string, heard: Heard): void {
  for (const name of readdirSync(post)) {
    const file = join(post, name)
    const { argv, folder, data } = JSON.parse(readFileSync(file, 'utf8')) as Message
    rmSync(file)
    heard(argv, folder, data)
  }
}
