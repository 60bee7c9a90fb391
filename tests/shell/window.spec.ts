import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onlyDouble, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'

const small = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1 }
const beside = { id: 2, bounds: { x: 1920, y: 0, width: 2560, height: 1440 }, workArea: { x: 1920, y: 0, width: 2560, height: 1440 }, scaleFactor: 1 }

async function firstWindow(desk: Desk) {
  const [window] = (await desk.shell().app().state()).windows
  if (!window) throw new Error('no window')
  return window
}

test('the window appears once its page has painted, in front, under the name of the desk', async ({ desk }) => {
  await desk.signIn('agent')
  await expect.poll(() => firstWindow(desk)).toMatchObject({ visible: true, focused: true, address: 'app://desk/', title: 'Sportello' })
  const said = desk.shell().app().notes.flatMap((note) => (note.note === 'window' ? [note.what] : []))
  expect(said.slice(0, 3)).toEqual(['ready-to-show', 'show', 'focus'])
})

test.describe('two displays', () => {
  test.use({ machine: { displays: [small, beside] } })

  test('a window comes back where it was left, and onto the display that is there when its own has gone', onlyDouble('displays are set'), async ({ desk }) => {
    await desk.open()
    const { app, reopen } = desk.shell()
    const left = { x: 2100, y: 120, width: 1300, height: 800 }
    await app().act('change-window', { window: (await firstWindow(desk)).id, to: left })
    await reopen()
    await desk.open()
    expect((await firstWindow(desk)).bounds).toEqual(left)
    await reopen({ displays: [small] })
    await desk.open()
    const { bounds } = await firstWindow(desk)
    expect(bounds.x + bounds.width).toBeLessThanOrEqual(small.workArea.width)
    expect(bounds.y + bounds.height).toBeLessThanOrEqual(small.workArea.height)
    expect(Math.min(bounds.x, bounds.y)).toBeGreaterThanOrEqual(0)
  })
})

test('a second start ends at once and brings the first window to the front', async ({ desk }) => {
  await desk.signIn('agent')
  const { app, startSecond } = desk.shell()
  const { id } = await firstWindow(desk)
  await app().act('change-window', { window: id, to: 'minimized' })
  expect(await firstWindow(desk)).toMatchObject({ minimized: true, focused: false })
  expect(await startSecond().exited).toBe(0)
  await expect.poll(() => firstWindow(desk)).toMatchObject({ id, minimized: false, focused: true })
  expect((await app().state()).windows).toHaveLength(1)
})

test('each window is a client of its own, and the menu opens another', async ({ desk }) => {
  const frame = await desk.signIn('agent')
  const other = await desk.another()
  await expect(other.getByRole('heading', { level: 1, name: desk.words.session.signIn.title })).toBeVisible()
  await expect(frame.box).toBeVisible()
  expect((await desk.shell().app().state()).windows).toHaveLength(2)
})

test('quitting ends the application after its store is closed', async ({ desk }) => {
  await desk.signIn('agent')
  const { app, dataDir } = desk.shell()
  const journal = join(dataDir, 'desk.db-wal')
  expect(existsSync(journal), 'the store is open').toBe(true)
  await app().act('quit')
  expect(await app().exited).toBe(0)
  expect(existsSync(journal) ? statSync(journal).size : 0, 'nothing is left to be taken over').toBe(0)
})
