/** `node scripts/package/icons.ts`: draws the program's icons from `build/icon.svg` with Chromium. What it writes is committed. */
import { chromium } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium } from '../test/find-chromium.ts'
import { icnsOf, icnsSizes, icoOf, icoSizes } from './icon-files.ts'
import { projectRoot } from './places.ts'

const folder = join(projectRoot, 'build')
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512] as const
/** macOS draws a margin around every icon: 100 of 1024 on each side. */
const macScale = 824 / 1024

async function draw(sizes: readonly number[], scale: number): Promise<ReadonlyMap<number, Buffer>> {
  const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
  const browser = await chromium.launch({ executablePath: findChromium((line) => process.stdout.write(`${line}\n`)), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  try {
    const page = await browser.newPage()
    const drawn = new Map<number, Buffer>()
    for (const size of sizes) {
      await page.setViewportSize({ width: size, height: size })
      await page.setContent(`<style>html,body{margin:0;height:100%;display:grid;place-items:center;background:none}svg{width:${scale * 100}%;display:block}</style>${svg}`)
      drawn.set(size, await page.screenshot({ omitBackground: true }))
    }
    return drawn
  } finally {
    await browser.close()
  }
}

const plain = await draw([...new Set([...linuxSizes, ...icoSizes])], 1)
const withMargin = await draw(icnsSizes, macScale)
mkdirSync(join(folder, 'icons'), { recursive: true })
for (const size of linuxSizes) writeFileSync(join(folder, 'icons', `${size}x${size}.png`), plain.get(size) ?? Buffer.alloc(0))
writeFileSync(join(folder, 'icon.ico'), icoOf(plain))
writeFileSync(join(folder, 'icon.icns'), icnsOf(withMargin))
