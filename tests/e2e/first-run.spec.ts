import { expect, test } from './fixtures.ts'
import { deskPage } from './pages/desk-page.ts'
import { lookupPage } from './pages/lookup-page.ts'
import { peoplePage } from './pages/people-page.ts'
import { setUpPage } from './pages/set-up-page.ts'
import { signInPage } from './pages/sign-in-page.ts'
import { fill, languages } from './words.ts'

const chief = { desk: 'Trieste · TS-04', name: 'Carla Prova', username: 'carla', password: 'una frase lunga e facile' }
const colleague = { name: 'Dario Prova', username: 'dario', password: 'il cane corre nel prato', role: 'agent' } as const

for (const language of languages) {
  test.describe(`the first start in ${language}`, () => {
    test.use({ language, demo: false })

    test('creates the administrator, who lets a second person in', async ({ desk }) => {
      const { page, words } = desk
      const { field } = words.session
      const frame = deskPage(page, words)
      const lookup = lookupPage(page, words)
      const setUp = setUpPage(page, words)
      const signIn = signInPage(page, words)
      const people = peoplePage(page, words)

      await test.step('asks for what is missing, and keeps what was written', async () => {
        await desk.open()
        await expect(setUp.heading).toBeVisible()
        await expect(setUp.desk).toBeFocused()
        await setUp.fill({ ...chief, desk: '', password: 'corta' })
        await setUp.submit.click()
        await expect(setUp.desk).toBeFocused()
        await expect(setUp.desk).toHaveAccessibleDescription(field.missing)
        await expect(setUp.password).toHaveAccessibleDescription(fill(field.tooShort, { minimum: 8 }))
        await expect(setUp.name).toHaveValue(chief.name)
        await setUp.fill(chief)
        await setUp.repeat.fill('un’altra frase lunga')
        await setUp.submit.click()
        await expect(setUp.repeat).toHaveAccessibleDescription(field.notEqual)
        await setUp.repeat.fill(chief.password)
      })

      await test.step('enters a desk without customers, which says what to do', async () => {
        await setUp.submit.click()
        await expect(frame.box).toBeFocused()
        await expect(lookup.sheet).toContainText(words.lookup.noCustomers)
        await expect(frame.status).toContainText(chief.desk)
        await expect(frame.status).toContainText(chief.name)
        await expect(frame.status).toContainText(words.desk.status.noData)
      })

      await test.step('adds a colleague', async () => {
        await frame.area('administration').click()
        await people.addPerson(colleague)
        await expect(people.news).toContainText(fill(words.people.added, { name: colleague.name, username: colleague.username }))
        await expect(people.row(colleague.name)).toContainText(words.session.role.agent)
        await expect(people.row(colleague.name)).toContainText(words.people.access.on)
      })

      await test.step('refuses the same user name again, at the field', async () => {
        await people.addPerson({ ...colleague, username: 'DARIO' })
        await expect(people.form.getByLabel(words.session.setUp.username, { exact: true })).toHaveAccessibleDescription(words.people.error.usernameTaken)
        await expect(people.form.getByLabel(words.session.setUp.name, { exact: true })).toHaveValue(colleague.name)
        await page.keyboard.press('Escape')
        await expect(people.form).toBeHidden()
      })

      await test.step('the colleague signs in, without the pages of an administrator', async () => {
        await frame.signOut.click()
        await expect(signIn.heading).toBeVisible()
        await expect(signIn.farewell).toContainText(fill(words.session.signIn.left, { n: 2 }))
        await signIn.signIn({ username: colleague.username, password: 'un’altra password' })
        await expect(signIn.alert).toContainText(words.session.error.wrongCredentials)
        await expect(signIn.username).toHaveValue(colleague.username)
        await signIn.signIn(colleague)
        await expect(frame.box).toBeFocused()
        await expect(frame.status).toContainText(colleague.name)
        await expect(frame.area('administration')).toBeHidden()
      })

      await test.step('after a restart nobody can set the desk up again', async () => {
        await desk.restart()
        await desk.open()
        await expect(signIn.heading).toBeVisible()
        await expect(page.getByRole('region', { name: words.session.demo.title })).toBeHidden()
        await signIn.signIn(chief)
        await expect(frame.area('administration')).toBeVisible()
      })
    })
  })
}

test.describe('the people of a desk', () => {
  test('who is switched off is signed out and does not come in again', async ({ desk }) => {
    const { page, words } = desk
    const people = peoplePage(page, words)
    await desk.open()
    const other = await desk.another()
    await signInPage(other, words).enterAs('agente').click()
    await expect(deskPage(other, words).box).toBeVisible()

    await desk.signIn('administrator')
    await deskPage(page, words).area('administration').click()
    await people.switchOff('Agente Demo').click()
    await expect(people.row('Agente Demo')).toContainText(words.people.access.off)

    const signIn = signInPage(other, words)
    await expect(signIn.heading).toBeVisible()
    await signIn.enterAs('agente').click()
    await expect(signIn.alert).toContainText(words.session.error.personDisabled)
  })

  test('wrong passwords in a row make one wait', async ({ desk }) => {
    const { page, words } = desk
    const signIn = signInPage(page, words)
    await desk.open()
    await expect(async () => {
      await signIn.signIn({ username: 'agente', password: 'sbagliata sbagliata' })
      await expect(signIn.alert).toContainText(words.session.error.tooManyAttempts, { timeout: 1000 })
    }).toPass({ timeout: 60_000 })
    await expect(signIn.username).toHaveValue('agente')
  })
})
