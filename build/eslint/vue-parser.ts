import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { meta, parseForESLint as parseVue } from 'vue-eslint-parser'

type Options = Readonly<Record<string, unknown>>
type Parsed = ReturnType<typeof parseVue>

let opened = false

/**
 * Vue's own parser, which opens every component before it gives the first one back. What the type checker reads of a component is not what
 * lies on the disk, so each one that is opened is a changed program, and the checker forgets all that it knew of Vue's types: seconds for
 * every component. Opened again with the same text, nothing changes. For the lint of everything; it costs more than it gives for one file.
 */
export function parseForESLint(code: string, options: Options): Parsed {
  if (!opened) {
    opened = true
    const root = join(import.meta.dirname, '..', '..')
    for (const file of globSync('{renderer,tests}/**/*.vue', { cwd: root })) {
      const filePath = join(root, file)
      try {
        parseVue(readFileSync(filePath, 'utf8'), { ...options, filePath })
      } catch {
        // Told when its own turn comes.
      }
    }
  }
  return parseVue(code, options)
}

export { meta }
