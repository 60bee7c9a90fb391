import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { knownCustomers } from '../../../scripts/demo/known-customers.ts'
import { manifestName } from '../../../electron/main/updates.ts'
import { openElena } from '../../e2e/open-customer.ts'
import { customerPage } from '../../e2e/pages/customer-page.ts'
import { deskPage } from '../../e2e/pages/desk-page.ts'
import { newTicketPage } from '../../e2e/pages/new-ticket-page.ts'
import { ticketPage } from '../../e2e/pages/ticket-page.ts'
import { pattern } from '../../e2e/words.ts'
import { makeReleaseKey } from '../../support/release-keys.ts'
import type { Note } from '../double/wire.ts'
import type { Desk } from '../fixtures.ts'
import { nextVersion } from './previous-version.ts'
import { channelFile, channelText, expect, oldAppImage, onlyAppImage, test } from './update-fixtures.ts'

// One build of the version before serves them all.
test.describe.configure({ mode: 'default' })

const elena = knownCustomers.zanierElena
const subject = 'Scritto con la versione di prima'
const note = 'Ha richiamato, voleva sapere quando'
const betweenLooks = 240
const tamperedBytes = '#!/bin/sh\n# something else\n'

type Line = { readonly event: string; readonly state?: string; readonly problem?: string; readonly reason?: string }

