/** `npm run dev`: the desk in the browser with a renderer that follows the sources. Without the policy of a real host. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createServer } from 'vite'
import type { ProxyOptions } from 'vite'
import { readDemoMarker } from '../electron/serve/demo-marker.ts'
import { openBrowser } from '../electron/serve/open-browser.ts'
import { closeOnSignal, runServe } from '../electron/serve/run.ts'
import { rendererConfig } from '../vite.config.ts'
import { projectRoot } from './build.ts'
import { chosenDataDir } from './data-dir.ts'
import { prepareDemo } from './demo-setup.ts'

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: join(projectRoot, 'data', 'dev') },
    'demo-customers': { type: 'string', default: '5000' },
    'no-open': { type: 'boolean', default: false },
  },
})
const dataDir = chosenDataDir(values['data-dir'])
const print = (line: string): void => void process.stdout.write(`${line}\n`)

await prepareDemo({ dataDir, customers: Number(values['demo-customers']), say: (_, english) => print(english) })
// The host hands out calls and events; its own files are not asked for.
const running = await runServe({ dataDir, rendererDir: join(projectRoot, 'renderer'), open: false, say: () => undefined })
const target = new URL(running.address).origin

/** To the host the page is its own: it sees its own name and origin. Where the request comes from it still judges itself. */
const toHost: ProxyOptions = {
  target,
  changeOrigin: true,
  configure: (proxy) => void proxy.on('proxyReq', (request) => request.setHeader('origin', target)),
}
const vite = await createServer({
  ...rendererConfig,
  configFile: false,
  server: { host: '127.0.0.1', proxy: { '^/(call|events)$': toHost, '^/\\?entry=': toHost } },
})
await vite.listen()
const { search } = new URL(running.address)
const address = new URL(search, vite.resolvedUrls?.local[0]).href
for (const { username, password } of readDemoMarker(dataDir) ?? []) print(`  ${username.padEnd(16)}${password}`)
print(`Sportello: ${address}`)
if (!values['no-open']) openBrowser(address)
closeOnSignal(async () => {
  await vite.close()
  await running.close()
})
