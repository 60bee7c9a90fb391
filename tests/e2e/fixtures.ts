import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoPeople } from '../../scripts/demo-setup.ts'
import { templateDir } from './template.ts'

export { expect }
export type Language = 'it' | 'en'
type Host = { readonly address: string; readonly process: ChildProcess }

/** A desk of its own for each test: a copy of the demo's data directory behind a serve host in a process of its own. */
export type Desk = {
  readonly page: Page
  readonly language: Language
  /** Opens the page and signs in as the demo's agent, supervisor or administrator. */
  signIn: (role?: 'agent' | 'supervisor' | 'administrator') => Promise<void>
  /** Kills the host as a power cut would, starts it again and opens the page anew. */
  restart: () => Promise<void>
  open: () => Promise<void>
}

export const test = base.extend<{ language: Language; theme: 'light' | 'dark'; desk: Desk }>({
  language: ['it', { option: true }],
  theme: ['light', { option: true }],
  locale: async ({ language }, use) => use(language === 'it' ? 'it-IT' : 'en-GB'),
  colorScheme: async ({ theme }, use) => use(theme),
  desk: async ({ page, language }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sportello-e2e-'))
    cpSync(templateDir(), dataDir, { recursive: true })
    let host = await startHost(dataDir)
    const problems: string[] = []
    watch(page, problems)
    const open = async () => {
      await page.goto(host.address)
      await expect(page.getByRole('button', { name: language === 'it' ? /^Entra/ : /^Sign in/ })).toBeVisible()
    }
    await use({
      page,
      language,
      open,
      signIn: async (role = 'agent') => {
        await open()
        const person = demoPeople.find((candidate) => candidate.role === role)
        if (!person) throw new Error(`the demo has no ${role}`)
        await page.getByLabel(language === 'it' ? 'Nome utente' : 'User name').fill(person.username)
        await page.getByLabel('Password', { exact: true }).fill(person.password)
        await page.keyboard.press('Enter')
        await expect(page.getByRole('combobox', { name: language === 'it' ? /Cerca un cliente/ : /Find a customer|Search/ })).toBeVisible()
      },
      restart: async () => {
        await stopHost(host, 'SIGKILL')
        host = await startHost(dataDir)
      },
    })
    await stopHost(host, 'SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
    expect(problems).toEqual([])
  },
})

/** No violation of WCAG 2.2 AA that a machine can find. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([])
}

/** Errors of the page and violations of its content security policy fail the test that saw them. */
function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !text.includes('net::ERR_') && !text.includes('Failed to load resource')) problems.push(`console: ${text}`)
  })
}

function startHost(dataDir: string): Promise<Host> {
  const main = fileURLToPath(new URL('../../electron/serve/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--data-dir', dataDir, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const address = /http:\/\/\S+/.exec(output)?.[0]
      if (address !== undefined) resolve({ address, process: child })
    })
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.on('close', (code) => reject(new Error(`the host ended with ${code}: ${errors.slice(-1000)}`)))
  })
}

function stopHost(host: Host, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    if (host.process.exitCode !== null || host.process.signalCode !== null) return resolve()
    host.process.removeAllListeners('close')
    host.process.once('close', () => resolve())
    host.process.kill(signal)
  })
}