/** What the desk wrote of updates into its log. */
function written({ dataDir }: { readonly dataDir: string }): Line[] {
  return readFileSync(join(dataDir, 'log', 'sportello.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ event }) => event.startsWith('update'))
}

const outcome = ({ event, state, problem, reason: why }: Line): string => [event, state ?? problem ?? why ?? ''].join(' ').trim()

/** Lets the time pass until the desk looks for an update, and waits for what it says of it. */
async function look(desk: Desk, minutes = betweenLooks): Promise<string> {
  const shell = desk.shell()
  const before = written(shell).length
  await shell.app().act('pass-time', { minutes })
  await expect.poll(() => written(shell).length).toBeGreaterThan(before)
  return outcome(written(shell)[before]!)
}

const questions = (notes: readonly Note[]) => notes.flatMap((each) => (each.note === 'dialog' && each.kind === 'message' ? [each.options] : []))

test('the version before updates itself to the next one, and everything is there as it was left', onlyAppImage, async ({ desk, updates }) => {
  const { page, words } = desk
  await updates.publish()
  await desk.signIn('agent')
  await openElena(desk)
  await customerPage(page, words).newTicket.click()
  const form = newTicketPage(page, words)
  const ticket = ticketPage(page, words)
  await form.area('water').check()
  await form.type('information').check()
  await form.subject.fill(subject)
  await form.text.fill('Il testo resta.')
  await form.submit.click()
  await expect(ticket.subject).toHaveText(subject)
  await ticket.step('note').click()
  await ticket.text('note').fill(note)
  await expect(page.getByText(pattern(words.drafts.saved))).toBeVisible()

  const shell = desk.shell()
  const { app } = shell
  await app().act('answer-dialog', { kind: 'message', answer: { response: 0 } })
  desk.allowNetworkErrors()
  expect(await look(desk, 2)).toBe('update_checked ready')
  expect(await app().exited).toBe(0)
  expect(questions(app().notes)).toHaveLength(1)
  expect(questions(app().notes)[0]!['message']).toContain(nextVersion)
  expect(written(shell).map(outcome)).toEqual(['update_checked ready', 'update_installing'])
  await test.step('the file that the person starts is the new one, and it was started', async () => {
    expect(readFileSync(updates.appImage, 'utf8')).not.toBe(oldAppImage)
    expect(statSync(updates.appImage).mode & 0o111).toBe(0o111)
    await expect.poll(() => updates.started()).toBe('true 0')
  })

  await shell.reopen({ packaged: updates.next })
  await desk.signInAgain('agent')
  await expect(ticket.subject).toHaveText(subject)
  await ticket.step('note').click()
  await expect(ticket.text('note')).toHaveValue(note)
  await deskPage(page, words).tab(elena.name).click()
  await expect(customerPage(page, words).name).toHaveText(elena.name)
  await customerPage(page, words).pageTab('tickets').click()
  await expect(customerPage(page, words).row(subject)).toBeVisible()
  // The next version here is the ordinary build, which has no keys and asks nobody.
  expect(written(shell).map(outcome).at(-1)).toBe('updates_off no_keys')
})

test('nothing is installed that is not signed, newer, in time, and what was signed', onlyAppImage, async ({ desk, updates }) => {
  await desk.signIn('agent')
  const shell = desk.shell()
  shell.allowComplaints()
  const refused = async (expected: string, minutes = betweenLooks) => {
    updates.server.asked.length = 0
    expect(await look(desk, minutes)).toBe(expected)
  }
  const neverAsked = (name: string) => expect(updates.server.asked).not.toContain(name)

  await test.step('unsigned', async () => {
    const name = await updates.publish()
    rmSync(join(updates.served, manifestName))
    await refused('update_checked unsigned', 2)
    neverAsked(name)
  })
  await test.step('signed by another key', async () => {
    const name = await updates.publish({ key: makeReleaseKey('test') })
    await refused('update_refused bad_signature')
    neverAsked(name)
  })
  await test.step('an older version', async () => {
    const name = await updates.publish({ version: '0.0.0' })
    await refused('update_refused downgrade')
    neverAsked(name)
  })
  await test.step('one whose time has run out', async () => {
    const name = await updates.publish({ at: new Date(Date.now() - 60 * 86_400_000) })
    await refused('update_refused expired')
    neverAsked(name)
  })
  await test.step('another file under a signed name, with the channel file made to fit', async () => {
    const name = await updates.publish()
    writeFileSync(join(updates.served, name), tamperedBytes)
    writeFileSync(join(updates.served, channelFile), channelText(nextVersion, name, tamperedBytes))
    await refused('update_refused not_offered_file')
    neverAsked(name)
  })
  await test.step('another file under a signed name', async () => {
    const name = await updates.publish()
    writeFileSync(join(updates.served, name), tamperedBytes)
    await refused('update_refused not_signed_file')
    expect(updates.server.asked).toContain(name)
  })

  expect(questions(shell.app().notes)).toEqual([])
  expect(readFileSync(updates.appImage, 'utf8')).toBe(oldAppImage)
  expect(updates.started()).toBeNull()
})

test('an update that cannot be put in place is said, and the desk starts again as it was', onlyAppImage, async ({ desk, updates }) => {
  await updates.publish()
  await desk.signIn('agent')
  const shell = desk.shell()
  shell.allowComplaints()
  desk.allowNetworkErrors()
  // The person has moved the file meanwhile.
  rmSync(updates.appImage)
  await shell.app().act('answer-dialog', { kind: 'message', answer: { response: 0 } })
  expect(await look(desk, 2)).toBe('update_checked ready')
  expect(await shell.app().exited).toBe(0)
  expect(written(shell).map(outcome)).toEqual(['update_checked ready', 'update_installing', 'update_not_installed'])
  expect(questions(shell.app().notes)).toHaveLength(2)
  const [again] = shell.app().notes.filter((each) => each.note === 'relaunch')
  expect(again).toMatchObject({ execPath: updates.appImage })
  writeFileSync(updates.appImage, oldAppImage)
  chmodSync(updates.appImage, 0o755)
  await shell.reopen()
  await desk.signInAgain('agent')
})

test('a person can say later: nothing is installed, and the question comes again', onlyAppImage, async ({ desk, updates }) => {
  await updates.publish()
  await desk.signIn('agent')
  const shell = desk.shell()
  expect(await look(desk, 2)).toBe('update_checked ready')
  // Nobody has answered: the question is closed, which means later.
  await expect.poll(() => questions(shell.app().notes).length).toBe(1)
  expect(await look(desk)).toBe('update_checked ready')
  await expect.poll(() => questions(shell.app().notes).length).toBe(2)
  expect(readFileSync(updates.appImage, 'utf8')).toBe(oldAppImage)
  expect(updates.started()).toBeNull()
})
