/** Draws the kit in both themes: `node tests/renderer/kit/shoot.ts <folder>`; the pictures are for looking at. */
import { join } from 'node:path'
import { startKitHost } from './kit-host.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('give a folder for the pictures')
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 3840, height: 2160 },
] as const

const kit = await startKitHost()
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const viewport of SIZES) {
      const page = await kit.browser.newPage({ viewport, colorScheme: theme })
      page.on('console', (message) => process.stdout.write(`${message.type()}: ${message.text()}\n`))
      page.on('pageerror', (problem) => process.stdout.write(`error: ${problem.message}\n`))
      await page.goto(`${kit.address}?theme=${theme}`)
      await page.waitForSelector('[data-test=drums]')
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `kit-${theme}-${viewport.width}.png`) })
      if (viewport.width === 1440) {
        await page.keyboard.press('?')
        await page.waitForTimeout(300)
        await page.screenshot({ path: join(folder, `keys-${theme}.png`) })
        await page.keyboard.press('Escape')
        await page.waitForTimeout(300)
        await page.keyboard.press('Control+Shift+P')
        await page.waitForTimeout(300)
        await page.screenshot({ path: join(folder, `palette-${theme}.png`) })
        await page.keyboard.press('Escape')
        await page.getByText('Tieni 45.913').click()
        await page.waitForTimeout(300)
        await page.screenshot({ path: join(folder, `confirm-${theme}.png`) })
        await page.keyboard.press('Enter')
        await page.waitForTimeout(300)
        await page.locator('.v-select').click()
        await page.waitForTimeout(300)
        await page.screenshot({ path: join(folder, `menu-${theme}.png`) })
      }
      await page.close()
    }
  }
} finally {
  await kit.close()
}
