import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../../../scripts/test/find-chromium.ts'
import { build, isBuilt } from '../../../scripts/build.ts'
import { benchPerson } from './big-store.ts'

const serve = fileURLToPath(new URL('../../../electron/serve/main.ts', import.meta.url))

export type BrowserDesk = { readonly page: Page; readonly timings: { readonly processToAddress: number }; readonly signIn: () => Promise<number>; readonly close: () => Promise<void> }

/** The desk in a real Chromium over the serve host, on a data directory that exists. Times in milliseconds. */
export async function openBrowserDesk(dataDir: string): Promise<BrowserDesk> {
  if (!isBuilt('renderer')) await build('renderer')
  const browser = await chromium.launch({ executablePath: findChromium(() => undefined), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'it-IT' })).newPage()
  const begun = performance.now()
  const host = spawn(process.execPath, [serve, '--data-dir', dataDir, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    host.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /http:\/\/\S+/.exec(output)?.[0]
      if (found !== undefined) resolve(found)
    })
    host.on('close', (code) => reject(new Error(`the host ended with ${code}`)))
  })
  const processToAddress = performance.now() - begun
  await page.goto(address)
  await page.getByLabel('Nome utente').waitFor()
  return {
    page,
    timings: { processToAddress },
    signIn: async () => {
      await page.getByLabel('Nome utente').fill(benchPerson.username)
      await page.getByLabel('Password', { exact: true }).fill(benchPerson.password)
      const pressed = performance.now()
      await page.keyboard.press('Enter')
      await page.getByRole('combobox', { name: /Cerca un cliente/ }).waitFor()
      return performance.now() - pressed
    },
    close: async () => {
      await browser.close()
      host.removeAllListeners('close')
      host.kill('SIGTERM')
    },
  }
}
