import type { Page } from '@playwright/test'

const box = /Cerca un cliente/
const surnames = ['rossi', 'ferrari', 'bianchi', 'colombo', 'ricci', 'marino', 'greco', 'bruno', 'gallo', 'conti', 'costa', 'giordano', 'rizzo', 'lombardi', 'moretti']
const firstNames = ['mar', 'giu', 'ann', 'luc', 'pao', 'fra', 'ele', 'sar', 'and', 'ste']

/**
 * Key press to painted rows, one figure a key: from the keydown event in the page to the frame after the list last changed for it.
 * A key that changes no row (nothing new to show) gives no figure.
 */
export async function keysToPainted(page: Page, queries: number): Promise<number[]> {
  // Tabs of an earlier round may still be coming back.
  await page.waitForTimeout(1500)
  await page.keyboard.press('ControlOrMeta+k')
  await page.evaluate(installProbe)
  await page.getByRole('combobox', { name: box }).focus()
  for (let i = 0; i < queries; i++) {
    const text = `${surnames[i % surnames.length]} ${firstNames[(i * 7) % firstNames.length]}`
    for (const key of text) {
      await page.keyboard.press(key === ' ' ? 'Space' : key)
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 120)))
    }
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Delete')
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)))
  }
  return page.evaluate(() => (window as unknown as { probe: { times: number[] } }).probe.times)
}

/** Click on a result to painted sheet, for the first results of several searches. */
export async function clickToPainted(page: Page): Promise<number[]> {
  const times: number[] = []
  for (const surname of [...surnames, ...surnames]) {
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('combobox', { name: box }).fill(`${surname} ${firstNames[times.length % firstNames.length]}`)
    const row = page.getByRole('option').first()
    await row.waitFor()
    await page.evaluate(() => {
      const state = window as unknown as { clicked: number; painted: Promise<number> }
      state.clicked = 0
      state.painted = new Promise((resolve) => {
        document.addEventListener('click', () => (state.clicked = performance.now()), { capture: true, once: true })
        const look = () => {
          const shown = [...document.querySelectorAll<HTMLElement>('article h1')].some((name) => name.offsetParent !== null && name.textContent.trim() !== '')
          if (state.clicked && shown) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - state.clicked)))
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
    })
    await row.click()
    times.push(await page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted))
  }
  return times
}

function installProbe(): void {
  const probe = { times: [] as number[] }
  Object.assign(window, { probe })
  let pressed = 0
  document.addEventListener('keydown', (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) pressed = performance.now()
  }, { capture: true })
  new MutationObserver((changes) => {
    const inList = (node: Node): boolean => (node instanceof Element ? node : node.parentElement)?.closest('[role=listbox]') != null
    const bringsList = (node: Node): boolean => node instanceof Element && (node.matches('[role=listbox]') || node.querySelector('[role=listbox]') !== null)
    if (pressed === 0 || !changes.some((change) => inList(change.target) || [...change.addedNodes].some(bringsList))) return
    const from = pressed
    pressed = 0
    requestAnimationFrame(() => setTimeout(() => probe.times.push(performance.now() - from)))
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
}
