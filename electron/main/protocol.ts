import { protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listRendererFiles } from '../hosts/renderer-files.ts'
import { appScheme } from './policy/app-origin.ts'
import { createManifest, resolveAppUrl } from './policy/app-url.ts'
import { appHeaders } from './policy/csp.ts'

/** Must run before the application is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
}

/** Serves the built renderer, and nothing else, under the desk's own scheme. */
export function serveRenderer(rendererDir: string): void {
  const manifest = createManifest(listRendererFiles(rendererDir))
  protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? resolveAppUrl(request.url, manifest) : null
    if (file === null) return new Response('', { status: 404, headers: appHeaders })
    return new Response(await readFile(join(rendererDir, file.path)), { headers: { ...appHeaders, 'content-type': file.type } })
  })
}
