import { permissionTable } from '../../electron/main/policy/permissions.ts'
import type { Page } from '@playwright/test'
import { expect, onlyDouble, test } from './fixtures.ts'
import type { Desk } from './fixtures.ts'

const elsewhere = ['https://www.example.com/', 'https://desk.app.invalid.example.com/', 'http://127.0.0.1:9/', 'https://other.app.invalid/', 'https://someone:secret@desk.app.invalid/']

/** What a link of the page does when it is clicked. */
async function clickLink(page: Page, href: string, target: string): Promise<void> {
  await page.evaluate(
    ([address, name]) => {
      const link = document.createElement('a')
      Object.assign(link, { href: address, target: name, textContent: 'link' })
      document.body.append(link)
      link.click()
      link.remove()
    },
    [href, target] as const,
  )
}

function denials({ shell }: Desk): readonly string[] {
  return shell().app().notes.flatMap((note) => (note.note === 'navigation' && note.denied ? [note.address] : []))
}

test('a page cannot leave the desk: what it shows stays, and no request goes out', onlyDouble('what was denied is told by the double'), async ({ desk }) => {
  const { page } = desk
  const frame = await desk.signIn('agent')
  await frame.box.fill('qui resta')
  for (const address of elsewhere) {
    const before = denials(desk).length
    await page.evaluate((to) => void (location.href = to), address)
    await expect.poll(() => denials(desk).length, address).toBeGreaterThan(before)
    await clickLink(page, address, '')
    await expect(frame.box).toHaveValue('qui resta')
  }
  await expect(page).toHaveURL(desk.address())
  expect(desk.shell().app().notes.filter(({ note }) => note === 'network')).toEqual([])
})

test('a page opens no window, by script or by link', onlyDouble('what was denied is told by the double'), async ({ desk }) => {
  const { page } = desk
  await desk.signIn('agent')
  const asked = () => desk.shell().app().notes.flatMap((note) => (note.note === 'window-open' ? [[note.address, note.action]] : []))
  expect(await page.evaluate(() => window.open('https://www.arera.it/') === null)).toBe(true)
  await clickLink(page, 'https://www.example.com/', '_blank')
  await expect.poll(asked).toEqual([
    ['https://www.arera.it/', 'deny'],
    ['https://www.example.com/', 'deny'],
  ])
  expect(page.context().pages()).toHaveLength(1)
})

test('of all permissions a page gets one: to copy', onlyDouble('the handlers cannot be asked from outside'), async ({ desk }) => {
  await desk.signIn('agent')
  const { app } = desk.shell()
  const [window] = (await app().state()).windows
  expect((await app().state()).permissionHandlers).toEqual({ request: true, check: true, device: true })
  const granted: string[] = []
  for (const permission of [...Object.keys(permissionTable), 'one-of-tomorrow']) {
    const { requested, checked } = await app().act('ask-permission', { window: window!.id, permission })
    expect(requested, permission).toBe(checked)
    if (requested) granted.push(permission)
  }
  expect(granted).toEqual(['clipboard-sanitized-write'])
  const state = (name: string) => desk.page.evaluate(async (each) => (await navigator.permissions.query({ name: each as PermissionName })).state, name)
  await expect.poll(() => state('clipboard-write')).toBe('granted')
  for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']) expect(await state(name), name).toBe('denied')
})

test('only the top frame of a window of the desk is answered', onlyDouble('no frame can be forged'), async ({ desk }) => {
  await desk.signIn('agent')
  const { app } = desk.shell()
  const args = [JSON.stringify({ call: 'session.status', input: {} })]
  const home = { address: 'app://desk/', top: true, ours: true }
  const ask = async (sender: typeof home | { address: null; top: boolean; ours: boolean }) => JSON.parse(JSON.parse(await app().act('forge-call', { channel: 'sportello:call', args, sender })) as string) as { ok: boolean; error?: { code: string } }
  expect((await ask(home)).ok, 'the desk itself is answered').toBe(true)
  const forged = [
    { ...home, address: 'https://www.example.com/' },
    { ...home, address: 'app://desk.example.com/' },
    { ...home, address: 'app://someone@desk/' },
    { ...home, address: 'about:blank' },
    { ...home, address: null },
    { ...home, top: false },
    { ...home, ours: false },
  ]
  for (const sender of forged) expect(await ask(sender), JSON.stringify(sender)).toEqual({ ok: false, error: { code: 'forbidden' } })
  for (const channel of ['sportello:shell', 'sportello:call']) {
    for (const request of [[], [{}], [null], ['x'.repeat(9), 'y'], [42]]) {
      const said = await app().act('forge-call', { channel, args: request, sender: { ...home, ours: false } })
      expect(said).toContain('forbidden')
    }
  }
})

test('the policy is on every answer of app://, and in force in the window', onlyDouble('answers of app:// are fetched by the double'), async ({ desk }) => {
  const { page } = desk
  desk.provoke()
  await desk.signIn('agent')
  const { app } = desk.shell()
  const { headers } = await app().act('fetch-app', { address: 'app://desk/', method: 'GET' })
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).toContain("connect-src 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe-')
  for (const address of ['app://desk/../main/main.js', 'app://desk/%2e%2e/main/main.js', 'app://other/', 'app://desk/index.html.map']) {
    const answer = await app().act('fetch-app', { address, method: 'GET' })
    expect(answer.status, address).toBe(404)
    expect(answer.body).toBe('')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  }
  expect((await app().act('fetch-app', { address: 'app://desk/', method: 'POST' })).status).toBe(404)
  await page.evaluate(async () => {
    const seen: string[] = []
    Object.assign(window, { broken: seen })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective))
    await fetch('https://desk.app.invalid/').catch(() => undefined)
    document.body.append(Object.assign(document.createElement('img'), { src: 'https://www.example.com/pixel.png' }))
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    document.head.append(style)
  })
  await expect.poll(() => page.evaluate(() => (window as unknown as { broken: string[] }).broken.toSorted())).toEqual(['connect-src', 'img-src', 'style-src-elem'])
  expect(app().notes.filter(({ note }) => note === 'network')).toEqual([])
})

test('the page has the bridge of three functions, frozen, and nothing of Node or Electron', async ({ desk }) => {
  await desk.open()
  const found = await desk.page.evaluate(() => {
    const names = ['process', 'require', 'module', 'Buffer', 'global', '__post', '__hear', 'ipcRenderer', 'electron']
    const bridge = (window as unknown as { sportello: object }).sportello
    return { bridge: Object.keys(bridge).toSorted(), frozen: Object.isFrozen(bridge), there: names.filter((name) => name in window) }
  })
  expect(found).toEqual({ bridge: ['call', 'onEvent', 'shell'], frozen: true, there: [] })
})
