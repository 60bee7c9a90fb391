import { existsSync, mkdtempSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import type { Browser } from '@playwright/test'
import { build } from 'vite'
import { rendererConfig } from '../../../vite.config.ts'

/** The policy the desk runs under; the kit must not violate it once. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types vue"

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' }
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

export type KitHost = { readonly address: string; readonly folder: string; readonly browser: Browser; readonly close: () => Promise<void> }

/** Builds the kit page as the product is built, serves it with the policy, and starts a browser. */
export async function startKitHost(): Promise<KitHost> {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-kit-'))
  const page = fileURLToPath(new URL('page', import.meta.url))
  await build({
    ...rendererConfig,
    configFile: false,
    root: page,
    logLevel: 'error',
    build: { ...rendererConfig.build, outDir: folder, rolldownOptions: { input: join(page, 'index.html') } },
  })

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://kit').pathname
    const file = join(folder, normalize(path === '/' ? '/index.html' : path))
    readFile(file).then(
      (body) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(body),
      () => response.writeHead(404, { 'content-security-policy': POLICY }).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const executablePath = process.env['SPORTELLO_CHROMIUM'] ?? BROWSERS.find((path) => existsSync(path))
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath === undefined ? {} : { executablePath }) })
  return {
    address: `http://127.0.0.1:${port}/`,
    folder,
    browser,
    async close() {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
