import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Preferences } from '../../../shared/contract/session.ts'
import { startKitHost } from './kit-host.ts'
import type { KitHost } from './kit-host.ts'

let kit: KitHost
let context: BrowserContext
let complaints: string[]

beforeAll(async () => {
  kit = await startKitHost()
}, 120_000)
afterAll(() => kit.close())
afterEach(() => context.close())

async function open(query: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  context = await kit.browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme })
  complaints = []
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (problem) => complaints.push(problem.message))
  await page.goto(`${kit.address}${query}`)
  await page.locator('[data-test=drums]').waitFor()
  await page.locator('canvas').waitFor()
  return page
}

type KitWindow = { readonly kit: { readonly choose: (change: Partial<Preferences>) => void } }
function choose(page: Page, change: Partial<Preferences>): Promise<void> {
  return page.evaluate((wanted) => (globalThis as unknown as KitWindow).kit.choose(wanted), change)
}

describe('the kit under the content security policy', () => {
  it('draws, changes theme and language, and opens what floats without one violation', async () => {
    const page = await open('?theme=light')
    await choose(page, { theme: 'dark' })
    await expect.poll(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(15, 17, 21)')
    await choose(page, { language: 'en' })
    await page.getByRole('button', { name: 'Customers' }).waitFor()
    await page.keyboard.press('Control+Shift+P')
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Find a command' }).waitFor({ state: 'hidden' })
    await page.getByText('Tieni 45.913').click()
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
  })

  it('has no markup strings and no message compiler in the bundle', () => {
    const assets = join(kit.folder, 'assets')
    const code = readdirSync(assets).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(assets, name), 'utf8')).join('\n')
    expect(code).not.toMatch(/createStaticVNode\("/)
    expect(code).not.toContain('new Function')
    expect(readFileSync(join(kit.folder, 'index.html'), 'utf8')).not.toMatch(/<script(?![^>]*src)|<style/)
  })
})

describe('theme before any script has run', () => {
  it.each(['light', 'dark'] as const)('follows the system: %s', async (scheme) => {
    context = await kit.browser.newContext({ colorScheme: scheme, javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(kit.address)
    const canvas = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(canvas).toBe(scheme === 'dark' ? 'rgb(15, 17, 21)' : 'rgb(241, 241, 238)')
  })
})

describe('everybody can use the kit', () => {
  it.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (theme) => {
    const page = await open(`?theme=${theme}`)
    const report = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    expect(report.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
  })
})

describe('the drums', () => {
  it('fill from the left, turn with the arrows, and say what they read', async () => {
    const page = await open('?theme=light')
    const drums = page.getByRole('spinbutton', { name: /Cifra/ })
    await drums.first().focus()
    await page.keyboard.type('4519')
    await page.keyboard.press('ArrowUp')
    await page.getByText('Leggo 45.194 metri cubi').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.getByText('Leggo 45.193 metri cubi').waitFor()
    await page.keyboard.press('Backspace')
    await page.getByText('Manca una cifra').waitFor()
    expect(await drums.count()).toBe(5)
  })

  it('leave by Tab without stopping at the red decimals', async () => {
    const page = await open('?theme=light')
    await page.getByRole('spinbutton', { name: 'Cifra 1 di 5' }).focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Usa 45.193')
  })
})

describe('the table', () => {
  it('holds only the rows in sight and opens the chosen one with Enter', async () => {
    const page = await open('?theme=light')
    const table = page.getByRole('grid', { name: 'Letture' })
    expect(await table.locator('tbody tr').count()).toBeLessThan(60)
    await table.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await page.locator('[data-test=opened]').textContent()).toContain('2021-06-01')
  })

  it('says how many rows of the whole match the filter, and exports exactly these', async () => {
    const page = await open('?theme=light')
    await page.getByRole('textbox', { name: 'Filtra Letture' }).fill('stimata 2026')
    await page.locator('[data-test=table] [role=status]').getByText(/ di 2\.000/).waitFor()
    await page.getByRole('button', { name: 'Esporta CSV' }).click()
    expect(await page.locator('[data-test=opened]').textContent()).toContain('Giorno;Contatore;m³ al giorno;Stato')
  })
})

describe('the keys', () => {
  it('single letters act, but not while writing, and not when turned off', async () => {
    const page = await open('?theme=light')
    const counted = page.locator('[data-test=counted]')
    await page.keyboard.press('l')
    expect(await counted.textContent()).toBe('1')
    await page.getByRole('textbox', { name: 'Nota' }).focus()
    await page.keyboard.press('l')
    expect(await counted.textContent()).toBe('1')
    await page.locator('h1').click({ force: true })
    await choose(page, { singleKeys: false })
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.keyboard.press('l')
    expect(await counted.textContent()).toBe('1')
  })

  it('a question is answered with Enter and taken back from the snackbar', async () => {
    const page = await open('?theme=light')
    await page.getByText('Tieni 45.913').click()
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('l')
    expect(await page.locator('[data-test=counted]').textContent()).toBe('0')
    await page.keyboard.press('Enter')
    await page.getByText('Lettura cancellata').waitFor()
    await page.locator('.take-back').click()
    await expect.poll(() => page.locator('[data-test=counted]').textContent()).toBe('10')
  })
})
