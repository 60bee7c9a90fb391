import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/test/find-chromium.ts'

const asRoot = process.getuid?.() === 0
const executablePath = process.env['SPORTELLO_CHROMIUM'] ?? findChromium(() => undefined)

/** The desk in Chromium through the serve host; each test has a desk and a data directory of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  // One of its own: the projects' `paths` are for the type checker only, Playwright would follow them at run time.
  tsconfig: 'tests/e2e/playwright.tsconfig.json',
  globalSetup: './tests/e2e/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
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
  projects: [{ name: 'serve' }],
})
