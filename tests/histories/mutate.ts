/** Loaded before everything else: puts the mutant named in `SPORTELLO_MUTANT` into the sources as they are read. */
import { registerHooks } from 'node:module'
import { mutants } from './mutants.ts'

const name = process.env['SPORTELLO_MUTANT']
const mutant = mutants.find((each) => each.name === name)
if (!mutant) throw new Error(`no mutant is called ${name ?? ''}`)
const left = new Set(mutant.edits)

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    const edits = mutant.edits.filter(({ file }) => url.endsWith(`/${file}`))
    if (edits.length === 0) return loaded
    let source = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString('utf8')
    for (const edit of edits) {
      if (source.split(edit.find).length !== 2) throw new Error(`the mutant ${mutant.name} does not find its place in ${edit.file}`)
      source = source.replace(edit.find, () => edit.put)
      left.delete(edit)
    }
    return { ...loaded, source }
  },
})
process.on('exit', () => {
  if (left.size > 0) process.exitCode = 3
})
