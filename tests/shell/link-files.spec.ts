import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { knownCustomers } from '../../scripts/demo/known-customers.ts'
import { customerPage } from '../e2e/pages/customer-page.ts'
import { signInPage } from '../e2e/pages/sign-in-page.ts'
import { expect, onlyDouble, test } from './fixtures.ts'

const elena = knownCustomers.zanierElena
const link = `sportello://customer/${elena.brand}/${elena.code}`
const folder = mkdtempSync(join(tmpdir(), 'rossi-mario-'))
const file = (name: string, content: string): string => {
  const path = join(folder, `${name}.sportello`)
  // A worker that is replaced has cleared it away.
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, content)
  return path
}
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a link file that this desk saved opens the masked sheet by a second start; it holds ids alone', async ({ desk }) => {
  const { page, words } = desk
  await desk.signIn('agent')
  const { app, startSecond, dataDir } = desk.shell()
  const sheet = customerPage(page, words)
  expect(await startSecond('--', file('sent', `${link}\r\n`)).exited).toBe(0)
  await expect(sheet.name).toHaveText(elena.name)
  await expect(sheet.facts).not.toContainText(elena.who.taxCode)

  const saved = join(folder, 'saved.sportello')
  await app().act('answer-dialog', { kind: 'save', answer: { canceled: false, filePath: saved } })
  await page.getByRole('button', { name: words.shell.link.save }).click()
  await expect.poll(() => app().notes.flatMap((note) => (note.note === 'dialog' && note.kind === 'save' ? [String(note.options['defaultPath'])] : []))).toEqual([join(dataDir, '..', 'home', 'downloads', `${words.shell.link.customerFile}-${elena.code}.sportello`)])
  await expect(() => expect(readFileSync(saved, 'utf8')).toBe(`${link}\n`)).toPass()
})

test('a file that holds no link is told and opens nothing; its path is in no log', async ({ desk }) => {
  const { page, words } = desk
  const frame = await desk.signIn('agent')
  const { app, startSecond, dataDir } = desk.shell()
  const note = page.getByRole('alert').filter({ hasText: words.shell.problem.badLinkFile })
  for (const path of [file('two', `${link}\n${link}\n`), join(folder, 'gone.sportello')]) {
    expect(await startSecond(path).exited).toBe(0)
    await expect(note).toBeVisible()
    await note.getByRole('button', { name: words.ui.close }).click()
    await expect(note).toHaveCount(0)
  }
  await app().act('open-file', { path: '/etc/passwd' })
  await expect(note).toBeVisible()
  await expect(frame.box).toBeVisible()
  await expect(customerPage(page, words).facts).toHaveCount(0)
  const log = readFileSync(join(dataDir, 'log', 'sportello.log'), 'utf8')
  expect(log).toContain('link_file_refused')
  for (const part of ['rossi-mario', 'passwd', elena.code, 'sportello://']) expect(log).not.toContain(part)
})

test('a file that starts the desk waits until somebody has signed in', onlyDouble('macOS tells of it before the application is ready'), async ({ desk }) => {
  const { page, words } = desk
  await desk.open()
  await desk.shell().reopen({ openedFile: file('first', link) })
  await desk.open()
  await signInPage(page, words).enterAs('agente').click()
  await expect(customerPage(page, words).name).toHaveText(elena.name)
})
