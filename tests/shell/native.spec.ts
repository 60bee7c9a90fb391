import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onlyDouble, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'

/** What the page would say to the bridge. */
function say({ page }: Desk, ability: string, input: object): Promise<unknown> {
  return page.evaluate(async (request) => {
    const { shell } = (window as unknown as { sportello: { shell: (text: string) => Promise<string> } }).sportello
    return JSON.parse(await shell(request)) as unknown
  }, JSON.stringify({ ability, input }))
}

const external = ({ shell }: Desk): readonly string[] => shell().app().notes.flatMap((note) => (note.note === 'external' ? [note.address] : []))

test('a list is saved where the person says, whole, and nowhere when they cancel', async ({ desk }) => {
  const { page, words } = desk
  const frame = await desk.signIn('agent')
  const { app, dataDir } = desk.shell()
  const path = join(dataDir, '..', 'home', 'downloads', 'elenco.csv')
  const dialogs = () => app().notes.flatMap((note) => (note.note === 'dialog' && note.kind === 'save' ? [String(note.options['defaultPath'])] : []))
  await frame.area('outbox').click()
  const save = page.getByRole('button', { name: words.ui.table.export })
  await save.click()
  await expect.poll(dialogs).toHaveLength(1)
  expect(dialogs()[0]).toBe(join(dataDir, '..', 'home', 'downloads', `${words.outbox.title.toLowerCase()}.csv`))
  expect(existsSync(path)).toBe(false)
  await app().act('answer-dialog', { kind: 'save', answer: { canceled: false, filePath: path } })
  await save.click()
  await expect.poll(() => existsSync(path)).toBe(true)
  expect(readFileSync(path, 'utf8')).toContain(words.outbox.column.what)
})

test('a file that cannot be written is said to be not saved', async ({ desk }) => {
  const { page, words } = desk
  const frame = await desk.signIn('agent')
  await desk.shell().app().act('answer-dialog', { kind: 'save', answer: { canceled: false, filePath: join(desk.shell().dataDir, 'gone', 'elenco.csv') } })
  await frame.area('outbox').click()
  await page.getByRole('button', { name: words.ui.table.export }).click()
  await expect(page.getByRole('alert').filter({ hasText: words.shell.problem.folder_gone })).toBeVisible()
})

test('the menu prints what is shown', onlyDouble('a real print would wait for a person'), async ({ desk }) => {
  const frame = await desk.signIn('agent')
  const { app } = desk.shell()
  const prints = () => app().notes.filter(({ note }) => note === 'print').length
  await frame.area('tickets').click()
  // The menu hears of a sign-in a moment later.
  await expect(() => app().act('click-menu', { in: 'application', path: ['desk.print'] })).toPass()
  await expect.poll(prints).toBe(1)
  await expect(desk.page.getByText(desk.words.shell.problem.print)).toHaveCount(0)
})

test('the address of an authority is opened outside, any other is not', async ({ desk }) => {
  await desk.signIn('agent')
  for (const address of ['file:///etc/passwd', 'https://www.example.com/', 'javascript:alert(1)', 'ms-msdt:/id', 'https://www.arera.it@example.com/', '\\\\server\\share']) {
    await say(desk, 'openExternal', { address })
  }
  expect(external(desk)).toEqual([])
  expect(await say(desk, 'openExternal', { address: 'https://www.arera.it/' })).toBe(true)
  expect(external(desk)).toEqual(['https://www.arera.it/'])
})

test('before anybody has signed in a page can save and open nothing', async ({ desk }) => {
  await desk.open()
  expect(await say(desk, 'saveFile', { name: 'a.csv', mime: 'text/csv', text: 'a' })).toBeNull()
  expect(await say(desk, 'openExternal', { address: 'https://www.arera.it/' })).toBeNull()
  expect(desk.shell().app().notes.filter(({ note }) => note === 'dialog' || note === 'external')).toEqual([])
})
