/** What is inside, for those who have to answer for it: bill of materials, licences, hashes of the binaries. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { appFolders, inFolder } from './app-files.ts'
import type { Target } from './app-files.ts'
import { projectRoot } from './places.ts'

const componentSchema = z.object({
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  licenses: z.array(z.union([z.object({ license: z.object({ id: z.string().optional(), name: z.string().optional() }) }), z.object({ expression: z.string() })])).default([]),
})
const billSchema = z.object({ bomFormat: z.literal('CycloneDX'), components: z.array(componentSchema).min(1) })
export type Bill = z.infer<typeof billSchema>

const placedSchema = z.looseObject({ 'bom-ref': z.string(), properties: z.array(z.object({ name: z.string(), value: z.string() })).default([]) })
const wholeSchema = z.looseObject({ components: z.array(placedSchema), dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })) })

/** Writes `sportello.cdx.json`, `licences.txt` and `binaries.sha256` into a folder. */
export async function writeBillOfMaterials(folder: string, target: Target): Promise<void> {
  const text = onlyShipped(await askNpm())
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'sportello.cdx.json'), text)
  writeFileSync(join(folder, 'licences.txt'), `${licenceLines(readBill(text)).join('\n')}\n`)
  writeFileSync(join(folder, 'binaries.sha256'), `${binaryHashes(target).map(({ path, hash }) => `${hash}  ${path}`).join('\n')}\n`)
}

/**
 * A bill without what only developers need, by npm's own mark. Its `--omit dev` also leaves out what a developers' package shares
 * with the desk: Vue itself, for one.
 */
export function onlyShipped(billJson: string): string {
  const whole = wholeSchema.parse(JSON.parse(billJson))
  const components = whole.components.filter(({ properties }) => !properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true'))
  const left = new Set(whole.components.filter((component) => !components.includes(component)).map((component) => component['bom-ref']))
  const dependencies = whole.dependencies.filter(({ ref }) => !left.has(ref)).map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => !left.has(ref)) }))
  return JSON.stringify({ ...whole, components, dependencies }, null, 2)
}

/** Throws for what is not a CycloneDX bill with components. */
export function readBill(text: string): Bill {
  return billSchema.parse(JSON.parse(text))
}

/** `name@version licence`, in order; a package that names no licence says so. */
export function licenceLines({ components }: Bill): string[] {
  return components
    .map(({ name, version, licenses }) => `${name}@${version} ${licenses.map(licenceName).join(' AND ') || 'NO LICENCE NAMED'}`)
    .toSorted()
}

function licenceName(entry: Bill['components'][number]['licenses'][number]): string {
  return 'expression' in entry ? entry.expression : (entry.license.id ?? entry.license.name ?? 'unnamed')
}

/** SHA-256 of each binary that goes into a package for this target. */
export function binaryHashes(target: Target, root: string = projectRoot): { readonly path: string; readonly hash: string }[] {
  return appFolders(target)
    .flatMap(({ folder, required }) => required.map((name) => inFolder(folder, name)))
    .filter((path) => path.endsWith('.node'))
    .map((path) => ({ path, hash: createHash('sha256').update(readFileSync(join(root, path))).digest('hex') }))
}

async function askNpm(): Promise<string> {
  // On Windows npm is a script, which only a shell can start; nothing of the command comes from outside.
  const options = { cwd: projectRoot, maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' }
  // From the lock file, which is the same on every system: installed are only the binaries of this one.
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], options)
  return stdout
}
