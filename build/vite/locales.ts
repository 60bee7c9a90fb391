import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { baseCompile } from '@intlify/message-compiler'
import type { Plugin } from 'vite'

const PREFIX = 'virtual:locale/'

type MessageTree = { readonly [key: string]: string | MessageTree }
type CompiledTree = { [key: string]: object | CompiledTree }

function compileTree(tree: MessageTree, path: string): CompiledTree {
  const out: CompiledTree = {}
  for (const [key, value] of Object.entries(tree)) {
    const here = `${path}.${key}`
    out[key] = typeof value === 'string' ? compileMessage(value, here) : compileTree(value, here)
  }
  return out
}

/** Where a node stood in the source is of use to editors only, and is most of the bulk. */
function withoutPlaces(ast: object): object {
  return JSON.parse(JSON.stringify(ast, (key, value: unknown) => (key === 'loc' || key === 'start' || key === 'end' ? undefined : value))) as object
}

function compileMessage(message: string, path: string): object {
  const problems: string[] = []
  const { ast } = baseCompile(message, {
    jit: true,
    minify: true,
    optimize: true,
    onError: (problem) => problems.push(problem.message),
  })
  if (problems.length > 0) throw new Error(`locale message ${path}: ${problems.join('; ')}`)
  return withoutPlaces(ast)
}

/**
 * Serves `virtual:locale/<language>`: the messages of `shared/locales`, compiled at build time.
 *
 * The renderer then needs neither the message compiler nor `eval`, as its content security policy asks.
 * A message that does not compile stops the build and names its key.
 *
 * @param folder absolute path of `shared/locales`
 */
export function precompiledLocales(folder: string): Plugin {
  return {
    name: 'sportello:locales',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    async load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      const language = id.slice(PREFIX.length + 1)
      const areas: CompiledTree = {}
      for (const file of readdirSync(join(folder, language)).toSorted()) {
        const path = join(folder, language, file)
        this.addWatchFile(path)
        // The query makes Node read the file again after a change in development.
        const module = (await import(`${pathToFileURL(path).href}?at=${Date.now()}`)) as Record<string, MessageTree>
        for (const [area, tree] of Object.entries(module)) areas[area] = compileTree(tree, `${language}.${area}`)
      }
      return `export default ${JSON.stringify(areas)}`
    },
    handleHotUpdate({ file, server }) {
      if (file.startsWith(folder)) server.hot.send({ type: 'full-reload' })
    },
  }
}
