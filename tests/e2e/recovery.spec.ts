import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { expectAccessible } from './accessible.ts'
import { openServeHost } from './desk-host.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { customerPage } from './pages/customer-page.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { peoplePage } from './pages/people-page.ts'
import { setUpPage } from './pages/set-up-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { agent, damageCopies, damageFirstPage, damageSlots, deskWithCopy, fromTheFuture, lateSubject } from './recovery-desk.ts'
import { beginning, fill, formatOf, wordsOf } from './words.ts'
import type { Language } from './words.ts'

const why = onlyServe('the data directory is damaged before the desk is opened')
const looks = [{ language: 'it', theme: 'light' }, { language: 'en', theme: 'dark' }] as const

/** Opens a desk on this data directory for as long as `work` lasts. */
async function withDesk(page: Page, dataDir: string, language: Language, work: (host: Awaited<ReturnType<typeof openServeHost>>) => Promise<void>): Promise<void> {
  const host = await openServeHost({ page, dataDir, locale: language === 'it' ? 'it-IT' : 'en-GB' })
  try {
    await host.open()
    await work(host)
  } finally {
    await page.close()
    await host.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

for (const { language, theme } of looks) {
  test.describe(`a damaged desk in ${language}, ${theme}`, () => {
    test.use({ language, theme })

    test('says so, puts a copy back by the keys alone, and tells what came back', why, async ({ page }) => {
      const words = wordsOf(language)
      const { recovery } = words
      const dataDir = await deskWithCopy()
      damageFirstPage(dataDir)
      await withDesk(page, dataDir, language, async () => {
        const signIn = signInPage(page, words)
        await signIn.signIn(agent)
        await expect(page.getByRole('heading', { level: 1, name: recovery.title.damaged })).toBeVisible()
        await expect(page.getByRole('main')).toContainText(recovery.safe)
        const use = page.getByRole('list', { name: recovery.copy.list }).getByRole('button', { name: beginning(recovery.copy.use) })
        await expect(use).toBeVisible()
        await expect(page.getByRole('list', { name: recovery.copy.list })).toContainText(fill(recovery.copy.customers, { n: 400, count: formatOf(language).number(400) }))
        await expectAccessible(page, 'damaged')

        for (let presses = 0; presses < 20 && !(await use.evaluate((button) => button === document.activeElement)); presses++) await page.keyboard.press('Tab')
        await expect(use).toBeFocused()
        await page.keyboard.press('Enter')
        await expect(signIn.heading).toBeVisible()
        await expect(page.getByText(recovery.hint.restored)).toBeVisible()

        await signIn.signIn(agent)
        const note = page.getByRole('status').filter({ hasText: fill(recovery.note.recovered, { n: 1 }) })
        await expect(note).toContainText(recovery.note.extracts)
        await expectAccessible(page, 'what came back')
        const lookup = lookupPage(page, words)
        await lookup.search('zanier elena')
        await expect(lookup.chosen).toContainText(knownCustomers.zanierElena.name)
        await page.keyboard.press('Enter')
        const customer = customerPage(page, words)
        await customer.pageTab('tickets').click()
        // The entry is about no single supply.
        await customer.supplies.getByRole('radio').first().click()
        await expect(customer.row(lateSubject)).toBeVisible()
        await note.getByRole('button', { name: recovery.note.read }).click()
        await expect(note).toBeHidden()
      })
    })

    test('without a copy says that there is none, begins nothing anew, and gives a report without personal data', why, async ({ page }) => {
      const words = wordsOf(language)
      const { recovery } = words
      const dataDir = await deskWithCopy()
      damageFirstPage(dataDir)
      damageCopies(dataDir)
      await withDesk(page, dataDir, language, async (host) => {
        await signInPage(page, words).signIn(agent)
        await expect(page.getByText(recovery.todo.noCopy)).toBeVisible()
        const saved = page.waitForEvent('download')
        await page.getByRole('button', { name: recovery.report }).click()
        const text = readFileSync(await (await saved).path(), 'utf8')
        expect(JSON.parse(text)).toMatchObject({ state: { kind: 'damaged', copies: [] } })
        for (const personal of [agent.username, 'Zanier', 'ZNRLNE76P54C743T', lateSubject, tmpdir()]) expect(text).not.toContain(personal)
        await expect(page.getByText(recovery.reportSaved)).toBeVisible()
        await expectAccessible(page, 'damaged without a copy')
        // A fresh page is no way around it.
        await host.open()
        await expect(page.getByRole('heading', { level: 1, name: recovery.title.damaged })).toBeVisible()
      })
    })

    test('with damaged key slots is named before anything is asked or begun', why, async ({ page }) => {
      const words = wordsOf(language)
      const { recovery } = words
      const dataDir = await deskWithCopy()
      damageSlots(dataDir)
      await withDesk(page, dataDir, language, async () => {
        await expect(page.getByRole('heading', { level: 1, name: recovery.title.keySlots })).toBeVisible()
        await expect(page.getByRole('main')).toContainText(recovery.todo.slots)
        await page.getByRole('button', { name: recovery.tryAgain }).click()
        await expect(page.getByRole('heading', { level: 1, name: recovery.title.keySlots })).toBeVisible()
        await expectAccessible(page, 'key slots')
      })
    })

    test('of a version to come says which, and is left alone', why, async ({ page }) => {
      const words = wordsOf(language)
      const { recovery } = words
      const dataDir = await deskWithCopy()
      await fromTheFuture(dataDir)
      await withDesk(page, dataDir, language, async () => {
        await signInPage(page, words).signIn(agent)
        await expect(page.getByRole('heading', { level: 1, name: recovery.title.fromFuture })).toBeVisible()
        await expect(page.getByRole('main')).toContainText('99')
        await expectAccessible(page, 'from the future')
        await page.getByRole('button', { name: recovery.tryAgain }).click()
        await expect(signInPage(page, words).heading).toBeVisible()
      })
    })
  })
}

const disk = mkdtempSync(join(tmpdir(), 'sportello-e2e-mount-'))
const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0
if (canMount) spawnSync('umount', [disk])
else process.stderr.write('capability: no disk can be mounted here; the screens of a full and a read-only disk are not shown\n')
rmSync(disk, { recursive: true, force: true })

if (canMount) {
  for (const { language, theme } of looks) {
    test.describe(`a disk that takes nothing, in ${language}, ${theme}`, () => {
      test.use({ language, theme })

      test('is said, keeps what is in the form, and is noticed to have room by the desk itself', why, async ({ page }) => {
        const words = wordsOf(language)
        const { recovery } = words
        const mount = mkdtempSync(join(tmpdir(), 'sportello-e2e-full-'))
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mount])
        try {
          await withDesk(page, join(mount, 'desk'), language, async () => {
            const setUp = setUpPage(page, words)
            await setUp.fill({ desk: 'Trieste', name: 'Carla Prova', username: 'carla', password: 'una frase lunga e facile' })
            await setUp.submit.click()
            const desk = deskPage(page, words)
            await expect(desk.box).toBeFocused()
            await desk.area('administration').click()
            const people = peoplePage(page, words)
            await people.add.click()
            await people.form.getByLabel(words.session.setUp.name, { exact: true }).fill('Dario Prova')
            await people.form.getByLabel(words.session.setUp.username, { exact: true }).fill('dario')
            await people.form.getByLabel(words.people.firstPassword, { exact: true }).fill('il cane corre nel prato')
            const ballast = join(mount, 'ballast')
            const { bavail, bsize } = statfsSync(mount)
            for (let bytes = bavail * bsize; bytes > 0; bytes -= bsize) {
              try {
                writeFileSync(ballast, Buffer.alloc(bytes))
                break
              } catch {
                // A little less, then.
              }
            }
            const submit = people.form.getByRole('button', { name: words.people.submit, exact: true })
            await submit.click()
            const banner = page.getByRole('alert').filter({ hasText: recovery.banner.full })
            await expect(banner).toBeVisible()
            await expect(people.form.getByLabel(words.session.setUp.name, { exact: true })).toHaveValue('Dario Prova')
            await expectAccessible(page, 'full disk')
            rmSync(ballast)
            await expect(banner).toBeHidden({ timeout: 30_000 })
            await submit.click()
            await expect(people.row('Dario Prova')).toBeVisible()
          })
        } finally {
          execFileSync('umount', [mount])
          rmSync(mount, { recursive: true, force: true })
        }
      })

      test('because it is read-only is named before anybody signs in, and tried again when asked', why, async ({ page }) => {
        const words = wordsOf(language)
        const { recovery } = words
        const mount = mkdtempSync(join(tmpdir(), 'sportello-e2e-readonly-'))
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', mount])
        try {
          execFileSync('mkdir', [join(mount, 'desk')])
          execFileSync('mount', ['-o', 'remount,ro', mount])
          await withDesk(page, join(mount, 'desk'), language, async () => {
            await expect(page.getByRole('heading', { level: 1, name: recovery.title.readOnly })).toBeVisible()
            await expectAccessible(page, 'read-only')
            execFileSync('mount', ['-o', 'remount,rw', mount])
            await page.getByRole('button', { name: recovery.tryAgain }).click()
            // Nothing was ever here: now, and only now, it is a first start.
            await expect(setUpPage(page, words).heading).toBeVisible()
          })
        } finally {
          execFileSync('umount', [mount])
          rmSync(mount, { recursive: true, force: true })
        }
      })
    })
  }
}
