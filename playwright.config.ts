import { defineConfig } from '@playwright/test'

const asRoot = process.getuid?.() === 0
const executablePath = process.env['SPORTELLO_CHROMIUM'] ?? '/usr/bin/chromium'

/** The desk in Chromium through the serve host; each worker has a desk and a data directory of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
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
    trace: 'retain-on-failure',
  },
  projects: [{ name: 'serve' }],
})
