import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLog } from '../../electron/core/ports.ts'
import type { Core } from '../../electron/core/core.ts'
import { startServe } from '../../electron/serve/serve.ts'

export type Line = { readonly send: (request: string) => Promise<string>; readonly close: () => Promise<void> }
export type Transport = { readonly name: string; readonly connect: (core: Core) => Promise<Line> }

/** The serve host over real HTTP, as the page in a browser speaks to it. */
export const http: Transport = {
  name: 'over HTTP',
  connect: async (core) => {
    const folder = mkdtempSync(join(tmpdir(), 'sportello-page-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Sportello</title>')
    const serving = await startServe({ core, rendererDir: folder, log: silentLog })
    const entered = await fetch(serving.address, { redirect: 'manual' })
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const origin = `http://127.0.0.1:${serving.port}`
    return {
      send: async (body) => {
        const reply = await fetch(`${origin}/call`, { method: 'POST', headers: { cookie, origin, 'content-type': 'application/json', 'x-sportello': '1' }, body })
        if (reply.status !== 200) throw new Error(`the host answered ${reply.status}`)
        return reply.text()
      },
      close: async () => {
        await serving.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  },
}
