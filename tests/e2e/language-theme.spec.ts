import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookChoice } from './pages/look-choice.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { fill, languages, wordsOf } from './words.ts'

const themed = (page: Page) => page.locator('html')

for (const language of languages) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`a system in ${language}, ${theme}`, () => {
      test.use({ language, theme })

      test('is followed from the first page on', async ({ desk }) => {
        const { page, words } = desk
        await desk.open()
        await expect(signInPage(page, words).heading).toBeVisible()
        await expect(themed(page)).toHaveAttribute('lang', language)
        await expect(themed(page)).toHaveAttribute('data-theme', theme)
        await desk.signIn('agent')
        await expect(themed(page)).toHaveAttribute('data-theme', theme)
        await page.emulateMedia({ colorScheme: theme === 'light' ? 'dark' : 'light' })
        await expect(themed(page)).toHaveAttribute('data-theme', theme === 'light' ? 'dark' : 'light')
      })
    })
  }
}

test.describe('a system in a third language', () => {
  test.use({ locale: 'de-DE' })

  test('gets Italian', async ({ desk }) => {
    await desk.open()
    await expect(signInPage(desk.page, wordsOf('it')).heading).toBeVisible()
  })
})

test('language and theme chosen in the settings act at once and are kept for the person', async ({ desk }) => {
  const { page } = desk
  const [it, en] = [wordsOf('it'), wordsOf('en')]
  const frame = await desk.signIn('agent')

  await frame.area('settings').click()
  await lookChoice(page, it).english.click()
  await expect(page.getByRole('heading', { level: 1, name: en.settings.title })).toBeVisible()
  await expect(themed(page)).toHaveAttribute('lang', 'en')
  const english = deskPage(page, en)
  await expect(english.queued(3)).toBeVisible()
  await lookChoice(page, en).dark.click()
  await expect(themed(page)).toHaveAttribute('data-theme', 'dark')

  await test.step('after a power cut they hold from sign-in on', async () => {
    await desk.restart()
    await desk.open()
    await signInPage(page, it).signIn({ username: 'agente', password: 'agente-demo' })
    await expect(english.box).toBeVisible()
    await expect(themed(page)).toHaveAttribute('data-theme', 'dark')
    await expect(themed(page)).toHaveAttribute('lang', 'en')
  })

  await test.step('they hold through a reload, from the first words on the screen', async () => {
    await page.reload()
    await expect(english.box).toBeVisible()
    await expect(themed(page)).toHaveAttribute('data-theme', 'dark')
  })

  await test.step('another person has their own', async () => {
    await english.signOut.click()
    await expect(signInPage(page, en).heading.or(signInPage(page, it).heading)).toBeVisible()
    await page.reload()
    await signInPage(page, it).enterAs('supervisore').click()
    await expect(deskPage(page, it).box).toBeVisible()
    await expect(themed(page)).toHaveAttribute('data-theme', 'light')
    await expect(themed(page)).toHaveAttribute('lang', 'it')
  })
})

test('what is chosen before signing in counts for whoever has never chosen', async ({ desk }) => {
  const { page } = desk
  const [it, en] = [wordsOf('it'), wordsOf('en')]
  await desk.open()
  await lookChoice(page, it).english.click()
  await lookChoice(page, en).dark.click()
  const signIn = signInPage(page, en)
  await expect(signIn.heading).toBeVisible()
  await signIn.enterAs('agente').click()
  await expect(deskPage(page, en).box).toBeVisible()
  await expect(themed(page)).toHaveAttribute('data-theme', 'dark')
  await desk.restart()
  await desk.open()
  await signInPage(page, it).enterAs('agente').click()
  await expect(deskPage(page, en).box).toBeVisible()
  await expect(themed(page)).toHaveAttribute('data-theme', 'dark')
})

test('both languages have words for every count', () => {
  for (const language of languages) {
    const { ui, lookup } = wordsOf(language)
    const said = [0, 1, 2, 17].map((n) => fill(ui.status.queued, { n }))
    expect(new Set(said).size).toBe(4)
    expect([0, 1, 2].map((n) => fill(lookup.total, { n, total: n })).join()).not.toContain('|')
  }
})
