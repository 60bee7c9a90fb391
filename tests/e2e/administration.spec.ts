import type { EnrolmentCode } from '../../shared/contract/administration.ts'
import { expectAccessible } from './accessible.ts'
import { expect, onlyServe, test } from './fixtures.ts'
import { administrationPage } from './pages/administration-page.ts'
import { syncPage } from './pages/sync-page.ts'
import { followingStatus, ok, playHub } from './played-hub.ts'
import type { Played } from './played-hub.ts'
import { person, utility } from './played-utility.ts'
import { themesOf } from './themes.ts'
import { fill } from './words.ts'

const atTheDoor = 'the hub is played at the door of the loopback host'
const joined: Played = { hub: { status: () => ok(followingStatus()) }, administration: utility }

for (const theme of themesOf('light')) {
  test.describe(`the administration in ${theme}`, () => {
    test.use({ theme, contextOptions: { reducedMotion: 'reduce' } })
    test('every tab has its table, from the keyboard, and is accessible', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words } = desk
      const area = administrationPage(page, words)
      await playHub(page, joined)
      const frame = await desk.signIn('administrator')
      await frame.area('administration').click()
      await area.tab('people').focus()
      for (const tab of ['people', 'offices', 'teams', 'territories', 'devices', 'sessions', 'refused', 'mail', 'exports', 'audit'] as const) {
        await expect(area.tab(tab)).toHaveAttribute('aria-selected', 'true')
        await expect(area.tab(tab)).toBeFocused()
        await expect(area.table(tab).getByRole('row').nth(1)).toBeVisible()
        await expectAccessible(page, tab)
        await page.keyboard.press('ArrowRight')
      }
    })

    test('its forms are accessible', onlyServe(atTheDoor), async ({ desk }) => {
      const { page, words } = desk
      const area = administrationPage(page, words)
      await playHub(page, joined)
      const frame = await desk.signIn('administrator')
      await frame.area('administration').click()
      for (const [tab, add] of [['people', words.administration.people.add], ['offices', words.administration.offices.add], ['territories', words.administration.territories.add], ['devices', words.administration.devices.code]] as const) {
        await area.tab(tab).click()
        await area.add(add).click()
        await expect(page.getByRole('complementary')).toBeVisible()
        await expectAccessible(page, `form of ${tab}`)
      }
    })
  })
}

test('a form keeps what was typed, says at the field what is wrong, and saves after the password', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const area = administrationPage(page, words)
  const sync = syncPage(page, words)
  let open = true
  await playHub(page, {
    hub: {
      status: () => ok(followingStatus()),
      openSession: () => {
        open = true
        return ok(followingStatus())
      },
    },
    administration: {
      ...utility,
      savePerson: ({ username, displayName }) => {
        if (!open) return { ok: false, error: { code: 'hub_session' } }
        return username === 'visintin' ? { ok: false, error: { code: 'username_taken' } } : ok(person(username, displayName))
      },
    },
  })
  const frame = await desk.signIn('administrator')
  await frame.area('administration').click()
  await area.add(words.administration.people.add).click()
  const form = area.side(words.administration.people.addTitle)
  await area.field(form, words.administration.people.displayName).fill('Dario Lonza')
  await area.field(form, words.administration.people.username).fill('visintin')
  await area.save(form).click()
  await expect(area.firstPassword(form)).toHaveAccessibleDescription(words.session.field.missing)
  await area.firstPassword(form).fill('una password')
  await area.save(form).click()
  await expect(area.field(form, words.administration.people.username)).toHaveAccessibleDescription(words.administration.error.usernameTaken)
  await expect(area.field(form, words.administration.people.displayName)).toHaveValue('Dario Lonza')
  open = false
  await area.field(form, words.administration.people.username).fill('lonza')
  await area.save(form).click()
  await sync.session.password.fill('amministratore-demo')
  await sync.session.submit.click()
  await expect(form).toBeHidden()
  await expect(area.row('Dario Lonza')).toBeVisible()
})

test('a code is shown once, large, and a desk is revoked after being asked', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const area = administrationPage(page, words)
  const code: EnrolmentCode = { code: '48213377', expiresAt: new Date(Date.now() + 600_000).toISOString(), officeName: 'Muggia' }
  await playHub(page, { ...joined, administration: { ...utility, createEnrolmentCode: () => ok(code), revokeDevice: () => ok({ ...utility.devices().value[0]!, state: 'revoked', revokedAt: new Date().toISOString() }) } })
  const frame = await desk.signIn('administrator')
  await frame.area('administration').click()
  await area.tab('devices').click()
  await area.add(words.administration.devices.code).click()
  await area.makeCode.click()
  await expect(area.code).toHaveText('4821 3377')
  await expect(page.getByText(words.administration.devices.once)).toBeVisible()
  await expectAccessible(page, 'code')
  await page.getByRole('button', { name: words.ui.close, exact: true }).click()
  await expect(page.getByText('4821 3377')).toBeHidden()
  await area.row('TS-07').getByRole('button', { name: words.administration.devices.revoke }).click()
  await expect(area.question).toContainText(fill(words.administration.devices.revokeTitle, { name: 'TS-07' }))
  await area.question.getByRole('button', { name: words.administration.devices.revokeConfirm }).click()
  await expect(area.row('TS-07')).toContainText(words.administration.devices.notPurged)
})

test('a hub that is away, or asks for the password, says so in the place of the list', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const area = administrationPage(page, words)
  const sync = syncPage(page, words)
  let open = false
  await playHub(page, {
    hub: {
      status: () => ok(followingStatus({ session: open ? 'open' : 'needed' })),
      openSession: () => {
        open = true
        return ok(followingStatus())
      },
    },
    administration: { ...utility, people: () => (open ? utility.people() : { ok: false, error: { code: 'hub_session' } }), teams: () => ({ ok: false, error: { code: 'hub_unreachable' } }) },
  })
  const frame = await desk.signIn('administrator')
  await frame.area('administration').click()
  await expect(page.getByText(words.administration.session.text)).toBeVisible()
  await area.enter.click()
  await sync.session.password.fill('amministratore-demo')
  await sync.session.submit.click()
  await expect(area.row('Marco Visintin')).toBeVisible()
  await area.tab('teams').click()
  await expect(page.getByText(words.administration.away.title)).toBeVisible()
})

test('supervisors read what they may, and change nothing', onlyServe(atTheDoor), async ({ desk }) => {
  const { page, words } = desk
  const area = administrationPage(page, words)
  await playHub(page, joined)
  const frame = await desk.signIn('supervisor')
  await frame.area('administration').click()
  await expect(area.tabs).toHaveCount(7)
  await expect(area.row('Marco Visintin')).toBeVisible()
  await expect(page.getByRole('button', { name: words.administration.people.add })).toHaveCount(0)
  await expect(area.tab('audit')).toHaveCount(0)
})
