import { defineConfig } from '@playwright/test'
import { installedElectron } from './scripts/find-electron.ts'
import { findChromium } from './scripts/test/find-chromium.ts'
import type { Options, WorkerOptions } from './tests/e2e/fixtures.ts'

const asRoot = process.getuid?.() === 0
const executablePath = process.env['SPORTELLO_CHROMIUM'] ?? findChromium(() => undefined)

const long = process.env['SPORTELLO_LONG'] !== undefined
/** The specs of the desk that every run shows through the double as well; a long run shows them all. */
const throughDouble = long ? /\.spec\.ts$/ : /(journey|keyboard|truth-coming-back)\.spec\.ts$/

/**
 * The desk in Chromium; each test has a desk and a data directory of its own. `serve`: behind the loopback host. `double`:
 * the same specs, in a window of the built desktop under a double of Electron. `shell`: what only the desktop has.
 */
export default defineConfig<Options, WorkerOptions>({
  testDir: 'tests/e2e',
  // One of its own: the projects' `paths` are for the type checker only, Playwright would follow them at run time.
  tsconfig: 'tests/e2e/playwright.tsconfig.json',
  globalSetup: './tests/e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  // A test that passes only at its second try is counted, and named above the closing line: see CONTRIBUTING.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 720 },
    launchOptions: {
      executablePath,
      args: [...(asRoot ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update', '--no-first-run'],
    },
    // A trace costs a third of the time: `playwright test --trace retain-on-failure` where one is wanted.
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'serve' },
    { name: 'double', testMatch: throughDouble, grepInvert: /@serve/, use: { hostKind: 'double' } },
    // The updater of an AppImage runs on Linux only.
    { name: 'shell', testDir: 'tests/shell', grepInvert: process.platform === 'linux' ? /@electron/ : /@linux|@electron/, use: { hostKind: 'double' } },
    // `SPORTELLO_PICTURES=1 npx playwright test --project pictures` takes the pictures of docs/screenshots anew.
    ...(process.env['SPORTELLO_PICTURES'] === undefined ? [] : [{ name: 'pictures', testDir: 'tests/pictures' }]),
    // Listed only where a runtime is installed: a project that is there has run.
    ...(installedElectron() === null ? [] : [{ name: 'electron', testDir: 'tests/shell', grepInvert: /@double/, testIgnore: '**/around-the-page.spec.ts', workers: 1, use: { hostKind: 'electron' as const } }]),
  ],
})
