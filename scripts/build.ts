/** `npm run build`: the renderer, and the Electron side around it. Skipped for what has not changed since. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
export const rendererDir = join(projectRoot, 'out', 'renderer')

const rendererSources = ['renderer/**/*', 'shared/**/*', 'build/vite/**/*', 'vite.config.ts', 'package-lock.json']
/** What each build is made of, what it makes, and how. Builders are loaded when needed: a start without a build is quick. */
const targets = {
  /** Enough for the desk in the browser. */
  renderer: { sources: rendererSources, product: 'renderer/index.html', build: buildRenderer },
  /** Everything that Electron runs; its builder makes the renderer along with it. */
  desktop: { sources: [...rendererSources, 'electron/**/*', 'electron.vite.config.ts'], product: 'main/main.js', build: buildDesktop },
} as const
export type BuildTarget = keyof typeof targets

/** Whether the product of an earlier build is still that of the sources. */
export function isBuilt(target: BuildTarget): boolean {
  const stamp = stampOf(target)
  return existsSync(join(projectRoot, 'out', targets[target].product)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(target)
}

/** Builds from the sources as they stand. */
export async function build(target: BuildTarget): Promise<void> {
  const made: readonly BuildTarget[] = target === 'desktop' ? ['renderer', 'desktop'] : [target]
  // Taken before: a source that is saved meanwhile makes the build stale, not current.
  const stamps = made.map((each) => ({ path: stampOf(each), text: fingerprint(each) }))
  for (const { path } of stamps) rmSync(path, { force: true })
  await targets[target].build()
  mkdirSync(join(projectRoot, 'out'), { recursive: true })
  for (const { path, text } of stamps) writeFileSync(path, text)
}

async function buildRenderer(): Promise<void> {
  const [{ build: viteBuild }, { rendererConfig }] = await Promise.all([import('vite'), import('../vite.config.ts')])
  await viteBuild({ ...rendererConfig, configFile: false, logLevel: 'warn' })
}

async function buildDesktop(): Promise<void> {
  const { build: electronBuild } = await import('electron-vite')
  await electronBuild({ root: projectRoot, configFile: join(projectRoot, 'electron.vite.config.ts'), logLevel: 'warn' })
}

/** Names, sizes and times of the sources: cheap, and never wrong in the direction that matters. */
function fingerprint(target: BuildTarget): string {
  const hash = createHash('sha256')
  for (const path of globSync([...targets[target].sources], { cwd: projectRoot }).sort()) {
    const { size, mtimeMs } = statSync(join(projectRoot, path))
    hash.update(`${path}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function stampOf(target: BuildTarget): string {
  return join(projectRoot, 'out', `${target}.stamp`)
}

if (import.meta.main) await build('desktop')
