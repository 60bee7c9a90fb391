import { expect, onlyDouble, test } from './fixtures.ts'
import { setUpPage } from '../e2e/pages/set-up-page.ts'
import { signInPage } from '../e2e/pages/sign-in-page.ts'
import { deskPage } from '../e2e/pages/desk-page.ts'

const chief = { desk: 'Trieste · TS-04', name: 'Carla Prova', username: 'carla', password: 'una frase lunga e facile' }

test.describe('a desk of its own, bound to the key store of the computer', () => {
  test.use({ demo: false })

  test('opens again with the same store, and says why it does not with a locked or another one, without touching anything', onlyDouble('key stores are replaced'), async ({ desk }) => {
    const { page, words } = desk
    const { reopen, allowComplaints } = desk.shell()
    const setUp = setUpPage(page, words)
    const signIn = signInPage(page, words)
    await desk.open()
    await setUp.fill(chief)
    await setUp.submit.click()
    await expect(deskPage(page, words).box).toBeVisible()
    await reopen()
    await desk.open()
    await signIn.signIn(chief)
    await expect(deskPage(page, words).box).toBeVisible()
    allowComplaints()
    await reopen({ keyStoreLocked: true })
    await desk.open()
    await signIn.signIn(chief)
    await expect(page.getByText(words.session.deviceKey.blockedUnavailable)).toBeVisible()
    await reopen({ keyStore: 'kwallet6' })
    await desk.open()
    await signIn.signIn(chief)
    await expect(page.getByText(words.session.deviceKey.blockedChanged)).toBeVisible()
    await reopen()
    await desk.open()
    await signIn.signIn(chief)
    await expect(deskPage(page, words).box).toBeVisible()
  })
})
